"""What a statement has to do with proposals and targets, and which actions and meetings it names."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from tracker.core.actor import Actor
from tracker.core.db import db
from tracker.meetings.commands.drafts import Bearings
from tracker.meetings.models import Statement, StatementAction, StatementMeeting, StatementProposal
from tracker.meetings.rules import Bearing
from tracker.proposals.commands import suggest_target
from tracker.proposals.models import Proposal
from tracker.proposals.rules import Effect
from tracker.targets.models import Target

NO_EFFECTS: Mapping[int, Effect] = {}


def link_statement(said: Statement, bearings: Bearings, *, by: Actor, at: datetime) -> None:
    """Make the links of a stored statement these. Targets that are new are suggested for the proposals it raises."""
    added = [target for target in bearings.targets if target not in said.targets]
    said.targets = list(bearings.targets)
    _link_proposals(said, bearings)
    if bearings.actions is not None:
        _link_actions(said, {action.id for action in bearings.actions})
    if bearings.meetings is not None:
        _link_meetings(said, {meeting.id for meeting in bearings.meetings})
    for proposal, bearing in bearings.proposals:
        if bearing is Bearing.RAISES:
            suggest_targets(proposal, added, by=by, at=at)


def suggest_targets(
    proposal: Proposal,
    targets: Iterable[Target],
    effects: Mapping[int, Effect] = NO_EFFECTS,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """What a line names after `#` is suggested as a target of the proposal that the line raises."""
    for target in targets:
        suggest_target(proposal, target.id, effects.get(target.id), by=by, at=at)


def _link_proposals(said: Statement, bearings: Bearings) -> None:
    wanted = {proposal.id: bearing for proposal, bearing in bearings.proposals}
    for link in list(said.proposal_links):
        if link.proposal_id in wanted:
            link.bearing = wanted.pop(link.proposal_id)
        else:
            db.session.delete(link)
    for number, bearing in wanted.items():
        db.session.add(StatementProposal(statement_id=said.id, proposal_id=number, bearing=bearing))


def _link_actions(said: Statement, wanted: set[int]) -> None:
    known = {link.action_id: link for link in said.action_links}
    for number in known.keys() - wanted:
        db.session.delete(known[number])
    db.session.add_all(StatementAction(statement_id=said.id, action_id=number) for number in wanted - known.keys())


def _link_meetings(said: Statement, wanted: set[int]) -> None:
    known = {link.meeting_id: link for link in said.meeting_links}
    for number in known.keys() - wanted:
        db.session.delete(known[number])
    db.session.add_all(StatementMeeting(statement_id=said.id, meeting_id=number) for number in wanted - known.keys())
