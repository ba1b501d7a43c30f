"""Forms to begin a meeting, and for pasted texts and names."""

from tracker.meetings.intake.forms.names import MOST_NAMES, NamesForm, RowsForm
from tracker.meetings.intake.forms.new_meeting import Door, NewMeetingForm, TextMeetingForm
from tracker.meetings.intake.forms.pieces import MOST_PARTS, TOO_MUCH, PiecesForm
from tracker.meetings.intake.forms.source import TextForm

__all__ = [
    "MOST_NAMES", "MOST_PARTS", "TOO_MUCH", "Door", "NamesForm", "NewMeetingForm", "PiecesForm", "RowsForm", "TextForm",
    "TextMeetingForm",
]  # fmt: skip
