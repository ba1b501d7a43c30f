"""Forms of the live minutes."""

from tracker.meetings.live.forms.line import LineForm, Offered, seen
from tracker.meetings.live.forms.screen import (
    AgendaForm,
    AgendaItemForm,
    ChangeForm,
    DiscussedForm,
    MoveForm,
    RollCallForm,
    SeatForm,
    SplitForm,
    TypingForm,
)

__all__ = [
    "AgendaForm", "AgendaItemForm", "ChangeForm", "DiscussedForm", "LineForm", "MoveForm", "Offered", "RollCallForm",
    "SeatForm", "SplitForm", "TypingForm", "seen",
]  # fmt: skip
