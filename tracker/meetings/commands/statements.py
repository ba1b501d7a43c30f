"""What was said, and the proposals that come of it. Nothing here commits."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import func, select

from tracker.core.actor import Actor, Classification
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.wording import lazy as _l
from tracker.history.commands import record
from tracker.meetings.commands.drafts import UNRELATED, Bearings, StatementDraft
from tracker.meetings.commands.lock import ensure_begun, ensure_open
from tracker.meetings.models import Meeting, Statement, StatementProposal
from tracker.meetings.rules import (
    Bearing,
)
from tracker.proposals.commands import ProponentDraft, ProposalDraft, add_proponent, propose
from tracker.proposals.models import Proposal
from tracker.proposals.rules import Attribution


def add_statement(
    meeting: Meeting, draft: StatementDraft, bearings: Bearings = UNRELATED, *, by: Actor, at: datetime
) -> Statement:
    """Write down something that was said."""
    ensure_open(meeting)
    ensure_begun(meeting, at)
    _ensure_not_below(meeting.classification.at_least(draft.classification), bearings)
    rows = Statement.__table__.c  # hidden lines count, too
    last = db.session.scalar(select(func.max(rows.number)).where(rows.meeting_id == meeting.id))
    statement = Statement(
        **asdict(draft),
        meeting_id=meeting.id,
        number=(last or 0) + 1,
        targets=list(bearings.targets),
        proposal_links=[
            StatementProposal(proposal=proposal, bearing=bearing) for proposal, bearing in bearings.proposals
        ],
    )
    db.session.add(statement)
    db.session.flush()  # the next statement's number counts on from this one
    record(meeting, "statement_added", by=by, at=at)
    return statement


def edit_statement(statement: Statement, draft: StatementDraft, bearings: Bearings, *, by: Actor, at: datetime) -> None:
    """Change a statement, and what it has to do with proposals and targets."""
    ensure_open(statement.meeting)
    before = {link.proposal_id: link.bearing for link in statement.proposal_links}
    new = [(one, bearing) for one, bearing in bearings.proposals if before.get(one.id) is not bearing]
    _ensure_not_below(statement.meeting.classification.at_least(statement.classification), Bearings(proposals=new))
    for name, value in asdict(draft).items():
        if name != "classification":  # that changes by a step of its own
            setattr(statement, name, value)
    statement.targets = list(bearings.targets)
    wanted = {proposal.id: bearing for proposal, bearing in bearings.proposals}
    for link in list(statement.proposal_links):
        if link.proposal_id not in wanted:
            db.session.delete(link)
        else:
            link.bearing = wanted.pop(link.proposal_id)
    for proposal, bearing in bearings.proposals:
        if proposal.id in wanted:
            db.session.add(StatementProposal(statement_id=statement.id, proposal_id=proposal.id, bearing=bearing))
    record(statement.meeting, "statement_edited", by=by, at=at)


def _ensure_not_below(level: Classification, bearings: Bearings) -> None:
    """What a statement raises is no less secret than it is; no link lowers it without being told."""
    raised = (proposal for proposal, bearing in bearings.proposals if bearing is Bearing.RAISES)
    if any(proposal.classification.rank < level.rank for proposal in raised):
        raise NotPossible(
            _l("The proposal is less secret than where it is said to come from. Classify it first."), field="proposal"
        )


def remove_statement(statement: Statement, *, by: Actor, at: datetime) -> None:
    """Take a statement out of the minutes. Its proposals and actions live on, and it can be put back."""
    ensure_open(statement.meeting)
    if statement.removed_at is not None:
        raise NotPossible(_l("This statement has already been removed."))
    statement.removed_at = at
    record(statement.meeting, "statement_removed", by=by, at=at, reason=_told_of(statement))


def restore_statement(statement: Statement, *, by: Actor, at: datetime) -> None:
    """Put a statement that was taken out back into its place."""
    ensure_open(statement.meeting)
    if statement.removed_at is None:
        raise NotPossible(_l("This statement stands in the minutes."))
    statement.removed_at = None
    record(statement.meeting, "statement_restored", by=by, at=at, reason=_told_of(statement))


def _told_of(statement: Statement) -> str | None:
    """The words by which the history of a meeting names a line; none of one that is more secret than the meeting."""
    if statement.classification.rank > statement.meeting.classification.rank:
        return None
    return statement.gist_id or statement.quote


def raise_proposal(statement: Statement, title_id: str, title_en: str | None, *, by: Actor, at: datetime) -> Proposal:
    """Make a proposal out of a statement; its speaker becomes the proponent."""
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
    return proposal
