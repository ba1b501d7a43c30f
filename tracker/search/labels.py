"""The words for what can be found, and for what happens to the synonym list."""

from tracker.core.wording import Tones, Words
from tracker.core.wording import lazy as _l
from tracker.search.rules import SearchKind

K = SearchKind
WORDS: Words = {
    SearchKind: {
        K.PROPOSAL: _l("Proposal"),
        K.ACTION: _l("Follow-up action"),
        K.MEETING: _l("Meeting"),
        K.STATEMENT: _l("Said in a meeting"),
        K.TARGET: _l("Target"),
        K.PERSON: _l("Person"),
        K.POST: _l("Post"),
        K.UNIT: _l("Unit"),
        K.ATTACHMENT: _l("Attached file"),
    }
}
TONES: Tones = {SearchKind: {K.PROPOSAL: "info", K.ACTION: "warn", K.MEETING: "good"}}
EVENTS = {
    "synonym_group": {
        "added": _l("Synonyms added"),
        "edited": _l("Synonyms changed"),
        "removed": _l("Synonyms removed"),
    }
}
