"""Commands for meetings, one module for each purpose. Callers commit."""

from tracker.meetings.commands.agenda import (
    add_agenda_item,
    carry_agenda_item,
    move_agenda_item,
    remove_agenda_item,
    rename_agenda_item,
    set_aside_agenda_item,
)
from tracker.meetings.commands.arranging import join_statements, join_with_line_above, move_statement, split_statement
from tracker.meetings.commands.attendance import (
    CHAIR_TAKEN,
    accept_holder,
    add_attendance,
    draft_of,
    edit_attendance,
    ensure_one_chair,
    note_everybody_present,
    note_present,
    remove_attendance,
    seat,
    undo_everybody_present,
    with_post_of_the_day,
)
from tracker.meetings.commands.copied_names import note_source_of_name, source_of_name
from tracker.meetings.commands.drafts import AttendanceDraft, MeetingDraft, StatementDraft, StatementLinks
from tracker.meetings.commands.meeting import edit_meeting, log_meeting, move_meeting, zone_of
from tracker.meetings.commands.statements import (
    add_statement,
    edit_statement,
    ensure_proposal,
    note_origin,
    raise_proposal,
    remove_statement,
    restore_statement,
)

__all__ = [
    "CHAIR_TAKEN",
    "AttendanceDraft",
    "MeetingDraft",
    "StatementDraft",
    "StatementLinks",
    "accept_holder",
    "add_agenda_item",
    "add_attendance",
    "add_statement",
    "carry_agenda_item",
    "draft_of",
    "edit_attendance",
    "edit_meeting",
    "edit_statement",
    "ensure_one_chair",
    "ensure_proposal",
    "join_statements",
    "join_with_line_above",
    "log_meeting",
    "move_agenda_item",
    "move_meeting",
    "move_statement",
    "note_everybody_present",
    "note_origin",
    "note_present",
    "note_source_of_name",
    "raise_proposal",
    "remove_agenda_item",
    "remove_attendance",
    "remove_statement",
    "rename_agenda_item",
    "restore_statement",
    "seat",
    "set_aside_agenda_item",
    "source_of_name",
    "split_statement",
    "undo_everybody_present",
    "with_post_of_the_day",
    "zone_of",
]  # fmt: skip
