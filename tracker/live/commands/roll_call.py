"""Who is there, as typed in the live minutes. Nothing here commits."""

from datetime import datetime

from tracker.core.actor import Actor
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.wording import lazy as _l
from tracker.live import queries
from tracker.meetings import commands as meetings
from tracker.meetings.commands import AttendanceDraft
from tracker.meetings.models import Attendance, Meeting, Statement
from tracker.meetings.rules import AttendanceRole, Attendee, looks_like_post
from tracker.people.commands import PersonDraft, add_person


def call(meeting: Meeting, attendee: Attendee, *, by: Actor, at: datetime) -> Attendance:
    """Add a line of the roll-call. A name nobody knows becomes a provisional person; a post stays a post."""
    person = queries.person_called(attendee.name)
    position = None if person else queries.position_called(attendee.name)
    there = queries.expected_row(meeting, attendee.name, person)
    if there:
        meetings.note_present(there, by=by, at=at)
        return there
    if person is None and position is None and not looks_like_post(attendee.name):
        person = add_person(PersonDraft(name=attendee.name, is_provisional=True), by=by, at=at)
    draft = AttendanceDraft(
        person_id=person.id if person else None,
        position_id=position.id if position else None,
        post_as_written=attendee.post or (None if person else attendee.name),
        role=attendee.role,
    )
    return meetings.add_attendance(meeting, draft, by=by, at=at)


def seat_speaker(statement: Statement, meeting: Meeting, *, by: Actor, at: datetime) -> None:
    """Put the speaker whom only the line names onto the attendance list, provisionally where nobody knows the name."""
    if statement.speaker_id or not statement.speaker_note:
        raise NotPossible(_l("The speaker of this line is on the list."))
    row = call(meeting, Attendee(name=statement.speaker_note, post=None, role=AttendanceRole.PARTICIPANT), by=by, at=at)
    db.session.flush()  # the statement needs the row's number
    statement.speaker_id, statement.speaker_note = row.id, None
