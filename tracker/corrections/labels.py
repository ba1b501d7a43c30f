"""The words for corrections."""

from collections.abc import Sequence
from typing import Any

from tracker.core.wording import Tones, Words
from tracker.core.wording import lazy as _l

WORDS: Words = {}
TONES: Tones = {}
_CORRECTED = {
    "corrected": _l("Corrected after the decision"),
    "correction_confirmed": _l("Correction confirmed: the decision stands"),
    "correction_put_back": _l("Correction taken back: the words that were decided on are back"),
}
EVENTS = {"proposal": _CORRECTED, "action_item": _CORRECTED}
#: The names of the columns of words that were decided on.
COLUMNS = {
    "title_id": _l("Title in Indonesian"),
    "title_en": _l("Title in English"),
    "gist_id": _l("Gist in Indonesian"),
    "gist_en": _l("Gist in English"),
    "quote": _l("Quote, word for word"),
    "source_note": _l("Or where else it comes from"),
    "text_id": _l("What is to be done"),
    "text_en": _l("The same in English"),
}


def both_texts(event: Any) -> Sequence[tuple[str, str | None, str | None]]:
    """What a correction changed, by the name of each field: its words before and after."""
    texts = (event.details or {}).get("texts", {})
    return [(str(COLUMNS[name]), text["before"], text["after"]) for name, text in texts.items()]
