"""Forms for meetings."""

from tracker.meetings.forms.arranging import AgendaItemForm, CarryForm, MoveStatementForm, SplitStatementForm
from tracker.meetings.forms.attendance import (
    NEW,
    AttendanceForm,
    SeatQuestions,
    candidate_label,
    ensure_one_chair,
)
from tracker.meetings.forms.hints import hints_about
from tracker.meetings.forms.meeting import MeetingFilterForm, MeetingForm, MoveForm, RescheduleForm
from tracker.meetings.forms.statements import NewStatementForm, StatementForm, ensure_words

__all__ = [
    "NEW",
    "AgendaItemForm",
    "AttendanceForm",
    "CarryForm",
    "MeetingFilterForm",
    "MeetingForm",
    "MoveForm",
    "MoveStatementForm",
    "NewStatementForm",
    "RescheduleForm",
    "SeatQuestions",
    "SplitStatementForm",
    "StatementForm",
    "candidate_label",
    "ensure_one_chair",
    "ensure_words",
    "hints_about",
]  # fmt: skip
