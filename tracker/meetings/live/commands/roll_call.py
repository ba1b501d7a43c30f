"""Add speakers to the attendance list from the live minutes. Callers commit."""

from datetime import datetime

from tracker.audit.commands import record
from tracker.core.actor import Actor
from tracker.core.errors import NotPossible
from tracker.core.wording import lazy_gettext as _l
from tracker.meetings import commands as meetings
from tracker.meetings import queries as meeting_queries
from tracker.meetings.live import queries
from tracker.meetings.models import Meeting, Statement
from tracker.meetings.queries import Seating
from tracker.people.rules import NameIndex, folded


def seat_speaker(statement: Statement, meeting: Meeting, seating: Seating, *, by: Actor, at: datetime) -> None:
    """Add a speaker known only by name to the attendance list, and link all lines with that name."""
    if statement.speaker_id or not statement.speaker_note:
        raise NotPossible(_l("The speaker of this line is on the list."))
    name = statement.speaker_note
    row = seating.row if seating.is_up_to_date and seating.row else meetings.seat(meeting, seating, by=by, at=at)
    row_with_names = queries.row_with_names(row.id)
    person = row_with_names.person if row_with_names else None
    spoken = NameIndex([(row.id, (person.full_name, *person.aliases))] if person else [])
    for line in meeting_queries.statements_of(meeting.id):
        note = line.speaker_note or ""
        if line.speaker_id is None and note and (folded(note) == folded(name) or spoken.find(note).same):
            line.speaker_id, line.speaker_note = row.id, None
            record(meeting, "statement_edited", by=by, at=at, mentions=[line])
