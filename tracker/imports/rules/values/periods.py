"""Periods of a year, by the names that offices give them. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from tracker.imports.formats.cells import Cell
from tracker.imports.rules.values.reading import (
    LONGEST_VALUE,
    MONTHS_OF_YEAR,
    YEAR,
    Reading,
    ValueRemark,
    problem_of,
    without_value,
)
from tracker.meetings.live.formats import calendar_words as words
from tracker.people.formats import folded

P = TypeVar("P", bound="NamedPeriod")


class NamedPeriod(Protocol):
    """A period of a scheme, as `tracker.calendar.periods` stores it."""

    code: str
    name_id: str
    name_en: str | None
    #: The month with which it ends.
    last_month: int


_PARTS = {"tw": 3, "triwulan": 3, "kuartal": 3, "kwartal": 3, "quarter": 3, "q": 3, "caturwulan": 4, "cawu": 4,
          "semester": 6, "smt": 6, "sm": 6, "half": 6, "s": 6, "h": 6}  # fmt: skip
_UP_TO = re.compile(
    r"^(?:kumulatif\s+|cumulative\s+)?(?:s\.?\s?/?d\.?|sampai(?: dengan)?|hingga|to|until)\s+", re.IGNORECASE
)
_YEAR_BEHIND = re.compile(
    rf"[\s,/_-]*(?:(?:tahun(?:\s+anggaran)?|ta|t\.a\.|fy|of)\s*)?(?P<year>{YEAR})$", re.IGNORECASE
)
_YEAR_BEFORE = re.compile(rf"^(?:(?:tahun|ta)\s+)?(?P<year>{YEAR})[\s,/_-]+", re.IGNORECASE)
_PART = re.compile(
    rf"(?P<kind>{words.either(_PARTS)})[\s.-]*(?:ke[\s-]?)?(?P<part>{words.either(words.ORDINALS)})", re.IGNORECASE
)
_ENGLISH_PART = re.compile(
    rf"(?P<part>{words.either(words.ORDINALS)})\s+(?P<kind>quarter|half|semester)", re.IGNORECASE
)


#: «Jan–Mar», «Januari s.d. Maret»
_MONTHS = re.compile(
    rf"(?P<first>{words.either(words.MONTHS)})\.?\s*(?:[-–—]|s\.?\s?/?d\.?|sampai(?: dengan)?|to)\s*"
    rf"(?P<last>{words.either(words.MONTHS)})\.?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class WrittenPeriod:
    """«TW I 2025», «2025 Q3», «Semester 1», «s.d. September 2025», «Mei 2025», «2025»."""

    year: int | None
    #: As it is written, without the year.
    name: str
    #: The month with which it ends, and its length in months; None if only the name says which period it is.
    last_month: int | None = None
    months: int | None = None


def written_period(written: str) -> WrittenPeriod:
    plain = " ".join(written.split())
    if re.fullmatch(rf"(?:(?:tahun|ta|year)\.?\s)?{YEAR}", plain, re.IGNORECASE):
        return WrittenPeriod(int(plain[-4:]), "", MONTHS_OF_YEAR, MONTHS_OF_YEAR)
    dated = _YEAR_BEHIND.search(plain) or _YEAR_BEFORE.search(plain)
    name = (plain[: dated.start()] + plain[dated.end() :]).strip() if dated else plain
    is_from_january = _UP_TO.match(name) is not None
    last, months = _end_and_length(_UP_TO.sub("", name))
    return WrittenPeriod(int(dated["year"]) if dated else None, name, last, last if is_from_january else months)


def _end_and_length(name: str) -> tuple[int | None, int | None]:
    if part := _PART.fullmatch(name) or _ENGLISH_PART.fullmatch(name):
        months = _PARTS[part["kind"].casefold()]
        last = months * words.ORDINALS[part["part"].casefold()]
        return (last, months) if last <= MONTHS_OF_YEAR else (None, None)
    if folded(name) in {"tahunan", "setahun", "annual", "yearly"}:
        return MONTHS_OF_YEAR, MONTHS_OF_YEAR
    if several := _MONTHS.fullmatch(name):
        first, last = (words.MONTHS[several[part].casefold()] for part in ("first", "last"))
        return (last, last - first + 1) if first < last else (None, None)
    month = words.MONTHS.get(name.casefold().removeprefix("bulan ").rstrip("."))
    return month, (1 if month else None)


def period(cell: Cell, periods: Sequence[P]) -> Reading[tuple[int | None, P]]:
    """(year or None, period of the scheme), by code, by name, or by what it covers.

    A quarter is also found in a scheme that counts on from January by quarters: reports for «TW III» state both.
    """
    unusable: Reading[tuple[int | None, P]] | None = without_value(cell)
    if unusable:
        return unusable
    if isinstance(cell.value, date):
        written = WrittenPeriod(cell.value.year, "", cell.value.month, 1)
    else:
        written = written_period(cell.text[: LONGEST_VALUE + 1])
    named = [each for each in periods if written.name and folded(written.name) in _names(each)]
    covering = [
        each for each, months in zip(periods, _lengths(periods), strict=True)
        if each.last_month == written.last_month and written.months in months
    ]  # fmt: skip
    if len(matching := named or covering) == 1:
        return Reading((written.year, matching[0]))
    known = ", ".join(each.code for each in periods)
    return problem_of(ValueRemark.NO_SUCH_PERIOD if written.months else ValueRemark.NOT_A_PERIOD, cell, known=known)


def _names(period: NamedPeriod) -> set[str]:
    return {folded(name) for name in (period.code, period.name_id, period.name_en) if name}


_CUMULATIVE = re.compile(r"\b(?:kumulatif|cumulative|s\.?d\.|sampai)", re.IGNORECASE)


def _lengths(periods: Sequence[NamedPeriod]) -> Iterable[set[int]]:
    """The months since the period before; those since January too if its name says that it counts on from there."""
    ends = sorted({0, *(period.last_month for period in periods)})
    for each in periods:
        since_before = each.last_month - ends[ends.index(each.last_month) - 1]
        counts_on = _CUMULATIVE.search(f"{each.name_id} {each.name_en or ''}")
        yield {since_before, each.last_month} if counts_on else {since_before}
