"""Forms for meetings."""

from tracker.meetings.forms.arranging import AgendaItemForm, CarryForm, MoveStatementForm, SplitStatementForm
from tracker.meetings.forms.attendance import (
    NEW,
    AttendanceForm,
    AttendanceRow,
    SeatQuestions,
    candidate_label,
    ensure_one_chair,
)
from tracker.meetings.forms.hints import planning_hints
from tracker.meetings.forms.meeting import MeetingFilterForm, MeetingForm, MoveForm, NewMeetingForm, RescheduleForm
from tracker.meetings.forms.statements import NewStatementForm, StatementForm, ensure_words

__all__ = [
    "NEW",
    "AgendaItemForm",
    "AttendanceForm",
    "AttendanceRow",
    "CarryForm",
    "MeetingFilterForm",
    "MeetingForm",
    "MoveForm",
    "MoveStatementForm",
    "NewMeetingForm",
    "NewStatementForm",
    "RescheduleForm",
    "SeatQuestions",
    "SplitStatementForm",
    "StatementForm",
    "candidate_label",
    "ensure_one_chair",
    "ensure_words",
    "planning_hints",
]  # fmt: skip
