"""Labels of corrections."""

from collections.abc import Sequence
from typing import Any

from tracker.audit.labels.columns import column
from tracker.core.wording import Tones, Words
from tracker.core.wording import lazy as _l

WORDS: Words = {}
TONES: Tones = {}
_CORRECTED = {
    "corrected": _l("Corrected after the decision"),
    "correction_confirmed": _l("Correction confirmed: the decision remains valid"),
    "correction_put_back": _l("Correction withdrawn: the decided wording is restored"),
}
EVENTS = {"proposal": _CORRECTED, "action_item": _CORRECTED}


def both_texts(event: Any) -> Sequence[tuple[str, str | None, str | None]]:
    """(label of the column, text before, text after) of each corrected column."""
    texts = (event.details or {}).get("texts", {})
    return [(column(event.subject, name), text["before"], text["after"]) for name, text in texts.items()]
