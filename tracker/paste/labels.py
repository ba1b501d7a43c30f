"""The words for what a pasted name will become."""

from tracker.core.wording import Tones, Words
from tracker.core.wording import lazy as _l
from tracker.paste.rules import Recognition

WORDS: Words = {
    Recognition: {
        Recognition.THERE: _l("already on the list"),
        Recognition.PERSON: _l("person of the register"),
        Recognition.POST: _l("post only"),
        Recognition.PROVISIONAL: _l("new, provisional person"),
    }
}
TONES: Tones = {Recognition: {Recognition.PERSON: "good", Recognition.POST: "info", Recognition.PROVISIONAL: "warn"}}
