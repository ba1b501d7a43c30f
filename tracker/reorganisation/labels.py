"""Labels of reorganisations."""

from tracker.core.wording import Tones, Words
from tracker.core.wording import lazy_gettext as _l
from tracker.reorganisation.rules import LineKind, Move

WORDS: Words = {
    LineKind: {
        LineKind.UNIT: _l("Unit"),
        LineKind.POST: _l("Post"),
        LineKind.PERSON: _l("Person"),
        LineKind.ITEM: _l("Open item"),
    },
    Move: {
        Move.NEW: _l("new"),
        Move.RENAMED: _l("renamed"),
        Move.MOVED: _l("moved"),
        Move.SPLIT: _l("split"),
        Move.MERGED: _l("becomes part of another"),
        Move.ENDS: _l("ends"),
        Move.GIVES: _l("hands over a part"),
    },
}
TONES: Tones = {
    Move: {
        Move.NEW: "good",
        Move.RENAMED: "info",
        Move.MOVED: "info",
        Move.SPLIT: "warn",
        Move.MERGED: "warn",
        Move.ENDS: "warn",
        Move.GIVES: "info",
    },
}
EVENTS = {
    "reorganisation": {
        "drafted": _l("Drafted"),
        "edited": _l("Details changed"),
        "corrected": _l("Typing error corrected"),
        "lines_changed": _l("Lines changed"),
        "entered": _l("Put in force"),
        "removed": _l("Draft removed"),
    },
}
