"""Forms about meetings; one file for each kind of thing that is filled in."""

from tracker.meetings.forms.arranging import AgendaItemForm, CarryForm, MoveStatementForm, SplitStatementForm
from tracker.meetings.forms.attendance import AttendanceForm, AttendanceRow
from tracker.meetings.forms.hints import planning_hints, there_already
from tracker.meetings.forms.meeting import MeetingFilterForm, MeetingForm, MoveForm, NewMeetingForm, RescheduleForm
from tracker.meetings.forms.statements import NewStatementForm, StatementForm

__all__ = [
    "AgendaItemForm", "AttendanceForm", "AttendanceRow", "CarryForm", "MeetingFilterForm", "MeetingForm", "MoveForm",
    "MoveStatementForm", "NewMeetingForm", "NewStatementForm", "RescheduleForm", "SplitStatementForm", "StatementForm",
    "planning_hints", "there_already",
]  # fmt: skip
