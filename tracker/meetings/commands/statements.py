"""Add, edit, remove and restore statements, and raise proposals from them. Callers commit."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime

from tracker.audit.commands import record
from tracker.core.actor import Actor, Classification
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.occurrence import recording_history
from tracker.core.texts import shortened
from tracker.core.wording import lazy_gettext as _l
from tracker.meetings import queries
from tracker.meetings.commands.arranging import undo_join
from tracker.meetings.commands.drafts import NO_LINKS, StatementDraft, StatementLinks
from tracker.meetings.commands.linking import NO_EFFECTS, link_statement, suggest_targets
from tracker.meetings.commands.lock import ensure_begun, ensure_open
from tracker.meetings.commands.naming import text_for_history
from tracker.meetings.commands.repeating import repeat_of
from tracker.meetings.models import Meeting, Statement, StatementAction, StatementMeeting, StatementProposal
from tracker.meetings.queries import places
from tracker.meetings.rules import (
    Bearing,
    StatementKind,
)
from tracker.proposals.commands import ProponentDraft, ProposalDraft, add_proponent, ensure_not_below, propose
from tracker.proposals.models import Proposal
from tracker.proposals.rules import Attribution, Effect

MAX_TITLE_LENGTH = 120


def add_statement(
    meeting: Meeting,
    draft: StatementDraft,
    links: StatementLinks = NO_LINKS,
    *,
    after: Statement | None = None,
    by: Actor,
    at: datetime,
) -> Statement:
    """Add a statement after another (under its agenda item, unless the draft names one), or at the end."""
    ensure_open(meeting)
    ensure_begun(meeting, at)
    _ensure_not_below(meeting.classification.at_least(draft.classification), links)
    if after and after.meeting_id != meeting.id:
        raise NotPossible(_l("Choose another place in the same minutes."))
    if after and draft.agenda_item_id is None:
        draft = replace(draft, agenda_item_id=after.agenda_item_id)
    statement = Statement(
        **asdict(draft),
        meeting_id=meeting.id,
        place=places.right_after(after) if after else places.at_end(Statement, meeting.id),
        targets=list(links.targets),
        proposal_links=[StatementProposal(proposal=proposal, bearing=bearing) for proposal, bearing in links.proposals],
        action_links=[StatementAction(action_id=action.id) for action in links.actions or ()],
        meeting_links=[StatementMeeting(meeting_id=mentioned.id) for mentioned in links.meetings or ()],
        repeats=[repeat_of(subject) for subject in links.repeats],
    )
    db.session.add(statement)
    db.session.flush()  # the place of the next statement is computed from this one
    for proposal, bearing in links.proposals:
        if bearing is Bearing.RAISES:
            suggest_targets(proposal, statement, links.targets, by=by, at=at)
    record(meeting, "statement_added", by=by, at=at, mentions=[statement])
    return statement


_TEXT_COLUMNS = ("quote", "gist_id", "gist_en")


def edit_statement(
    statement: Statement, draft: StatementDraft, links: StatementLinks, *, by: Actor, at: datetime
) -> None:
    ensure_open(statement.meeting)
    before = {link.proposal_id: link.bearing for link in statement.proposal_links}
    changed = [(proposal, bearing) for proposal, bearing in links.proposals if before.get(proposal.id) is not bearing]
    level = statement.meeting.classification.at_least(statement.classification)
    _ensure_not_below(level, StatementLinks(proposals=changed))
    reworded = {name: {"before": getattr(statement, name), "after": getattr(draft, name)} for name in _TEXT_COLUMNS
                if getattr(statement, name) != getattr(draft, name)}  # fmt: skip
    decided = queries.proposals_decided_by(statement) if reworded else []
    for name, value in asdict(draft).items():
        if name != "classification":  # changed only by `classification.commands`
            setattr(statement, name, value)
    for proposal in decided:
        record(proposal, "decision_reworded", by=by, at=at, meeting_id=statement.meeting_id, mentions=[statement],
               texts=reworded)  # fmt: skip
    link_statement(statement, links, by=by, at=at)
    record(statement.meeting, "statement_edited", by=by, at=at, mentions=[statement])


def _ensure_not_below(level: Classification, links: StatementLinks) -> None:
    for proposal, bearing in links.proposals:
        if bearing is Bearing.RAISES:
            ensure_not_below(proposal, level, field="proposal")


def remove_statement(statement: Statement, *, by: Actor, at: datetime) -> None:
    """Remove a statement from the minutes. Its proposals and actions stay, and it can be restored."""
    ensure_open(statement.meeting)
    if statement.removed_at is not None:
        raise NotPossible(_l("This statement has already been removed."))
    statement.removed_at = at
    record(statement.meeting, "statement_removed", by=by, at=at, reason=text_for_history(statement),
           mentions=[statement])  # fmt: skip


def restore_statement(statement: Statement, *, by: Actor, at: datetime) -> None:
    ensure_open(statement.meeting)
    if statement.removed_at is None:
        raise NotPossible(_l("This statement is still in the minutes."))
    if statement.joined_into_id is not None:
        undo_join(statement)
    statement.removed_at = None
    record(statement.meeting, "statement_restored", by=by, at=at, reason=text_for_history(statement),
           mentions=[statement])  # fmt: skip


def raise_proposal(
    statement: Statement,
    title_id: str,
    title_en: str | None,
    *,
    effects: Mapping[int, Effect] = NO_EFFECTS,
    by: Actor,
    at: datetime,
) -> Proposal:
    """Create a proposal: the speaker becomes its proponent, the statement's targets are suggested as affected.

    `effects` has the expected effect by target id.
    """
    ensure_open(statement.meeting)
    meeting, speaker = statement.meeting, statement.speaker
    draft = ProposalDraft(
        title_id=title_id,
        title_en=title_en,
        gist_id=statement.gist_id or statement.quote or title_id,
        gist_en=statement.gist_en,
        raised_on=meeting.date,
        raised_in_id=meeting.id,
        classification=meeting.classification.at_least(statement.classification),
    )
    with recording_history(if_so=meeting.is_history_on(meeting.date)):
        proposal = propose(draft, by=by, at=at)
    if speaker:
        proponent = ProponentDraft(
            person_id=speaker.person_id,
            position_id=speaker.position_id,
            post_as_written=speaker.post_as_written,
            attribution=Attribution.QUOTED if statement.quote else Attribution.PARAPHRASED,
        )
        add_proponent(proposal, proponent, by=by, at=at)
    statement.proposal_links.append(StatementProposal(proposal=proposal, bearing=Bearing.RAISES))
    suggest_targets(proposal, statement, statement.targets, effects, by=by, at=at)
    return proposal


def note_origin(statement: Statement, proposal: Proposal, *, by: Actor, at: datetime) -> None:
    ensure_open(statement.meeting)
    if all(link.proposal_id != proposal.id for link in statement.proposal_links):
        statement.proposal_links.append(StatementProposal(proposal=proposal, bearing=Bearing.MOTIVATES))
        record(statement.meeting, "statement_edited", by=by, at=at, mentions=[statement])


def ensure_proposal(
    statement: Statement, title_id: str | None = None, title_en: str | None = None, *, by: Actor, at: datetime
) -> Proposal | None:
    """Create the missing proposal of a statement of kind proposal, titled by its text; returns it, if created."""
    has_proposal = any(link.bearing is not Bearing.MOTIVATES for link in statement.proposal_links)
    if not title_id and (statement.kind is not StatementKind.PROPOSAL or has_proposal):
        return None
    title = title_id or shortened(statement.gist_id or statement.quote or "", MAX_TITLE_LENGTH)
    return raise_proposal(statement, title, title_en, by=by, at=at)
