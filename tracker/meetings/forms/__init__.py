"""Forms about meetings; one file for each kind of thing that is filled in."""

from tracker.meetings.forms.attendance import AttendanceForm, AttendanceRow
from tracker.meetings.forms.meeting import MeetingFilterForm, MeetingForm, MoveForm, NewMeetingForm
from tracker.meetings.forms.statements import NewStatementForm, StatementForm

__all__ = [
    "AttendanceForm", "AttendanceRow", "MeetingFilterForm", "MeetingForm", "MoveForm", "NewMeetingForm",
    "NewStatementForm", "StatementForm",
]  # fmt: skip
