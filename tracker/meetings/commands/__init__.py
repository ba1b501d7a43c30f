"""Things people do with meetings; one file for each purpose. Nothing here commits."""

from tracker.meetings.commands.attendance import (
    accept_holder,
    add_attendance,
    edit_attendance,
    note_present,
    remove_attendance,
)
from tracker.meetings.commands.drafts import AttendanceDraft, Bearings, MeetingDraft, StatementDraft
from tracker.meetings.commands.meeting import add_agenda_item, edit_meeting, log_meeting, move_meeting
from tracker.meetings.commands.statements import (
    add_statement,
    edit_statement,
    raise_proposal,
    remove_statement,
    restore_statement,
)

__all__ = [
    "AttendanceDraft", "Bearings", "MeetingDraft", "StatementDraft", "accept_holder", "add_agenda_item",
    "add_attendance", "add_statement", "edit_attendance", "edit_meeting", "edit_statement", "log_meeting",
    "move_meeting", "note_present", "raise_proposal", "remove_attendance", "remove_statement", "restore_statement",
]  # fmt: skip
