"""The words for what happens to secrecy."""

from tracker.core.wording import Tones, Words
from tracker.core.wording import lazy as _l

WORDS: Words = {}
TONES: Tones = {}
_STEPS = {"classified": _l("Classification raised"), "declassified": _l("Declassified")}
EVENTS = {
    "meeting": {
        **_STEPS,
        "let_in": _l("Account let in by name"),
        "shut_out": _l("Account no longer let in"),
    },
    "proposal": _STEPS,
    "action_item": _STEPS,
}
