"""Dates and times, as Indonesian offices and Excel write them. Pure."""

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from tracker.core.clock import FIRST_YEAR, LAST_YEAR
from tracker.imports.formats.cells import Cell, Remark
from tracker.imports.rules.values.reading import (
    LONGEST_VALUE,
    MONTHS_OF_YEAR,
    YEAR,
    Reading,
    ValueRemark,
    note_of,
    problem_of,
    without_value,
)
from tracker.meetings.live.formats import calendar_words as words
from tracker.meetings.live.formats.dates import Doubt, FoundDate, dates_in
from tracker.people.formats import folded

#: Excel counts days from here, as far as it counts right (from March 1900 on).
_DAY_ZERO = date(1899, 12, 30)
_TIME_BEHIND = re.compile(
    r"[ T,]+(?:pukul |jam |at )?\d{1,2}[:.]\d\d(?:[:.]\d\d(?:\.\d+)?)?(?: ?[AP]M)?"
    r"(?:Z| ?[+-]\d\d:?\d\d)?(?: WI[BT]| WITA)?$",
    re.IGNORECASE,
)
#: «5-Mei-2025», «05/Mei/25», but not «minggu ke-2»
_LETTER_BESIDE_SIGN = re.compile(r"(?<=\d)[-/.](?=[^\W\d_])|(?<=[^\W\d_])(?<!\bke)[-/.](?=\d)")
#: «Sabtu Legi, 3 Mei 2025»: the day of the Javanese week of five days.
_JAVANESE_DAY = re.compile(r"(?<=[a-z]) (?:legi|pahing|paing|pon|wage|kliwon)\b", re.IGNORECASE)
_SHORT_YEAR = re.compile(r"(?<=[^\W\d_] )(\d\d)$")
_YEAR_FIRST = re.compile(r"(\d{4})[/. -]+(\d{1,2})[/. -]+(\d{1,2})|((?:19|20|21)\d\d)(\d\d)(\d\d)")
_FIGURES = re.compile(r"(\d{1,2})\s*[/. -]\s*(\d{1,2})\s*[/. -]\s*(\d{4}|\d\d)")
#: «31/XII/2025», as in the numbers of letters
_ROMAN_MONTH = re.compile(r"(\d{1,2}[\s/.-]+)(I{1,3}|I?V|VI{1,3}|I?X|XI{1,2})([\s/.-]+(?:\d{4}|\d\d))", re.IGNORECASE)
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_MONTH = words.either(words.MONTHS)
_STUCK = re.compile(rf"(?<=\d)(?={_MONTH}(?:\b|\d))|(?<=[a-z])(?={YEAR}$)", re.IGNORECASE)
_YEAR_AND_MONTH = re.compile(rf"{YEAR}(?:0[1-9]|1[0-2])")
#: «10–12 Desember 2025», «30 November s.d. 2 Desember 2025»
_SEVERAL_DAYS = re.compile(
    rf"\d{{1,2}}(?:\s+{_MONTH})?\s*(?:[-–—]|s\.?/?d\.?|sampai|to)\s*\d{{1,2}}\s+{_MONTH}", re.IGNORECASE
)
_FIRST_AND_LAST = re.compile(
    rf"(?:[^\W\d_']+,\s)?(?P<first>\d{{1,2}}(?:[\s-]{_MONTH}(?:[\s-]{YEAR})?|[/.]\d{{1,2}}[/.]{YEAR})?)\s?"
    rf"(?:[-–—]|s\.?/?d\.?|sampai(?: dengan)?|hingga|to)\s?"
    rf"(?P<last>\d{{1,2}}(?:[\s-]{_MONTH}[\s-]{YEAR}|[/.]\d{{1,2}}[/.]{YEAR}))",
    re.IGNORECASE,
)
_ONE_DAY = re.compile(rf"\d{{1,2}}\D+{YEAR}|\d\s+{_MONTH}|{_MONTH}\s+\d{{1,2}}\b", re.IGNORECASE)
_WITHOUT_DAY = re.compile(
    rf"(?:(?:bulan|tahun|month|year)\s+)?(?:{_MONTH}\.?)?[\s,/-]*(?:tahun\s+)?(?:{YEAR})?(?:[/-]\d{{1,2}})?"
    rf"|\d{{1,2}}[/-]{YEAR}",
    re.IGNORECASE,
)


def day(cell: Cell) -> Reading[date]:
    unusable: Reading[date] | None = without_value(cell, ValueRemark.NOT_A_DATE)
    if unusable:
        return unusable
    value = cell.value
    if isinstance(value, datetime):
        return _within_years(value.date(), cell)
    if isinstance(value, date):
        return _within_years(value, cell)
    if isinstance(value, int | Decimal | float) and not isinstance(value, bool):
        return _day_of_number(Decimal(str(value)), cell)
    return _day_in_words(value, cell) if isinstance(value, str) else problem_of(ValueRemark.NOT_A_DATE, cell)


def _within_years(value: date, cell: Cell, note: Remark | None = None) -> Reading[date]:
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        return problem_of(ValueRemark.OUTSIDE_YEARS, cell, first=FIRST_YEAR, last=LAST_YEAR)
    return Reading(value, note=note)


def _day_of_number(value: Decimal, cell: Cell) -> Reading[date]:
    """A serial number of a date whose format was lost, «20250505», or a year."""
    whole = int(value)
    if parts := _YEAR_FIRST.fullmatch(str(whole)):
        return _from_figures(parts, cell)
    if FIRST_YEAR <= whole <= LAST_YEAR or _YEAR_AND_MONTH.fullmatch(str(whole)):
        return problem_of(ValueRemark.NO_DAY, cell)
    first, last = ((date(year, 1, 1) - _DAY_ZERO).days for year in (FIRST_YEAR, LAST_YEAR + 1))
    if not first <= whole < last:
        return problem_of(ValueRemark.NOT_A_DATE, cell)
    counted = _DAY_ZERO + timedelta(days=whole)
    return Reading(counted, note=note_of(ValueRemark.SERIAL_NUMBER, cell, day=counted))


def _from_figures(parts: re.Match[str], cell: Cell) -> Reading[date]:
    year, month, number = (int(part) for part in parts.groups() if part)
    try:
        return _within_years(date(year, month, number), cell)
    except ValueError:
        return problem_of(ValueRemark.NO_SUCH_DAY, cell)


def _day_in_words(written: str, cell: Cell) -> Reading[date]:
    plain = _JAVANESE_DAY.sub("", " ".join(_TIME_BEHIND.sub("", written).strip(" .,;").split()), count=1)
    if roman := _ROMAN_MONTH.fullmatch(plain):
        plain = f"{roman[1]}{_ROMAN.index(roman[2].casefold()) + 1}{roman[3]}"
    if parts := _YEAR_FIRST.fullmatch(plain):
        return _from_figures(parts, cell)
    if figures := _FIGURES.fullmatch(plain):
        return _day_first(figures, cell)
    if plain.isdecimal():
        return _day_of_number(Decimal(plain), cell) if plain.isascii() else problem_of(ValueRemark.NOT_A_DATE, cell)
    if _WITHOUT_DAY.fullmatch(plain):
        return problem_of(ValueRemark.NO_DAY, cell)
    if several := several_days(plain):
        return _within_years(several[1], cell, note_of(ValueRemark.END_OF_PERIOD, cell, day=several[1]))
    return _day_said(_SHORT_YEAR.sub(r"'\1", _LETTER_BESIDE_SIGN.sub(" ", _STUCK.sub(" ", plain))), cell)


def several_days(written: str) -> tuple[date, date] | None:
    """«10–12 Desember 2025», «30 Juni s.d. 2 Juli 2025», «30/06/2025 - 02/07/2025»: the first day and the last."""
    parts = _FIRST_AND_LAST.fullmatch(" ".join(written[:LONGEST_VALUE].split()))
    last = day(Cell(parts["last"], "")).value if parts else None
    if parts is None or last is None:
        return None
    whole = [parts["first"], f"{parts['first']} {last.year}", f"{parts['first']}/{last.month}/{last.year}"]
    first = next((read for text in whole if (read := day(Cell(text, "")).value)), None)
    return (first, last) if first and first < last else None


def _day_first(figures: re.Match[str], cell: Cell) -> Reading[date]:
    first, second, year = (int(part) for part in figures.groups())
    year += 2000 if year < 100 else 0  # a year of two digits
    try:
        read = date(year, second, first)
    except ValueError:
        is_turned = second > MONTHS_OF_YEAR >= first > 0
        return problem_of(ValueRemark.MONTH_FIRST if is_turned else ValueRemark.NO_SUCH_DAY, cell)
    can_be_turned = first <= MONTHS_OF_YEAR and first != second
    return _within_years(read, cell, note_of(ValueRemark.DAY_FIRST, cell, day=read) if can_be_turned else None)


def _day_said(plain: str, cell: Cell) -> Reading[date]:
    """The same words as in minutes, but only days that are the same whenever they are read."""
    early, late = (_only_date(plain, date(year, 1, 1)) for year in (FIRST_YEAR, LAST_YEAR - 20))
    if early is None or late is None:
        return problem_of(_fault_of_day(plain), cell, first=FIRST_YEAR, last=LAST_YEAR)
    if early.day != late.day:
        return problem_of(ValueRemark.NO_YEAR, cell)
    if early.doubt is Doubt.WEEKDAY:
        return problem_of(ValueRemark.WRONG_WEEKDAY, cell, day=early.day)
    is_one_day = _ONE_DAY.search(plain) and not _SEVERAL_DAYS.search(plain)
    return _within_years(
        early.day, cell, None if is_one_day else note_of(ValueRemark.END_OF_PERIOD, cell, day=early.day)
    )


def _fault_of_day(plain: str) -> ValueRemark:
    if not re.match(rf"\d{{1,2}} {_MONTH}", plain, re.IGNORECASE):
        return ValueRemark.NOT_A_DATE
    written = re.search(r"\b\d{4}$", plain)
    return ValueRemark.NO_SUCH_DAY if not written or int(written[0]) >= FIRST_YEAR else ValueRemark.OUTSIDE_YEARS


_BESIDE_A_DATE = frozenset({
    "", "paling lambat", "selambat lambatnya", "selambatnya", "maks", "maksimal", "pada", "per", "by", "s d", "m",
})  # fmt: skip


def _only_date(plain: str, said_on: date) -> FoundDate | None:
    """The date that the text consists of."""
    [found] = dates if len(dates := list(dates_in(plain, said_on))) == 1 else [None]
    rest = f"{plain[: found.start]}{plain[found.end :]}" if found else ""
    is_whole = found is not None and folded(rest) in _BESIDE_A_DATE
    return found if is_whole else None


_ZONE = r"(?:\s*(?:WIB|WITA|WIT|waktu setempat|hrs))?"
_CLOCK = re.compile(
    rf"(?:pukul|pkl\.?|jam|at)?\s*(?P<hour>\d{{1,2}})(?:[.:](?P<minute>\d\d)(?:[.:]\d\d)?)?\s*(?P<half>[ap]\.?m\.?|pagi|siang|sore|malam)?{_ZONE}",
    re.IGNORECASE,
)
_BETWEEN_TIMES = re.compile(
    r"\s*(?:[-–—]|\bs\.?\s?/?\s?d\.?|\bsampai(?: dengan| dgn\.?)?\b|\bhingga\b|\bto\b|\buntil\b)\s*", re.I
)
#: «0900», as the uniformed services write it.
_FOUR_FIGURES = re.compile(r"(?<!\d)([01]\d|2[0-3])([0-5]\d)(?!\d)")
_NO_END = frozenset({"selesai", "tuntas", "rampung", "seterusnya", "end", "finish", ""})
_MINUTES_OF_DAY, _NOON = 24 * 60, 12


def time_of_day(cell: Cell) -> Reading[time]:
    unusable: Reading[time] | None = without_value(cell, ValueRemark.NOT_A_TIME)
    if unusable:
        return unusable
    value = cell.value
    if isinstance(value, datetime):
        return Reading(value.time().replace(second=0, microsecond=0))
    if isinstance(value, time):
        return Reading(value.replace(second=0, microsecond=0))
    if isinstance(value, Decimal) and 0 <= value < 1:
        minutes = round(value * _MINUTES_OF_DAY) % _MINUTES_OF_DAY
        return Reading(time(minutes // 60, minutes % 60))
    read = _time_in(cell.text) if isinstance(value, str | Decimal) else None
    return Reading(read) if read else problem_of(ValueRemark.NOT_A_TIME, cell)


def _time_in(written: str) -> time | None:
    found = _CLOCK.fullmatch(_FOUR_FIGURES.sub(r"\1.\2", written.strip(" .")))
    if found is None or not (found["minute"] or found["half"]):
        return None
    hour = int(found["hour"])
    if found["half"]:
        hour = _hour_of_day(hour, found["half"].casefold())
    try:
        return time(hour, int(found["minute"] or 0))
    except ValueError:
        return None


def _hour_of_day(hour: int, half: str) -> int:
    """«1 pm», «jam 9 pagi», «11 siang», «1 siang», «7 malam»; hours of 24 stay as they are."""
    if hour > _NOON:
        return hour
    first, last = {"pagi": (_NOON, 0), "siang": (0, 5), "sore": (0, 11), "malam": (5, 11)}.get(
        half, (0, 11) if half.startswith("p") else (_NOON, 0)
    )
    if half == "siang" and hour == _NOON:
        return _NOON
    hour %= _NOON
    return hour + _NOON if first <= hour <= last else hour


def hours(cell: Cell) -> Reading[tuple[time, time | None]]:
    """Begin and end in one cell: «09.00 s.d. 11.30 WIB», «09.00 – selesai»."""
    is_short = isinstance(cell.value, str) and len(cell.value) <= LONGEST_VALUE
    begin, *others = _BETWEEN_TIMES.split(cell.text, maxsplit=1) if is_short else [""]
    if not others:
        one = time_of_day(cell)
        return Reading((one.value, None) if one.value else None, one.problem, one.note)
    end = re.sub(rf"{_ZONE}$", "", others[0], flags=re.IGNORECASE).strip(" .").casefold()
    first, last = _time_in(begin), _time_in(others[0])
    if first is None or (last is None and end not in _NO_END):
        return problem_of(ValueRemark.NOT_A_TIME, cell)
    return Reading((first, last))
