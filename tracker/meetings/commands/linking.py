"""Links of a statement to proposals, targets, actions and meetings."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from tracker.core.actor import Actor
from tracker.core.db import db
from tracker.meetings.commands.drafts import StatementLinks
from tracker.meetings.models import Statement, StatementAction, StatementMeeting, StatementProposal
from tracker.meetings.rules import Bearing
from tracker.proposals.commands import suggest_target
from tracker.proposals.models import Proposal
from tracker.proposals.rules import Effect
from tracker.targets.models import Target

NO_EFFECTS: Mapping[int, Effect] = {}


def link_statement(statement: Statement, links: StatementLinks, *, by: Actor, at: datetime) -> None:
    """Replace the links of a stored statement. New targets are suggested for the proposals it raises."""
    added = [target for target in links.targets if target not in statement.targets]
    statement.targets = list(links.targets)
    _link_proposals(statement, links)
    if links.actions is not None:
        _link_actions(statement, {action.id for action in links.actions})
    if links.meetings is not None:
        _link_meetings(statement, {meeting.id for meeting in links.meetings})
    for proposal, bearing in links.proposals:
        if bearing is Bearing.RAISES:
            suggest_targets(proposal, statement, added, by=by, at=at)


def suggest_targets(
    proposal: Proposal,
    statement: Statement,
    targets: Iterable[Target],
    effects: Mapping[int, Effect] = NO_EFFECTS,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Suggest the targets that a statement mentions to the proposal that it raises.

    If the proposal has been decided, the statement is the reason of the correction.
    """
    words = statement.gist_id or statement.quote
    mentions = [statement] if words else ()
    for target in targets:
        suggest_target(proposal, target.id, effects.get(target.id), reason=words, mentions=mentions, by=by, at=at)


def _link_proposals(statement: Statement, links: StatementLinks) -> None:
    added = {proposal.id: bearing for proposal, bearing in links.proposals}
    for link in list(statement.proposal_links):
        if link.proposal_id in added:
            link.bearing = added.pop(link.proposal_id)
        else:
            db.session.delete(link)
    for proposal_id, bearing in added.items():
        db.session.add(StatementProposal(statement_id=statement.id, proposal_id=proposal_id, bearing=bearing))


def _link_actions(statement: Statement, action_ids: set[int]) -> None:
    stored = {link.action_id: link for link in statement.action_links}
    for action_id in stored.keys() - action_ids:
        db.session.delete(stored[action_id])
    db.session.add_all(StatementAction(statement_id=statement.id, action_id=new) for new in action_ids - stored.keys())


def _link_meetings(statement: Statement, meeting_ids: set[int]) -> None:
    stored = {link.meeting_id: link for link in statement.meeting_links}
    for meeting_id in stored.keys() - meeting_ids:
        db.session.delete(stored[meeting_id])
    db.session.add_all(
        StatementMeeting(statement_id=statement.id, meeting_id=new) for new in meeting_ids - stored.keys()
    )
