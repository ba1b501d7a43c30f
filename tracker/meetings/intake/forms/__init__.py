from tracker.meetings.intake.forms.new_meeting import Door, NewMeetingForm, TextMeetingForm
from tracker.meetings.intake.forms.pasting import (
    MOST_PARTS,
    MOST_PIECES,
    TOO_MUCH,
    NamesForm,
    PiecesForm,
    RowsForm,
    TextForm,
)

__all__ = [
    "MOST_PARTS",
    "MOST_PIECES",
    "TOO_MUCH",
    "Door",
    "NamesForm",
    "NewMeetingForm",
    "PiecesForm",
    "RowsForm",
    "TextForm",
    "TextMeetingForm",
]
