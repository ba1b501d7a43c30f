"""The attendance list. Callers commit."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date, datetime

from sqlalchemy import select

from tracker.audit.commands import record
from tracker.core.actor import Actor
from tracker.core.constraints import taken
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.wording import lazy_gettext as _l
from tracker.meetings import rules
from tracker.meetings.commands.drafts import AttendanceDraft
from tracker.meetings.commands.lock import ensure_begun, ensure_open, takes_minutes
from tracker.meetings.models import Attendance, Meeting, Statement
from tracker.meetings.queries import places
from tracker.meetings.queries import seating as queries
from tracker.meetings.queries.detail import chair_of
from tracker.meetings.queries.seating import Seating
from tracker.meetings.rules import AttendanceRole, AttendanceStatus, Question
from tracker.people import queries as people
from tracker.people.commands import PersonDraft, add_person
from tracker.people.models import PositionHolding
from tracker.people.queries import KnownPerson

CHAIR_TAKEN = taken("ix_attendance_one_chair", _l("A meeting has one chair."), field="role")


def ensure_one_chair(meeting: Meeting, role: AttendanceRole | None, row: Attendance | None) -> None:
    """Refuse a second chair. `row` is the person's own row, if they are on the list."""
    if role is AttendanceRole.CHAIR and chair_of(meeting.attendance) not in {None, row}:
        raise CHAIR_TAKEN.refusal()


def with_post_of_the_day(draft: AttendanceDraft, day: date) -> AttendanceDraft:
    """Fill in the title, as of that day, of the chosen post or of the only post that the person held."""
    if draft.post_as_written:
        return draft
    held = people.posts_held([draft.person_id], day) if draft.person_id else {}
    own = [post for post in held.get(draft.person_id or 0, []) if draft.position_id in {None, post.position_id}]
    if len(own) == 1:
        return replace(draft, position_id=own[0].position_id, post_as_written=own[0].words)
    title = people.title_of_position(draft.position_id) if draft.position_id else None
    return replace(draft, post_as_written=title)


def add_attendance(meeting: Meeting, draft: AttendanceDraft, *, by: Actor, at: datetime) -> Attendance:
    """Add a row to the attendance list. Before the day of the meeting, «present» becomes «expected»."""
    ensure_open(meeting)
    if not takes_minutes(meeting, at) and draft.status not in rules.POSSIBLE_BEFORE_THE_DAY:
        draft = replace(draft, status=AttendanceStatus.EXPECTED)
    ensure_one_chair(meeting, draft.role, None)
    row = Attendance(**asdict(draft), place=places.at_end(Attendance, meeting.id))
    meeting.attendance.append(row)
    db.session.flush()  # the place of the next row is computed from this one
    record(meeting, "attendance_changed", by=by, at=at)
    return row


def seat(meeting: Meeting, seating: Seating, *, by: Actor, at: datetime) -> Attendance:
    """Add a row as typed in the roll-call, or update the person's existing row."""
    if Question.WHO in seating.questions:
        names = ", ".join(candidate.person.full_name for candidate in seating.candidates)
        raise NotPossible(
            _l("%(name)s may be %(known)s. Choose first who it is.", name=seating.attendee.name, known=names)
        )
    ensure_one_chair(meeting, seating.attendee.role, seating.row)
    if seating.row is not None:
        return _update_row(seating.row, seating, by=by, at=at)
    return add_attendance(meeting, draft_of(meeting, seating, by=by, at=at), by=by, at=at)


def draft_of(meeting: Meeting, seating: Seating, *, by: Actor, at: datetime) -> AttendanceDraft:
    """A new row; a person who is not in the register is added to it, provisionally."""
    ensure_open(meeting)  # before anybody new is put into the register
    attendee = seating.attendee
    person_id = _person_of(meeting, seating, by=by, at=at)
    post = seating.posts[0] if len(seating.posts) == 1 else None
    draft = AttendanceDraft(
        person_id=person_id,
        position_id=seating.position_id or (post.position_id if post else None),
        post_as_written=attendee.post or (post.words if post else None) or (None if person_id else attendee.name),
        unit_as_written=attendee.unit,
        role=attendee.role,
        status=attendee.status,
        represented_by=attendee.represented_by,
        note=attendee.note,
    )
    return with_post_of_the_day(draft, seating.day) if draft.position_id else draft


def _person_of(meeting: Meeting, seating: Seating, *, by: Actor, at: datetime) -> int | None:
    """The person's id, added to the register if new; None for a post without a person."""
    attendee = seating.attendee
    if seating.person is not None:
        _add_employee_number(seating.person, attendee.nip, meeting, by=by, at=at)
        return seating.person.id
    if seating.is_post:
        return None
    draft = PersonDraft(
        name=attendee.name, title_prefix=attendee.title_prefix, title_suffix=attendee.title_suffix, nip=attendee.nip,
        is_provisional=True,
    )  # fmt: skip
    return add_person(draft, by=by, at=at, made_in=meeting.id).id


def _add_employee_number(known: KnownPerson, nip: str | None, meeting: Meeting, *, by: Actor, at: datetime) -> None:
    if nip and not known.nip:
        person = people.person(known.id)
        person.nip = nip
        record(person, "edited", by=by, at=at, mentions=[meeting])


def _update_row(row: Attendance, seating: Seating, *, by: Actor, at: datetime) -> Attendance:
    attendee = seating.attendee
    ensure_open(row.meeting)
    row.status = attendee.status
    if attendee.role is not AttendanceRole.PARTICIPANT:
        row.role = attendee.role
    post = seating.posts[0] if len(seating.posts) == 1 else None
    if row.post_as_written is None or attendee.post:
        row.position_id = seating.position_id or (post.position_id if post else row.position_id)
        row.post_as_written = attendee.post or (post.words if post else row.post_as_written)
    row.unit_as_written = attendee.unit or row.unit_as_written
    row.represented_by = attendee.represented_by or row.represented_by
    row.note = attendee.note or row.note
    if seating.person is not None:
        _add_employee_number(seating.person, attendee.nip, row.meeting, by=by, at=at)
    record(row.meeting, "attendance_changed", by=by, at=at)
    return row


def edit_attendance(row: Attendance, draft: AttendanceDraft, *, by: Actor, at: datetime) -> None:
    ensure_open(row.meeting)
    if draft.status not in {row.status, *rules.POSSIBLE_BEFORE_THE_DAY}:
        ensure_begun(row.meeting, at)
    ensure_one_chair(row.meeting, draft.role, row)
    for name, value in asdict(draft).items():
        setattr(row, name, value)
    record(row.meeting, "attendance_changed", by=by, at=at)


def note_everybody_present(meeting: Meeting, *, by: Actor, at: datetime) -> Sequence[Attendance]:
    """Mark all expected as present; the event lists the rows, for undoing it."""
    ensure_open(meeting)
    ensure_begun(meeting, at)
    expected = [row for row in meeting.attendance if row.status is AttendanceStatus.EXPECTED]
    for row in expected:
        row.status = AttendanceStatus.PRESENT
    freeze_posts(expected, meeting.date)
    if expected:
        record(meeting, "everybody_present", by=by, at=at, rows=[row.id for row in expected])
    return expected


def undo_everybody_present(meeting: Meeting, *, by: Actor, at: datetime) -> None:
    """Mark those rows as expected again that were not changed since."""
    ensure_open(meeting)
    marked = queries.marked_present_together(meeting)
    for row in marked:
        row.status = AttendanceStatus.EXPECTED
    if not marked:
        raise NotPossible(_l("There is nothing left to undo."))
    record(meeting, "everybody_present_undone", by=by, at=at, rows=[row.id for row in marked])


def note_present(row: Attendance, *, by: Actor, at: datetime) -> None:
    ensure_open(row.meeting)
    ensure_begun(row.meeting, at)
    row.status = AttendanceStatus.PRESENT
    freeze_posts([row], row.meeting.date)
    record(row.meeting, "attendance_changed", by=by, at=at)


def freeze_posts(rows: Sequence[Attendance], day: date) -> None:
    """Fill in the post of those without one if they held exactly one post on that day."""
    without_post = [row for row in rows if row.person_id and not row.position_id and not row.post_as_written]
    held = people.posts_held([row.person_id for row in without_post if row.person_id], day) if without_post else {}
    for row in without_post:
        posts = held.get(row.person_id or 0, [])
        if len(posts) == 1:
            row.position_id, row.post_as_written = posts[0].position_id, posts[0].words


def remove_attendance(row: Attendance, *, by: Actor, at: datetime) -> None:
    """Remove a row; refused if statements name it as their speaker."""
    ensure_open(row.meeting)
    lines = Statement.__table__.c  # including hidden statements
    if db.session.scalar(select(lines.id).where(lines.speaker_id == row.id).limit(1)):
        raise NotPossible(_l("Statements name this row as their speaker. Change those first."))
    db.session.delete(row)
    record(row.meeting, "attendance_changed", by=by, at=at)


def accept_holder(row: Attendance, holding: PositionHolding, *, by: Actor, at: datetime) -> None:
    ensure_open(row.meeting)
    if row.person_id is not None:
        raise NotPossible(_l("This row already names a person."))
    if queries.row_of(row.meeting_id, holding.person_id) is not None:
        raise NotPossible(_l("%(name)s already has a row on this list.", name=holding.person.full_name))
    row.person_id = holding.person_id
    record(row.meeting, "holder_accepted", by=by, at=at, reason=holding.person.full_name)
