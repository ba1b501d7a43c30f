"""Forms about meetings; one file for each kind of thing that is filled in."""

from tracker.meetings.forms.arranging import AgendaItemForm, CarryForm, MoveStatementForm, SplitStatementForm
from tracker.meetings.forms.attendance import (
    NEW,
    AttendanceForm,
    AttendanceRow,
    SeatQuestions,
    ensure_one_chair,
    words_of,
)
from tracker.meetings.forms.hints import planning_hints, there_already
from tracker.meetings.forms.meeting import MeetingFilterForm, MeetingForm, MoveForm, NewMeetingForm, RescheduleForm
from tracker.meetings.forms.statements import NewStatementForm, StatementForm, ensure_words

__all__ = [
    "NEW", "AgendaItemForm", "AttendanceForm", "AttendanceRow", "CarryForm", "MeetingFilterForm", "MeetingForm",
    "MoveForm", "MoveStatementForm", "NewMeetingForm", "NewStatementForm", "RescheduleForm", "SeatQuestions",
    "SplitStatementForm", "StatementForm", "ensure_one_chair", "ensure_words", "planning_hints",
    "there_already", "words_of",
]  # fmt: skip
