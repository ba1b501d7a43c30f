"""The words for what happens to secrecy."""

from tracker.classification.queries import Tied
from tracker.core.texts import shortened
from tracker.core.wording import Tones, Words, either, say
from tracker.core.wording import lazy as _l
from tracker.meetings.models import Statement
from tracker.proposals.models import Proposal

LONGEST = 100

WORDS: Words = {}
TONES: Tones = {}
_STEPS = {"classified": _l("Classification raised"), "declassified": _l("Declassified")}
EVENTS = {
    "meeting": {
        **_STEPS,
        "let_in": _l("Access given to an account"),
        "shut_out": _l("Access removed from an account"),
    },
    "proposal": _STEPS,
    "action_item": _STEPS,
}


def tied(one: Tied) -> str:
    """What is raised with something else, in a list to choose from."""
    if isinstance(one, Statement):
        words = one.quote or either(one.gist_id, one.gist_en)
        return say("Line of %(code)s: %(words)s", code=one.meeting.code, words=shortened(words or "", LONGEST))
    words = either(one.title_id, one.title_en) if isinstance(one, Proposal) else either(one.text_id, one.text_en)
    return f"{one.code} {shortened(words or '', LONGEST)}"
