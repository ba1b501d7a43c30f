"""Labels for what happens to a pasted name."""

from tracker.core.wording import Tones, Words
from tracker.core.wording import lazy_gettext as _l
from tracker.meetings.intake.rules import Recognition
from tracker.meetings.rules import Doubt

WORDS: Words = {
    Doubt: {
        Doubt.POST_OR_UNIT: _l("check: post or unit?"),
        Doubt.PERSON_OR_POST: _l("check: person, post or body?"),
        Doubt.ROLE: _l("check the role"),
        Doubt.STATUS: _l("check the attendance"),
    },
    Recognition: {
        Recognition.THERE: _l("already on the list"),
        Recognition.PERSON: _l("person of the register"),
        Recognition.UNCLEAR: _l("may be in the register"),
        Recognition.POST: _l("post only"),
        Recognition.PROVISIONAL: _l("new, provisional person"),
    },
}
TONES: Tones = {
    Doubt: dict.fromkeys(Doubt, "warn"),
    Recognition: {
        Recognition.UNCLEAR: "warn",
        Recognition.PERSON: "good",
        Recognition.POST: "info",
        Recognition.PROVISIONAL: "warn",
    },
}
