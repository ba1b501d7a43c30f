"""Forms of the live minutes."""

from tracker.live.forms.line import LineForm, Offered
from tracker.live.forms.screen import AgendaForm, ChangeForm, RollCallForm, SeatForm, TypingForm

__all__ = ["AgendaForm", "ChangeForm", "LineForm", "Offered", "RollCallForm", "SeatForm", "TypingForm"]
