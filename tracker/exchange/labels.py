"""A list in words: its sheet, the filter as a sentence, and each value as the screen shows it."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any

from tracker.core.fields import as_shown
from tracker.core.forms import FilterForm
from tracker.core.wording import label, language, moment, number, say, short_day
from tracker.exchange import queries
from tracker.exchange.formats import Row, Sheet, Value
from tracker.exchange.lists.description import Listing


def in_text(value: Value) -> str:
    """A value as the screen shows it; what is not known yet says so."""
    if value is None:
        return say("not yet set")
    if isinstance(value, StrEnum):
        return label(value)
    if isinstance(value, date):
        return short_day(value)
    return number(value) if isinstance(value, int | Decimal) else value


def filter_in_words(listing: Listing, form: FilterForm) -> str:
    """«Status: Belum dimulai; Tahun: 2020», or that nothing was left out."""
    told = []
    for field in form:
        if field.data in (None, "", False, []):
            continue
        if field.name in listing.choices:
            field.offer(listing.choices[field.name]())
        told.append(f"{field.label.text}: {as_shown(field)}")
    return "; ".join(told) or say("none, the whole list")


def cells(listing: Listing, batch: Sequence[Any], first: int = 1) -> Iterator[Row]:
    """The values of some rows, counted where the list is."""
    beside = listing.beside(batch)
    for position, row in enumerate(batch, first):
        values = [column.value(row, beside) for column in listing.columns]
        yield [position, *values] if listing.is_numbered else values


def headings(listing: Listing) -> list[str]:
    """The headings, «No.» first where rows are counted."""
    words = [str(column.heading) for column in listing.columns]
    return [say("No."), *words] if listing.is_numbered else words


def _rows(listing: Listing, form: FilterForm, tell: Callable[[int], None]) -> Iterator[Row]:
    done = 0
    for batch in queries.batches(listing.question(form), listing.reads):
        yield from cells(listing, batch, done + 1)
        done += len(batch)
        tell(done)


def sheet_of(listing: Listing, form: FilterForm, *, by: str, at: datetime, tell: Callable[[int], None]) -> Sheet:
    """The rows of a filter, ready to be written; `tell` hears how many are done."""
    widths = [column.width for column in listing.columns]
    return Sheet(
        language=language(),
        title=str(listing.title),
        about=[
            (say("Filter"), filter_in_words(listing, form)),
            (say("Made"), say("%(moment)s for %(name)s", moment=moment(at), name=by)),
        ],
        headings=headings(listing),
        widths=[5, *widths] if listing.is_numbered else widths,
        rows=_rows(listing, form, tell),
        notes_title=say("Notes"),
        as_text=lru_cache(maxsize=4096, typed=True)(in_text),
        cut_sentence=lambda cell, length: say(
            "Cell %(cell)s: cut after 32,767 of %(length)s characters, more than a spreadsheet cell holds.",
            cell=cell, length=number(length),
        ),
        nothing=say("No row fits this filter."),
    )  # fmt: skip
