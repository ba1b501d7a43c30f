"""Things people do with meetings. Nothing here commits."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, time

from sqlalchemy import func, select

from tracker.core.actor import Actor, Classification
from tracker.core.clock import JAKARTA
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.numbering import next_code
from tracker.core.visibility import unrestricted
from tracker.core.wording import lazy as _l
from tracker.history.commands import record
from tracker.meetings import rules
from tracker.meetings.models import AgendaItem, Attendance, Meeting, Statement, StatementProposal
from tracker.meetings.rules import (
    AttendanceRole,
    AttendanceStatus,
    Bearing,
    MeetingMode,
    MeetingStatus,
    MeetingType,
    SourceType,
    StatementKind,
)
from tracker.people.models import PositionHolding
from tracker.proposals.commands import ProponentDraft, ProposalDraft, add_proponent, propose
from tracker.proposals.models import Proposal
from tracker.proposals.rules import Attribution
from tracker.targets.models import Target


@dataclass(frozen=True, kw_only=True)
class MeetingDraft:
    """What is said of a meeting. What the source does not tell stays None."""

    name_id: str
    date: dt.date
    name_en: str | None = None
    meeting_type: MeetingType | None = None
    date_as_written: str | None = None
    weekday_as_written: str | None = None
    date_note: str | None = None
    called_time: time | None = None
    start_time: time | None = None
    end_time: time | None = None
    time_as_written: str | None = None
    venue: str | None = None
    venue_detail: str | None = None
    city: str | None = None
    mode: MeetingMode | None = None
    organiser_unit_id: int | None = None
    organiser_is_inferred: bool = False
    invitation_number: str | None = None
    invitation_on: dt.date | None = None
    document_number: str | None = None
    source_type: SourceType | None = None
    source_publisher: str | None = None
    source_author: str | None = None
    source_url: str | None = None
    attendance_is_complete: bool | None = None
    opening: str | None = None
    closing: str | None = None
    note: str | None = None
    classification: Classification = Classification.ORDINARY


@dataclass(frozen=True, kw_only=True)
class AttendanceDraft:
    """One row of the attendance list."""

    person_id: int | None = None
    position_id: int | None = None
    post_as_written: str | None = None
    role: AttendanceRole = AttendanceRole.PARTICIPANT
    status: AttendanceStatus = AttendanceStatus.PRESENT
    represented_by: str | None = None
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class StatementDraft:
    """Something said."""

    kind: StatementKind
    quote: str | None = None
    gist_id: str | None = None
    gist_en: str | None = None
    agenda_item_id: int | None = None
    speaker_id: int | None = None
    speaker_note: str | None = None
    on_behalf_of: str | None = None
    origin_meeting_id: int | None = None
    origin_note: str | None = None
    has_sic: bool = False
    recorder_note: str | None = None
    classification: Classification = Classification.ORDINARY


@dataclass(frozen=True, kw_only=True)
class Bearings:
    """What a statement has to do with proposals and targets."""

    proposals: Sequence[tuple[Proposal, Bearing]] = field(default=())
    targets: Sequence[Target] = field(default=())


def log_meeting(
    draft: MeetingDraft, attendance: Sequence[AttendanceDraft], agenda: Sequence[str], *, by: Actor, at: datetime
) -> Meeting:
    """Record a meeting: held, or scheduled when its day is still to come."""
    is_future = draft.date > at.astimezone(JAKARTA).date()
    status = MeetingStatus.SCHEDULED if is_future else MeetingStatus.HELD
    meeting = Meeting(
        **asdict(draft),
        code=next_code("R", draft.date.year),
        status=status,
        recorded_by_id=by.account_id,
        recorded_at=at,
        agenda=[AgendaItem(number=number, text=text) for number, text in enumerate(agenda, 1)],
        attendance=[Attendance(**asdict(row), number=number) for number, row in enumerate(attendance, 1)],
        statements=[],
    )
    db.session.add(meeting)
    db.session.flush()  # the event needs the meeting's number
    record(meeting, "logged", by=by, at=at, meeting_id=meeting.id, to_state=status)
    return meeting


def edit_meeting(meeting: Meeting, draft: MeetingDraft, agenda: Sequence[str], *, by: Actor, at: datetime) -> None:
    """Change what is said of a meeting. Agenda items that stay keep their number and what hangs on them."""
    _ensure_open(meeting)
    for name, value in asdict(draft).items():
        if name != "classification":  # that changes by a step of its own
            setattr(meeting, name, value)
    for number, text in enumerate(agenda, 1):
        if number <= len(meeting.agenda):
            meeting.agenda[number - 1].text = text
        else:
            meeting.agenda.append(AgendaItem(number=number, text=text))
    for surplus in meeting.agenda[len(agenda) :]:
        _let_go(surplus)
        meeting.agenda.remove(surplus)
    record(meeting, "edited", by=by, at=at)


def _ensure_open(meeting: Meeting) -> None:
    """Minutes that wait for approval, or have it, stand as they are."""
    if meeting.locked_at is None:
        return
    if meeting.status is MeetingStatus.CLOSED:
        raise NotPossible(_l("The minutes are approved. Open a correction to change them."))
    raise NotPossible(_l("The minutes are submitted. They can be changed when they are returned."))


def add_agenda_item(meeting: Meeting, text: str, *, by: Actor, at: datetime) -> AgendaItem:
    """Put one more item at the end of the agenda."""
    _ensure_open(meeting)
    item = AgendaItem(number=len(meeting.agenda) + 1, text=text)
    meeting.agenda.append(item)
    record(meeting, "edited", by=by, at=at)
    return item


def _let_go(item: AgendaItem) -> None:
    """Statements outlive the agenda item they were filed under."""
    with unrestricted():
        for statement in db.session.scalars(select(Statement).filter_by(agenda_item_id=item.id)):
            statement.agenda_item_id = None


def move_meeting(meeting: Meeting, to: MeetingStatus, *, reason: str | None, by: Actor, at: datetime) -> None:
    """Take one step of the meeting's life."""
    _ensure_open(meeting)
    before = meeting.status
    if not rules.can_move(before, to) or to not in rules.BY_HAND:
        raise NotPossible(_l("From its present status the meeting cannot go there."))
    if to is MeetingStatus.HELD and meeting.date > at.astimezone(JAKARTA).date():
        raise NotPossible(_l("A meeting whose day is still to come cannot have been held."))
    if to in rules.NEEDS_REASON and not reason:
        raise NotPossible(_l("Say why."))
    meeting.status = to
    record(meeting, f"moved_{to}", by=by, at=at, from_state=before, to_state=to, reason=reason)


def add_attendance(meeting: Meeting, draft: AttendanceDraft, *, by: Actor, at: datetime) -> Attendance:
    """Add a row to the attendance list."""
    _ensure_open(meeting)
    number = max((row.number for row in meeting.attendance), default=0) + 1
    row = Attendance(**asdict(draft), number=number)
    meeting.attendance.append(row)
    record(meeting, "attendance_changed", by=by, at=at)
    return row


def edit_attendance(row: Attendance, draft: AttendanceDraft, *, by: Actor, at: datetime) -> None:
    """Change a row of the attendance list."""
    _ensure_open(row.meeting)
    for name, value in asdict(draft).items():
        setattr(row, name, value)
    record(row.meeting, "attendance_changed", by=by, at=at)


def note_present(row: Attendance, *, by: Actor, at: datetime) -> None:
    """Somebody expected has come."""
    _ensure_open(row.meeting)
    row.status = AttendanceStatus.PRESENT
    record(row.meeting, "attendance_changed", by=by, at=at)


def remove_attendance(row: Attendance, *, by: Actor, at: datetime) -> None:
    """Take a row off the list; who has spoken stays."""
    _ensure_open(row.meeting)
    lines = Statement.__table__.c  # hidden lines count, too
    if db.session.scalar(select(lines.id).where(lines.speaker_id == row.id).limit(1)):
        raise NotPossible(_l("Statements name this row as their speaker. Change those first."))
    db.session.delete(row)
    record(row.meeting, "attendance_changed", by=by, at=at)


def accept_holder(row: Attendance, held: PositionHolding, *, by: Actor, at: datetime) -> None:
    """Put the person who held the post on the day into the row: somebody has looked and agreed."""
    _ensure_open(row.meeting)
    if row.person_id is not None:
        raise NotPossible(_l("This row already names a person."))
    row.person_id = held.person_id
    record(row.meeting, "holder_accepted", by=by, at=at, reason=held.person.full_name)


def add_statement(
    meeting: Meeting, draft: StatementDraft, bearings: Bearings = Bearings(), *, by: Actor, at: datetime
) -> Statement:
    """Write down something that was said."""
    _ensure_open(meeting)
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
    _ensure_open(statement.meeting)
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
        raise NotPossible(_l("The proposal is less secret than where it is said to come from. Classify it first."))


def remove_statement(statement: Statement, *, by: Actor, at: datetime) -> None:
    """Take a statement out of the minutes. Its proposals and actions live on, and it can be put back."""
    _ensure_open(statement.meeting)
    if statement.removed_at is not None:
        raise NotPossible(_l("This statement has already been removed."))
    statement.removed_at = at
    record(statement.meeting, "statement_removed", by=by, at=at, reason=_told_of(statement))


def restore_statement(statement: Statement, *, by: Actor, at: datetime) -> None:
    """Put a statement that was taken out back into its place."""
    _ensure_open(statement.meeting)
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
    _ensure_open(statement.meeting)
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
