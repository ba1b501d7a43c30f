"""Labels of corrections."""

from collections.abc import Mapping, Sequence
from typing import Any

from tracker.audit.labels.columns import column
from tracker.audit.models import Event
from tracker.core.clock import day_at
from tracker.core.wording import Tones, Words, either, say, short_day
from tracker.core.wording import lazy as _l

WORDS: Words = {}
TONES: Tones = {}
_CORRECTED = {
    "corrected": _l("Corrected after the decision"),
    "correction_confirmed": _l("Correction confirmed: the decision remains valid"),
    "correction_put_back": _l("Correction withdrawn: the decided wording is restored"),
}
EVENTS = {"proposal": _CORRECTED, "action_item": _CORRECTED}
#: What is decided on beside columns: rows that belong to a proposal.
_PARTS = {"proposed_by": _l("Proponents"), "effects": _l("Targets it affects")}


def mark(thing: Any, newest: Event | None) -> str:
    day = short_day(day_at(thing.corrected_at))
    if newest is None:
        return say("Corrected on %(day)s", day=day)
    return say("Corrected on %(day)s: %(reason)s", day=short_day(day_at(newest.at)), reason=newest.reason)


def both_texts(event: Any) -> Sequence[tuple[str, str | None, str | None]]:
    """(label of the column, text before, text after) of each corrected column."""
    texts = (event.details or {}).get("texts", {})
    return [
        (str(_PARTS.get(name) or column(event.subject, name)), _said(text["before"]), _said(text["after"]))
        for name, text in texts.items()
    ]


def _said(words: str | Mapping[str, str] | None) -> str | None:
    return either(words["id"], words["en"]) if isinstance(words, Mapping) else words
