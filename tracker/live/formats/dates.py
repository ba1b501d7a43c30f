"""Dates as people write them in minutes, in Indonesian and English. Pure.

A date that names no year or no month is the next such day on or after the day the words were said. «Jumat» is the
first Friday from that day on; «Jumat depan» and «next Friday» are the Friday of the following week, weeks beginning
on Monday (ISO 8601). «Triwulan IV» is a quarter of the calendar year, whose end is meant.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan", "februari february pebruari feb", "maret march mar", "april apr", "mei may",
            "juni june jun", "juli july jul", "agustus august agu agt ags aug", "september sept sep",
            "oktober october okt oct", "november nopember nov nop", "desember december des dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_DAYS = {
    name: number
    for number, names in enumerate(
        ("senin monday", "selasa tuesday", "rabu wednesday", "kamis thursday", "jumat jum'at jum’at friday",
         "sabtu saturday", "ahad sunday")
    )
    for name in names.split()
}  # fmt: skip
_DAYS_AHEAD = {"hari ini": 0, "today": 0, "besok": 1, "tomorrow": 1, "lusa": 2, "minggu depan": 7,
               "pekan depan": 7, "next week": 7}  # fmt: skip
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
FIRST_YEAR, LAST_YEAR = 1945, 2200


@dataclass(frozen=True)
class FoundDate:
    """A date in a text: where its words stand, and the day they mean."""

    start: int
    end: int
    day: date


def _either(words: dict[str, int]) -> str:
    return "|".join(sorted((re.escape(word) for word in words), key=len, reverse=True))


def _made(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has none."""
    if (
        not FIRST_YEAR <= year <= LAST_YEAR or not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]
    ):  # months of a year
        return None
    return date(year, month, day)


def _of_year(year: str | None, month: int, day: int, said_on: date) -> date | None:
    """A day and month with the year as written, or the next such day (29 February waits for its year)."""
    if year:
        return _made(int(year) + (2000 if len(year) == len("26") else 0), month, day)
    coming = (_made(said_on.year + ahead, month, day) for ahead in range(9))
    return next((found for found in coming if found and found >= said_on), None)


def _named(found: re.Match[str], said_on: date) -> date | None:
    return _of_year(found["year"], _MONTHS[found["month"].casefold()], int(found["day"]), said_on)


def _in_figures(found: re.Match[str], said_on: date) -> date | None:
    return _of_year(found["year"], int(found["month"]), int(found["day"]), said_on)


def _iso(found: re.Match[str], _: date) -> date | None:
    return _made(int(found["year"]), int(found["month"]), int(found["day"]))


def _ahead(found: re.Match[str], said_on: date) -> date:
    return said_on + timedelta(days=_DAYS_AHEAD[" ".join(found[0].casefold().split())])


def _weekday(found: re.Match[str], said_on: date) -> date:
    wanted = _DAYS[found["weekday"].casefold()]
    if found["next_en"] or found["next_id"]:
        return said_on - timedelta(days=said_on.weekday()) + timedelta(days=7 + wanted)
    return said_on + timedelta(days=(wanted - said_on.weekday()) % 7)


def _quarter(found: re.Match[str], said_on: date) -> date | None:
    month = _QUARTERS[found["quarter"].casefold()] * 3
    year = int(found["year"]) if found["year"] else said_on.year
    end = _made(year, month, monthrange(year, month)[1]) if FIRST_YEAR <= year <= LAST_YEAR else None
    is_past = end is not None and not found["year"] and end < said_on
    return _made(year + 1, month, monthrange(year + 1, month)[1]) if is_past else end


def _end_of(found: re.Match[str], said_on: date) -> date:
    month = 12 if found["span"].casefold() in {"tahun", "year"} else said_on.month
    return date(said_on.year, month, monthrange(said_on.year, month)[1])


_YEAR = r"(?:\s+(?P<year>\d{4}))?"
#: Each way to write a date and what it means; where two fit, the earlier and longer one counts.
_WAYS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], date | None]], ...] = tuple(
    (re.compile(rf"(?<![\w/.-]){pattern}(?![\w/-]|\.\d)", re.IGNORECASE), meaning)
    for pattern, meaning in (
        (r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", _iso),
        (r"(?P<day>\d{1,2})[/-](?P<month>\d{1,2})(?:[/-](?P<year>\d{4}|\d{2}))?", _in_figures),
        (rf"(?P<day>\d{{1,2}})\s+(?P<month>{_either(_MONTHS)})\.?{_YEAR}", _named),
        (rf"(?P<month>{_either(_MONTHS)})\s+(?P<day>\d{{1,2}})(?:,?\s+(?P<year>\d{{4}}))?", _named),
        (rf"(?:{_either(_DAYS_AHEAD).replace(chr(92) + ' ', r'[ ]+')})", _ahead),
        (rf"(?P<next_en>next\s+)?(?:hari\s+)?(?P<weekday>{_either(_DAYS)})(?P<next_id>\s+depan)?", _weekday),
        (rf"(?:akhir\s+|end\s+of\s+)?(?:triwulan|tw|q|quarter)\s*(?P<quarter>iv|i{{1,3}}|[1-4]){_YEAR}", _quarter),
        (r"(?:akhir|end\s+of(?:\s+the)?)\s+(?P<span>bulan|tahun|month|year)(?:\s+ini)?", _end_of),
    )
)


def dates_in(text: str, said_on: date) -> Iterator[FoundDate]:
    """The dates written in a text, in order, none within another. Nonsense like «31/2» is no date."""
    found = [
        FoundDate(match.start(), match.end(), day)
        for way, meaning in _WAYS
        for match in way.finditer(text)
        if (day := meaning(match, said_on)) is not None
    ]
    reached = -1
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if one.start >= reached:
            reached = one.end
            yield one
