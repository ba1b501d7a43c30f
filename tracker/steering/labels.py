"""The words for what is asked and answered, and for what happens to an action by it."""

from tracker.core.wording import Tones, Words
from tracker.core.wording import lazy as _l
from tracker.steering.rules import RequestState

WORDS: Words = {
    RequestState: {
        RequestState.ASKED: _l("Asked"),
        RequestState.GRANTED: _l("Granted"),
        RequestState.REFUSED: _l("Refused"),
    },
}
TONES: Tones = {
    RequestState: {RequestState.ASKED: "warn", RequestState.GRANTED: "good", RequestState.REFUSED: "bad"},
}
EVENTS = {
    "action_item": {
        "due_date_asked": _l("Another due date asked for"),
        "due_date_granted": _l("Another due date granted"),
        "due_date_refused": _l("Another due date refused"),
        "reassigned": _l("Given to another PIC or unit"),
        "escalated": _l("Escalated"),
        "held_blocked": _l("Blocked"),
        "held_waiting_outside": _l("Waits for somebody outside"),
        "released": _l("Moves again"),
        "bulk_change_undone": _l("Bulk change undone"),
    }
}
