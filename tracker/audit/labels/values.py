"""Values of audit entries as text: dates, times, codes, names of rows, yes and no."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Boolean, Date, Enum, Time

from tracker.audit.queries.rows import Row, RowName, references, row_of
from tracker.core.db import Model, UTCDateTime
from tracker.core.wording import clock, either, gettext, label, moment, short_day

#: Text columns that hold a code of another column: the state of an action or a proposal before and after a review.
CODES_OF = {
    ("review_item", column): (("action_item", "status"), ("proposal", "status"))
    for column in ("state_before", "state_after")
}
#: Longer texts are cut; the row's own page has the whole text.
LONGEST = 200


def value(table: str, column: str, stored: Any, names: Mapping[Row, RowName]) -> str:
    if stored is None or stored == "":
        return "–"
    referenced = references(table).get(column)
    if referenced:
        return name(referenced, str(stored), names)
    for code_table, code_column in CODES_OF.get((table, column), ((table, column),)):
        with suppress(ValueError, TypeError, KeyError):  # a value from an earlier schema is shown as stored
            return _written(Model.metadata.tables[code_table].columns[code_column].type, stored)
    return _cut(str(stored))


def _written(kind: Any, stored: Any) -> str:
    if isinstance(kind, Boolean):
        return gettext("yes") if stored else gettext("no")
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


def name(table: str, number: str, names: Mapping[Row, RowName]) -> str:
    """The name of a row; only its number (or two, for an association) if it is deleted or hidden. No codes of ours."""
    row_name = names.get(row_of(table, number))
    text = either(*row_name.name) if row_name else ""
    numbers = [part for part in number.split("-") if any(map(str.isdecimal, part))]
    return _cut(text) if text else gettext("no. %(number)s", number="-".join(numbers) or number)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
