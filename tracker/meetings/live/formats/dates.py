"""Dates as written in minutes, in Indonesian and English. Pure.

A date without a year, or a day without a month, is the next one on or after the day of the meeting. «Jumat» is the
first Friday from that day on; «Jumat depan» and «next Friday» are the Friday of the following week, weeks beginning
on Monday (ISO 8601). Periods mean their end: a quarter, month or year its last day, a week its Friday, «10–12
Desember» its last day. The second week of a month ends on its second Friday. «Awal Desember» has no end and is not
recognised, nor are working days («10 hari kerja»), which would need the holidays, and past days («kemarin», «Senin
lalu»), which cannot be due dates.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tracker.core.clock import FIRST_YEAR, LAST_YEAR
from tracker.meetings.live.formats import calendar_words as words
from tracker.meetings.live.formats.calendar_words import SPACE as _S
from tracker.meetings.live.formats.calendar_words import either

MONTHS_OF_YEAR = 12
#: A date without a year that is further ahead may have been meant in the year of the meeting.
FAR_AHEAD = timedelta(days=240)
_WEEK = timedelta(days=7)


class Doubt(StrEnum):
    PAST = "past"
    YEAR_AHEAD = "year_ahead"
    WEEKDAY = "weekday"


@dataclass(frozen=True)
class FoundDate:
    start: int
    end: int
    day: date
    doubt: Doubt | None = None
    #: Other days that may be meant if the reading is uncertain.
    alternatives: tuple[date, ...] = ()


@dataclass(frozen=True)
class _Reading:
    """The day, and the same day one year earlier if the year is not written."""

    day: date
    year_before: date | None = None


_Meaning = Callable[[re.Match[str], date], _Reading | None]
_WAYS: list[tuple[re.Pattern[str], _Meaning]] = []
#: No real line has so many dates; in one that does, only the last are examined.
MOST_BEGINNINGS = 1000
_BEGINNING = re.compile(rf"(?<![\w/.@#-])(?=\d|{words.FIRST_WORDS})", re.IGNORECASE)


def _way(*patterns: str) -> Callable[[_Meaning], _Meaning]:
    """Register patterns with this meaning."""

    def register(meaning: _Meaning) -> _Meaning:
        for pattern in patterns:
            bounded = rf"(?<![\w/.@#-])(?:{pattern})(?![\w/-]|\.\d)"
            _WAYS.append((re.compile(bounded, re.IGNORECASE), meaning))
        return meaning

    return register


def dates_in(text: str, said_on: date) -> Iterator[FoundDate]:
    """Dates in a text in order, without overlaps. Invalid ones like «31/2» are skipped."""
    beginnings = [match.start() for match in _BEGINNING.finditer(text)][-MOST_BEGINNINGS:]
    readings = [
        (match, reading)
        for pattern, meaning in _WAYS
        for match in _all_of(pattern, text, beginnings)
        if (reading := meaning(match, said_on)) is not None
    ]
    reached = -1
    for match, reading in sorted(readings, key=lambda pair: (_start(pair[0]), -pair[0].end())):
        if _start(match) >= reached:
            reached = match.end()
            yield _with_doubt(match, reading, said_on)


def _all_of(pattern: re.Pattern[str], text: str, beginnings: Iterable[int]) -> Iterator[re.Match[str]]:
    """Like `finditer`, but only at words a date can begin with."""
    reached = 0
    for at in beginnings:
        if at >= reached and (match := pattern.match(text, at)):
            reached = match.end()
            yield match


def _start(match: re.Match[str]) -> int:
    return match.start("date") if "date" in match.re.groupindex else match.start()


def _with_doubt(match: re.Match[str], reading: _Reading, said_on: date) -> FoundDate:
    doubt, others = _doubt(reading, _weekday_beside(match), said_on)
    return FoundDate(_start(match), match.end(), reading.day, doubt, others)


def _doubt(reading: _Reading, weekday: int | None, said_on: date) -> tuple[Doubt | None, tuple[date, ...]]:
    day, before = reading.day, reading.year_before
    if weekday not in {None, day.weekday()}:
        if before and before.weekday() == weekday:
            return Doubt.YEAR_AHEAD, (before,)
        return Doubt.WEEKDAY, (day + timedelta(days=((weekday or 0) - day.weekday() + 3) % 7 - 3),)
    if day < said_on:
        coming = (_valid_date(said_on.year + ahead, day.month, day.day) for ahead in range(9))
        later = next((other for other in coming if other and other >= said_on), None)
        return Doubt.PAST, (later,) if later else ()
    if before and day - said_on > FAR_AHEAD:
        return Doubt.YEAR_AHEAD, (before,)
    return None, ()


def _weekday_beside(match: re.Match[str]) -> int | None:
    groups = match.groupdict()
    name = (groups.get("beside") or groups.get("beside_after") or "").casefold()
    return words.WEEKDAYS.get(name, words.SHORT_WEEKDAYS.get(name))


def _valid_date(year: int, month: int, day: int) -> date | None:
    if not FIRST_YEAR <= year <= LAST_YEAR or not 1 <= month <= MONTHS_OF_YEAR:
        return None
    return date(year, month, day) if 1 <= day <= monthrange(year, month)[1] else None


def _last_of_month(months: int) -> date | None:
    """Last day of a month, counted from January of year 0."""
    year, month = months // MONTHS_OF_YEAR, months % MONTHS_OF_YEAR + 1
    return _valid_date(year, month, monthrange(year, month)[1]) if FIRST_YEAR <= year <= LAST_YEAR else None


def _months(day: date) -> int:
    return day.year * MONTHS_OF_YEAR + day.month - 1


def _sure(day: date | None) -> _Reading | None:
    return _Reading(day) if day else None


def _in_year(match: re.Match[str], of_year: Callable[[int], date | None], said_on: date) -> _Reading | None:
    """The day in the written year, or the next such day; 29 February waits for a leap year."""
    written = (match["year"] or "").lstrip("'’‘")
    if written:
        return _sure(of_year(int(written) + (2000 if len(written) == len("26") else 0)))
    days = (of_year(said_on.year + ahead) for ahead in range(9))
    day = next((day for day in days if day and day >= said_on), None)
    return _Reading(day, of_year(day.year - 1)) if day else None


_DAY = r"(?P<day>\d{1,2})"
_TH = r"(?:st|nd|rd|th)?"
_TO = rf"(?:\s?[-–—]\s?|{_S}(?:s\.?/?d\.?|sampai(?:{_S}dengan)?|hingga|to|until|and|dan){_S})"
_UP_TO = rf"(?:{_TO}(?P<last>\d{{1,2}}){_TH})?"
_MONTH = rf"(?P<month>{either(words.MONTHS)})\.?"
_FULL_YEAR = r"(?P<year>(?:19|20|21)\d\d)(?!\d)"
_YEAR = rf"(?:,?{_S}(?:tahun{_S})?(?P<year>(?:19|20|21)\d\d(?!\d)|['’‘]\d\d(?!\d)))?"
_ANY_WEEKDAY = either([*words.WEEKDAYS, *words.SHORT_WEEKDAYS])
_BESIDE = rf"(?:(?:hari{_S})?(?P<beside>{_ANY_WEEKDAY})\.?,?{_S})?(?:(?:tanggal|tgl\.?|the){_S})?"
_BESIDE_AFTER = rf"(?:{_S}\((?:hari{_S})?(?P<beside_after>{_ANY_WEEKDAY})\))?"
_NO_NUMBER = r"(?<!no\.\s)(?<!no\s)(?<!nomor\s)(?<!pasal\s)(?<!ayat\s)"
_FIGURES = r"(?P<day>\d{1,2})[/-](?P<month>\d{1,2})(?:[/-](?P<year>\d{4}|\d{2}))?"


@_way(
    rf"{_BESIDE}(?P<year>\d{{4}})(?P<sign>[-/])(?P<month>\d{{1,2}})(?P=sign)(?P<day>\d{{1,2}})",
    rf"{_NO_NUMBER}{_BESIDE}{_FIGURES}{_BESIDE_AFTER}",
    rf"{_BESIDE}(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\.(?P<year>\d{{4}})",
    rf"(?P<beside>{_ANY_WEEKDAY}){_S}\({_FIGURES}\)",
)
def _in_figures(match: re.Match[str], said_on: date) -> _Reading | None:
    """«30/11», «30-11-2026», «30.11.2026», «2026-11-30», «2026/11/30», «Jumat (4/12)»."""
    return _in_year(match, lambda year: _valid_date(year, int(match["month"]), int(match["day"])), said_on)


@_way(
    rf"{_BESIDE}{_DAY}{_TH}{_UP_TO}{_S}(?:of{_S})?{_MONTH}{_YEAR}{_BESIDE_AFTER}",
    rf"{_BESIDE}{_MONTH}{_S}{_DAY}{_TH}{_UP_TO}{_YEAR}{_BESIDE_AFTER}",
    rf"(?P<beside>{_ANY_WEEKDAY}){_S}\({_DAY}{_S}{_MONTH}{_YEAR}\)",
    rf"{_BESIDE}{_DAY}(?P<sign>[-/.])(?P<month>{either(words.MONTHS)})(?P=sign)(?P<year>\d{{4}}|\d\d)",
)
def _with_month(match: re.Match[str], said_on: date) -> _Reading | None:
    """«30 Nov», «30-Nov-26», «Senin, 30 November 2026», «10–12 Desember», «December 4th, 2026»."""
    month, day = words.MONTHS[match["month"].casefold()], int(match.groupdict().get("last") or match["day"])
    return _in_year(match, lambda year: _valid_date(year, month, day), said_on)


@_way(
    rf"(?:tanggal|tgl\.?){_S}{_DAY}(?P<this>{_S}(?:bulan{_S})?ini)?(?P<next>{_S}bulan{_S}{words.NEXT})?",
    rf"the{_S}{_DAY}(?:st|nd|rd|th)(?P<this>{_S}of{_S}this{_S}month)?(?P<next>{_S}of{_S}next{_S}month)?",
    rf"{_DAY}(?P<this>{_S}bulan{_S}ini)",
    rf"{_DAY}(?P<next>{_S}bulan{_S}{words.NEXT})",
)
def _without_month(match: re.Match[str], said_on: date) -> _Reading | None:
    """«tanggal 5», «tanggal 5 bulan depan», «the 5th»."""
    groups, number = match.groupdict(), int(match["day"])
    if groups.get("this") or groups.get("next"):
        month = _last_of_month(_months(said_on) + (1 if groups.get("next") else 0))
        return _sure(month and _valid_date(month.year, month.month, number))
    months = (_last_of_month(_months(said_on) + ahead) for ahead in range(MONTHS_OF_YEAR))
    days = (_valid_date(month.year, month.month, number) for month in months if month)
    return _sure(next((day for day in days if day and day >= said_on), None))


@_way(either(words.DAYS_AHEAD))
def _named_day(match: re.Match[str], said_on: date) -> _Reading | None:
    return _Reading(said_on + timedelta(days=words.DAYS_AHEAD[" ".join(match[0].casefold().split())]))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


_WEEKDAY = rf"(?P<weekday>{either(words.WEEKDAYS)}|(?<=hari\s)minggu|minggu(?=\s(?:pagi|siang|sore|malam)))"
_OF_NEXT_WEEK = rf"(?:{_S}(?:(?:minggu|pekan){_S})?{words.NEXT}|,?{_S}next{_S}week)"
_OF_THIS_WEEK = rf"(?:{_S}(?:(?:minggu|pekan){_S})?ini|,?{_S}this{_S}week)"


@_way(rf"next{_S}{_WEEKDAY}", rf"(?:hari{_S})?{_WEEKDAY}{_OF_NEXT_WEEK}")
def _weekday_of_next_week(match: re.Match[str], said_on: date) -> _Reading | None:
    """«Jumat depan», «Senin pekan depan», «next Friday»."""
    return _Reading(_monday(said_on) + _WEEK + timedelta(days=_weekday_number(match)))


@_way(rf"this{_S}{_WEEKDAY}", rf"(?:hari{_S})?{_WEEKDAY}{_OF_THIS_WEEK}")
def _weekday_of_this_week(match: re.Match[str], said_on: date) -> _Reading | None:
    """«Jumat ini», «this Friday»; may be in the past."""
    return _Reading(_monday(said_on) + timedelta(days=_weekday_number(match)))


@_way(rf"(?<!last\s)(?:hari{_S})?{_WEEKDAY}(?!{_S}(?:lalu|kemarin|kemaren|yang{_S}lalu|last{_S}week))")
def _weekday(match: re.Match[str], said_on: date) -> _Reading | None:
    """«Jumat»: the first one from the day of the meeting on."""
    return _Reading(said_on + timedelta(days=(_weekday_number(match) - said_on.weekday()) % 7))


def _weekday_number(match: re.Match[str]) -> int:
    return words.WEEKDAYS.get(match["weekday"].casefold(), words.SUNDAY)


_A_WEEK = r"(?:minggu|pekan|week)"


@_way(rf"(?:minggu|pekan){_S}{words.NEXT}", rf"next{_S}week")
def _a_week_later(_: re.Match[str], said_on: date) -> _Reading | None:
    """«pekan depan» is the same weekday of the following week."""
    return _Reading(said_on + _WEEK)


@_way(rf"{words.END_OF}{_S}{_A_WEEK}{_S}{words.NEXT}", rf"{words.END_OF}{_S}next{_S}{_A_WEEK}")
def _end_of_next_week(_: re.Match[str], said_on: date) -> _Reading | None:
    """«akhir pekan depan» is Friday of the following week."""
    return _Reading(_monday(said_on) + _WEEK + timedelta(days=words.FRIDAY))


@_way(rf"(?:{words.END_OF}{_S})?(?:minggu|pekan){_S}ini", rf"(?:{words.END_OF}{_S})?this{_S}week",
      rf"{words.END_OF}{_S}{_A_WEEK}")  # fmt: skip
def _end_of_this_week(_: re.Match[str], said_on: date) -> _Reading | None:
    """Friday; on a weekend, Sunday."""
    last = words.FRIDAY if said_on.weekday() <= words.FRIDAY else words.SUNDAY
    return _Reading(_monday(said_on) + timedelta(days=last))


_COUNT = rf"(?P<count>\d{{1,3}}|{either(words.NUMBERS)})"
_LENGTH = rf"{_COUNT}\s?(?P<unit>{either(words.DAY_UNITS | words.WEEK_UNITS | words.MONTH_UNITS)})"


@_way(
    rf"(?:dalam{_S}(?:waktu{_S})?|within{_S}|in{_S})?{_LENGTH}{_S}(?:lagi|ke{_S}depan|from{_S}(?:now(?!{_S}on\b)|today))",
    rf"(?:dalam(?:{_S}waktu)?|within|in){_S}{_LENGTH}(?!{_S}(?:kerja|terakhir|ago|lalu|sebelum))",
    rf"{_LENGTH}{_S}(?:setelah|sesudah|sejak|pasca|after){_S}(?:the{_S})?(?:rapat|pertemuan|musyawarah|sidang|meeting)(?:{_S}ini)?",
)
def _after_so_long(match: re.Match[str], said_on: date) -> _Reading | None:
    """«dua minggu lagi», «dalam 10 hari», «in three weeks»."""
    written, unit = match["count"].casefold(), match["unit"].casefold()
    count = int(written) if written.isdecimal() else words.NUMBERS[written]
    if unit in words.MONTH_UNITS:
        last = _last_of_month(_months(said_on) + count)
        return _sure(last and last.replace(day=min(said_on.day, last.day)))
    day = said_on + timedelta(days=count * (7 if unit in words.WEEK_UNITS else 1))
    return _sure(day if day.year <= LAST_YEAR else None)


@_way(rf"H\s?\+\s?(?P<count>\d{{1,3}}){_S}(?:setelah|sesudah|sejak|pasca)?{_S}?(?:rapat|pertemuan)")
def _days_after_the_meeting(match: re.Match[str], said_on: date) -> _Reading | None:
    """«H+7 setelah rapat»; of another event the day is not known."""
    day = said_on + timedelta(days=int(match["count"]))
    return _sure(day if day.year <= LAST_YEAR else None)


_PART = rf"(?P<part>{either(words.ORDINALS)})"
_OF_YEAR = rf"(?:{_S}(?:tahun{_S}(?:anggaran{_S})?|(?:of|in){_S})?{_FULL_YEAR})?"
_PARTS = {"q": 3, "t": 3, "k": 3, "s": 6, "h": 6}
_KINDS = r"(?P<kind>triwulan|tw\.?|kuartal|kwartal|quarter|q|semester|smt\.?)"


@_way(rf"(?:{words.END_OF}{_S})?{_KINDS}\s{{0,2}}{_PART}{_OF_YEAR}",
      rf"(?:{words.END_OF}{_S})?(?:the{_S})?{_PART}{_S}(?P<kind>quarter|semester|half){_OF_YEAR}")  # fmt: skip
def _part_of_year(match: re.Match[str], said_on: date) -> _Reading | None:
    """«triwulan IV», «TW 3 2027», «Q1», «semester II»: the last day."""
    size = _PARTS[match["kind"][0].casefold()]
    number = words.ORDINALS[match["part"].casefold()] * size
    if number > MONTHS_OF_YEAR:
        return None
    return _in_year(match, lambda year: _last_of_month(year * MONTHS_OF_YEAR + number - 1), said_on)


@_way(rf"(?:{words.END_OF}{_S})?{_KINDS}{_S}(?:(?P<next>{words.NEXT})|ini)",
      rf"(?:{words.END_OF}{_S})?(?:(?P<next>next)|this){_S}(?P<kind>quarter|semester)")  # fmt: skip
def _this_part_of_year(match: re.Match[str], said_on: date) -> _Reading | None:
    """«triwulan ini», «next quarter»: the last day."""
    size = _PARTS[match["kind"][0].casefold()]
    first = _months(said_on) - (said_on.month - 1) % size
    return _sure(_last_of_month(first + size * (2 if match["next"] else 1) - 1))


@_way(rf"(?:{words.END_OF}{_S})?bulan{_S}{words.NEXT}", rf"(?:{words.END_OF}{_S})?next{_S}month")
def _next_month(_: re.Match[str], said_on: date) -> _Reading | None:
    return _sure(_last_of_month(_months(said_on) + 1))


@_way(rf"{words.END_OF}{_S}(?:bulan(?:{_S}ini)?|(?:this{_S})?month)", rf"bulan{_S}ini", rf"this{_S}month")
def _this_month(_: re.Match[str], said_on: date) -> _Reading | None:
    return _sure(_last_of_month(_months(said_on)))


@_way(rf"{words.END_OF}{_S}tahun{_S}{words.NEXT}", rf"{words.END_OF}{_S}next{_S}year")
def _next_year(_: re.Match[str], said_on: date) -> _Reading | None:
    return _sure(_valid_date(said_on.year + 1, 12, 31))


@_way(
    rf"{words.END_OF}{_S}(?:tahun(?:{_S}anggaran)?(?:{_S}ini)?|(?:this{_S})?year)", rf"tahun{_S}ini", rf"this{_S}year"
)
def _this_year(_: re.Match[str], said_on: date) -> _Reading | None:
    return _sure(_valid_date(said_on.year, 12, 31))


_ANNOUNCED = rf"(?P<announcing>{words.ANNOUNCING})[\s:]{{1,3}}(?:(?:pada|in|the){_S})?"


@_way(rf"{words.END_OF}{_S}(?:(?:tahun|year){_S}(?:anggaran{_S})?)?{_FULL_YEAR}",
      rf"{_ANNOUNCED}(?P<date>(?:tahun{_S}|year{_S})?{_FULL_YEAR})")  # fmt: skip
def _end_of_year(match: re.Match[str], _: date) -> _Reading | None:
    """«akhir 2027»; «2027» alone only if a word introduces it."""
    return _sure(_valid_date(int(match["year"]) - (1 if _ends_before(match) else 0), 12, 31))


@_way(rf"{words.END_OF}{_S}(?:bulan{_S})?{_MONTH}{_YEAR}",
      rf"{_ANNOUNCED}(?P<date>(?:bulan{_S})?{_MONTH}{_YEAR})(?!{_S}\d)")  # fmt: skip
def _end_of_month(match: re.Match[str], said_on: date) -> _Reading | None:
    """«akhir Desember»; «Desember» alone only if a word introduces it: «laporan Desember 2026» is no date."""
    month = words.MONTHS[match["month"].casefold()] - (1 if _ends_before(match) else 0)
    return _in_year(match, lambda year: _last_of_month(year * MONTHS_OF_YEAR + month - 1), said_on)


def _ends_before(match: re.Match[str]) -> bool:
    return re.fullmatch(words.BEFORE, match.groupdict().get("announcing") or "", re.IGNORECASE) is not None


@_way(rf"(?:pertengahan|tengah|medio|mid(?:dle{_S}of)?)[\s-]{{1,3}}(?:bulan{_S})?{_MONTH}{_YEAR}")
def _middle_of_month(match: re.Match[str], said_on: date) -> _Reading | None:
    """«pertengahan Desember» is the 15th."""
    month = words.MONTHS[match["month"].casefold()]
    return _in_year(match, lambda year: _valid_date(year, month, 15), said_on)


_WHICH = rf"(?P<which>{either([*words.ORDINALS, *words.LAST])})"


@_way(rf"(?:minggu|pekan){_S}{_WHICH}{_S}(?:(?:bulan|di|pada){_S}){{0,2}}{_MONTH}{_YEAR}",
      rf"(?:the{_S})?{_WHICH}{_S}week{_S}(?:of|in){_S}{_MONTH}{_YEAR}")  # fmt: skip
def _week_of_month(match: re.Match[str], said_on: date) -> _Reading | None:
    """«minggu kedua Desember», «the last week of January»: its Friday."""
    month, which = words.MONTHS[match["month"].casefold()], match["which"].casefold()

    def friday(year: int) -> date | None:
        last = _last_of_month(year * MONTHS_OF_YEAR + month - 1)
        if last is None:
            return None
        fridays = [day for day in range(1, last.day + 1) if last.replace(day=day).weekday() == words.FRIDAY]
        number = len(fridays) if which in words.LAST else words.ORDINALS[which]
        return last.replace(day=fridays[number - 1]) if number <= len(fridays) else None

    return _in_year(match, friday, said_on)
