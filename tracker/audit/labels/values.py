"""Values of the chain in words: days, moments, codes, names of rows, yes and no."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Boolean, Date, Enum, Time

from tracker.audit.queries.rows import Named, Row, one, references
from tracker.core.db import Model, UTCDateTime
from tracker.core.wording import clock, either, label, moment, say, short_day

#: Texts that hold the code of another column: what became of an action or a proposal in a sitting.
CODES_OF = {
    ("review_item", column): (("action_item", "status"), ("proposal", "status"))
    for column in ("state_before", "state_after")
}
#: A text that is longer is cut; its page has the whole.
LONGEST = 200


def value(table: str, column: str, stored: Any, names: Mapping[Row, Named]) -> str:
    """What stood in a column, as pages say it."""
    if stored is None or stored == "":
        return "–"
    led_to = references(table).get(column)
    if led_to:
        return name(led_to, str(stored), names)
    for told_by, name_there in CODES_OF.get((table, column), ((table, column),)):
        with suppress(ValueError, TypeError, KeyError):  # what an earlier schema stored is told as it stands
            return _written(Model.metadata.tables[told_by].columns[name_there].type, stored)
    return _cut(str(stored))


def _written(kind: Any, stored: Any) -> str:
    if isinstance(kind, Boolean):
        return say("yes") if stored else say("no")
    if isinstance(kind, Date):
        return short_day(date.fromisoformat(stored))
    if isinstance(kind, UTCDateTime):
        return moment(datetime.fromisoformat(stored))
    if isinstance(kind, Time):
        return clock(time.fromisoformat(stored))
    if isinstance(kind, Enum) and kind.enum_class:
        code: Any = kind.enum_class(stored)
        return label(code)
    if isinstance(stored, list):
        return _cut("; ".join(map(str, stored)))
    return _cut(str(stored))


def name(table: str, number: str, names: Mapping[Row, Named]) -> str:
    """What a row is called; one that is gone or hidden has only its number, or two if it links two rows."""
    named = names.get(one(table, number))
    said = either(*named.name) if named else ""
    return _cut(said) if said else say("no. %(number)s", number=number)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
