"""Who was there. Nothing here commits."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date, datetime

from sqlalchemy import select

from tracker.audit.commands import record
from tracker.core.actor import Actor
from tracker.core.constraints import taken
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.wording import lazy as _l
from tracker.meetings import rules
from tracker.meetings.commands.drafts import AttendanceDraft
from tracker.meetings.commands.lock import ensure_begun, ensure_open, takes_minutes
from tracker.meetings.models import Attendance, Meeting, Statement
from tracker.meetings.queries import places
from tracker.meetings.queries import seating as queries
from tracker.meetings.queries.one import chair_of
from tracker.meetings.queries.seating import Seating
from tracker.meetings.rules import AttendanceRole, AttendanceStatus, Question
from tracker.people import queries as people
from tracker.people.commands import PersonDraft, add_person
from tracker.people.models import PositionHolding
from tracker.people.queries import KnownPerson

CHAIR_TAKEN = taken("ix_attendance_one_chair", _l("A meeting has one chair."), field="role")


def ensure_one_chair(meeting: Meeting, role: AttendanceRole | None, row: Attendance | None) -> None:
    """Refuse that anybody but the present chair presides. `row` is theirs, if they are on the list."""
    if role is AttendanceRole.CHAIR and chair_of(meeting.attendance) not in {None, row}:
        raise CHAIR_TAKEN.refusal()


def with_post_of_the_day(draft: AttendanceDraft, day: date) -> AttendanceDraft:
    """A row with its post in the words of that day, frozen: the one chosen, or the only one that the person held."""
    if draft.post_as_written:
        return draft
    held = people.posts_held([draft.person_id], day) if draft.person_id else {}
    own = [post for post in held.get(draft.person_id or 0, []) if draft.position_id in {None, post.position_id}]
    if len(own) == 1:
        return replace(draft, position_id=own[0].position_id, post_as_written=own[0].words)
    title = people.title_of_position(draft.position_id) if draft.position_id else None
    return replace(draft, post_as_written=title)


def add_attendance(meeting: Meeting, draft: AttendanceDraft, *, by: Actor, at: datetime) -> Attendance:
    """Add a row to the attendance list. Before the day of the meeting nobody has come yet: they are expected."""
    ensure_open(meeting)
    if not takes_minutes(meeting, at) and draft.status not in rules.BEFORE_THE_DAY:
        draft = replace(draft, status=AttendanceStatus.EXPECTED)
    ensure_one_chair(meeting, draft.role, None)
    row = Attendance(**asdict(draft), place=places.at_end(Attendance, meeting.id))
    meeting.attendance.append(row)
    db.session.flush()  # the next row's place counts on from this one
    record(meeting, "attendance_changed", by=by, at=at)
    return row


def seat(meeting: Meeting, seating: Seating, *, by: Actor, at: datetime) -> Attendance:
    """Put somebody on the list as a line says: a new row, or the row that is there brought up to date."""
    if Question.WHO in seating.questions:
        names = ", ".join(candidate.person.full_name for candidate in seating.candidates)
        raise NotPossible(
            _l("%(name)s may be %(known)s. Choose first who it is.", name=seating.attendee.name, known=names)
        )
    ensure_one_chair(meeting, seating.attendee.role, seating.row)
    if seating.row is not None:
        return _bring_up_to_date(seating.row, seating, by=by, at=at)
    return add_attendance(meeting, draft_of(meeting, seating, by=by, at=at), by=by, at=at)


def draft_of(meeting: Meeting, seating: Seating, *, by: Actor, at: datetime) -> AttendanceDraft:
    """The row that a line makes; somebody new is put into the register, provisionally."""
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
    """The person, made provisionally where nobody is known by that name; None for a post alone."""
    attendee = seating.attendee
    if seating.person is not None:
        _note_number(seating.person, attendee.nip, meeting, by=by, at=at)
        return seating.person.id
    if seating.is_post:
        return None
    draft = PersonDraft(
        name=attendee.name, title_prefix=attendee.title_prefix, title_suffix=attendee.title_suffix, nip=attendee.nip,
        is_provisional=True,
    )  # fmt: skip
    return add_person(draft, by=by, at=at, made_in=meeting.id).id


def _note_number(known: KnownPerson, nip: str | None, meeting: Meeting, *, by: Actor, at: datetime) -> None:
    if nip and not known.nip:
        person = people.person(known.id)
        person.nip = nip
        record(person, "edited", by=by, at=at, mentions=[meeting])


def _bring_up_to_date(row: Attendance, seating: Seating, *, by: Actor, at: datetime) -> Attendance:
    """Somebody on the list has come, or more is known of them; what a line does not say stays."""
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
        _note_number(seating.person, attendee.nip, row.meeting, by=by, at=at)
    record(row.meeting, "attendance_changed", by=by, at=at)
    return row


def edit_attendance(row: Attendance, draft: AttendanceDraft, *, by: Actor, at: datetime) -> None:
    """Change a row of the attendance list."""
    ensure_open(row.meeting)
    if draft.status not in {row.status, *rules.BEFORE_THE_DAY}:
        ensure_begun(row.meeting, at)
    ensure_one_chair(row.meeting, draft.role, row)
    for name, value in asdict(draft).items():
        setattr(row, name, value)
    record(row.meeting, "attendance_changed", by=by, at=at)


def note_everybody_present(meeting: Meeting, *, by: Actor, at: datetime) -> Sequence[Attendance]:
    """Everybody who is expected has come; the event names the rows, so that it can be undone."""
    ensure_open(meeting)
    ensure_begun(meeting, at)
    came = [row for row in meeting.attendance if row.status is AttendanceStatus.EXPECTED]
    for row in came:
        row.status = AttendanceStatus.PRESENT
    _freeze_posts(came, meeting.date)
    if came:
        record(meeting, "everybody_present", by=by, at=at, rows=[row.id for row in came])
    return came


def undo_everybody_present(meeting: Meeting, *, by: Actor, at: datetime) -> None:
    """Those who were marked as present all at once are expected again, unless somebody has changed them since."""
    ensure_open(meeting)
    marked = queries.marked_all_at_once(meeting)
    for row in marked:
        row.status = AttendanceStatus.EXPECTED
    if not marked:
        raise NotPossible(_l("There is nothing left to undo."))
    record(meeting, "everybody_present_undone", by=by, at=at, rows=[row.id for row in marked])


def note_present(row: Attendance, *, by: Actor, at: datetime) -> None:
    """Somebody expected has come."""
    ensure_open(row.meeting)
    ensure_begun(row.meeting, at)
    row.status = AttendanceStatus.PRESENT
    _freeze_posts([row], row.meeting.date)
    record(row.meeting, "attendance_changed", by=by, at=at)


def _freeze_posts(rows: Sequence[Attendance], day: date) -> None:
    """Give those without a post the one they held on that day, where it is one."""
    bare = [row for row in rows if row.person_id and not row.position_id and not row.post_as_written]
    held = people.posts_held([row.person_id for row in bare if row.person_id], day) if bare else {}
    for row in bare:
        posts = held.get(row.person_id or 0, [])
        if len(posts) == 1:
            row.position_id, row.post_as_written = posts[0].position_id, posts[0].words


def remove_attendance(row: Attendance, *, by: Actor, at: datetime) -> None:
    """Take a row off the list; who has spoken stays."""
    ensure_open(row.meeting)
    lines = Statement.__table__.c  # hidden lines count, too
    if db.session.scalar(select(lines.id).where(lines.speaker_id == row.id).limit(1)):
        raise NotPossible(_l("Statements name this row as their speaker. Change those first."))
    db.session.delete(row)
    record(row.meeting, "attendance_changed", by=by, at=at)


def accept_holder(row: Attendance, held: PositionHolding, *, by: Actor, at: datetime) -> None:
    """Put the person who held the post on the day into the row: somebody has looked and agreed."""
    ensure_open(row.meeting)
    if row.person_id is not None:
        raise NotPossible(_l("This row already names a person."))
    if queries.row_of(row.meeting_id, held.person_id) is not None:
        raise NotPossible(_l("%(name)s already has a row on this list.", name=held.person.full_name))
    row.person_id = held.person_id
    record(row.meeting, "holder_accepted", by=by, at=at, reason=held.person.full_name)
