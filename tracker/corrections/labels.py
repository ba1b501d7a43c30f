"""Labels of corrections."""

from collections.abc import Mapping, Sequence
from typing import Any

from tracker.audit.labels.columns import column
from tracker.audit.models import Event
from tracker.core.clock import day_at
from tracker.core.wording import either, gettext, short_day
from tracker.core.wording import lazy_gettext as _l

_CORRECTED = {
    "corrected": _l("Corrected after the decision"),
    "correction_confirmed": _l("Correction confirmed: the decision remains valid"),
    "correction_put_back": _l("Correction withdrawn: the decided wording is restored"),
}
EVENTS = {"proposal": _CORRECTED, "action_item": _CORRECTED}
#: Parts of a proposal that are decided on, but are not columns of it.
_PARTS = {"proposed_by": _l("Proponents"), "effects": _l("Targets it affects")}


def mark(row: Any, newest: Event | None) -> str:
    # `newest` is None if the viewer may not see the events of the row
    day = short_day(day_at(row.corrected_at))
    if newest is None:
        return gettext("Corrected on %(day)s", day=day)
    return gettext("Corrected on %(day)s: %(reason)s", day=short_day(day_at(newest.at)), reason=newest.reason)


def both_texts(event: Any) -> Sequence[tuple[str, str | None, str | None]]:
    """(label of the column, text before, text after) of each corrected column."""
    texts = (event.details or {}).get("texts", {})
    return [
        (
            str(_PARTS.get(name) or column(event.subject, name)),
            _in_language(text["before"]),
            _in_language(text["after"]),
        )
        for name, text in texts.items()
    ]


def _in_language(text: str | Mapping[str, str] | None) -> str | None:
    return either(text["id"], text["en"]) if isinstance(text, Mapping) else text
