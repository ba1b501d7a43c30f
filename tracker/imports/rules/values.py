"""What a cell means: dates, numbers, yes or no, periods, as Indonesian offices and Excel write them. Pure.

Each reader returns the value, or the problem that keeps it from being read. A note says how something was read that
could have been meant otherwise.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from rapidfuzz import process
from rapidfuzz.distance import OSA

from tracker.core.clock import FIRST_YEAR, LAST_YEAR
from tracker.imports.formats.cells import Cell, Flaw, Remark
from tracker.meetings.live.formats import calendar_words as words
from tracker.meetings.live.formats.dates import Doubt, FoundDate, dates_in
from tracker.people.formats import folded

#: No date, number, period or time is longer; patterns are not tried on longer texts.
LONGEST_VALUE = 100
T = TypeVar("T")
P = TypeVar("P", bound="NamedPeriod")
#: Excel counts days from here, as far as it counts right (from March 1900 on).
_DAY_ZERO = date(1899, 12, 30)
#: Spreadsheets keep 15 digits of a number: a longer one, say a NIP, has lost the others.
_TOO_LONG = 10**15


class ValueRemark(StrEnum):
    # Problems
    ERROR = "error"
    NO_RESULT = "no_result"
    NOT_A_DATE = "not_a_date"
    NO_SUCH_DAY = "no_such_day"
    MONTH_FIRST = "month_first"
    NO_DAY = "no_day"
    NO_YEAR = "no_year"
    WRONG_WEEKDAY = "wrong_weekday"
    OUTSIDE_YEARS = "outside_years"
    NOT_A_TIME = "not_a_time"
    NOT_A_NUMBER = "not_a_number"
    NOT_WHOLE = "not_whole"
    NOT_A_PERCENTAGE = "not_a_percentage"
    TOO_LARGE = "too_large"
    DIGITS_LOST = "digits_lost"
    NOT_A_YEAR = "not_a_year"
    NOT_YES_OR_NO = "not_yes_or_no"
    NOT_A_PERIOD = "not_a_period"
    NO_SUCH_PERIOD = "no_such_period"
    NOT_A_CHOICE = "not_a_choice"
    NEAR_CHOICE = "near_choice"
    TOO_LONG = "too_long"
    MERGED = "merged"
    # Notes
    MERGED_DOWN = "merged_down"
    SERIAL_NUMBER = "serial_number"
    END_OF_PERIOD = "end_of_period"
    DAY_FIRST = "day_first"
    THOUSANDS = "thousands"
    DECIMALS = "decimals"
    SMALL_PERCENTAGE = "small_percentage"


@dataclass(frozen=True)
class Reading(Generic[T]):
    """None without a problem means that the cell is empty."""

    value: T | None = None
    problem: Remark | None = None
    note: Remark | None = None


class Notation(StrEnum):
    """How the numbers of a column are written."""

    DECIMAL_COMMA = "decimal_comma"
    DECIMAL_POINT = "decimal_point"


class NamedPeriod(Protocol):
    """A period of a scheme, as `tracker.calendar.periods` stores it."""

    code: str
    name_id: str
    name_en: str | None
    #: The month with which it ends.
    last_month: int


#: How offices leave a cell empty; the lists of this product write «belum ditetapkan».
_BLANKS = frozenset({"", "belum ditetapkan", "not yet set", "n/a", "na", "nihil", "tba", "tbd"})


def is_blank(cell: Cell) -> bool:
    if cell.has_no_result or not isinstance(cell.value, str):
        return cell.value is None and not cell.has_no_result
    return " ".join(cell.value.casefold().split()).strip("-–—_.… ") in _BLANKS


def _problem(code: ValueRemark, cell: Cell, **details: object) -> Reading[T]:
    return Reading(problem=Remark(code, {"cell": cell.address, "text": cell.text, **details}))


def _note(code: ValueRemark, cell: Cell, **details: object) -> Remark:
    return Remark(code, {"cell": cell.address, "text": cell.text, **details})


def merged(cell: Cell) -> Remark:
    """Of a cell that is merged with another: that it shows the value of that one, or that it has none."""
    return _note(ValueRemark.MERGED if cell.is_empty else ValueRemark.MERGED_DOWN, cell, first=cell.merged_with)


def _unusable(cell: Cell, too_long: ValueRemark | None = None) -> Reading[T] | None:
    """What is said of a cell without a value, whatever its column is about; `too_long` where only short texts are."""
    match cell.flaw:
        case Flaw.ERROR:
            return _problem(ValueRemark.ERROR, cell)
        case Flaw.NO_RESULT:
            return _problem(ValueRemark.NO_RESULT, cell)
    if is_blank(cell):
        return Reading()
    is_long = too_long is not None and isinstance(cell.value, str) and len(cell.value) > LONGEST_VALUE
    return _problem(too_long, cell) if too_long and is_long else None


# --- Texts


def text(cell: Cell, longest: int | None = None) -> Reading[str]:
    unusable: Reading[str] | None = _unusable(cell)
    if unusable:
        return unusable
    if isinstance(cell.value, int) and not isinstance(cell.value, bool) and abs(cell.value) >= _TOO_LONG:
        return _problem(ValueRemark.DIGITS_LOST, cell)
    if longest is not None and len(cell.text) > longest:
        return _problem(ValueRemark.TOO_LONG, cell, count=len(cell.text), max=longest)
    return Reading(cell.text)


_ENTRY = re.compile(r"(?:\d{1,3}[.)]|[-–•*·]|[a-zA-Z][.)])\s+")


def entries(cell: Cell) -> Reading[tuple[str, ...]]:
    """Several entries in one cell, on lines of their own or between semicolons, numbered or not."""
    whole = text(cell)
    if whole.value is None:
        return Reading(problem=whole.problem, note=whole.note)
    parts = (_ENTRY.sub("", part.strip(), count=1).strip() for part in re.split(r"[\n;]", whole.value))
    return Reading(tuple(part for part in parts if part))


# --- Dates and times

_TIME_BEHIND = re.compile(
    r"[ T,]+(?:pukul |jam |at )?\d{1,2}[:.]\d\d(?:[:.]\d\d(?:\.\d+)?)?(?: ?[AP]M)?Z?(?: WI[BT]| WITA)?$", re.IGNORECASE
)
#: «5-Mei-2025», «05/Mei/25»
_LETTER_BESIDE_SIGN = re.compile(r"(?<=\d)[-/.](?=[^\W\d_])|(?<=[^\W\d_])[-/.](?=\d)")
_SHORT_YEAR = re.compile(r"(?<=[^\W\d_] )(\d\d)$")
_YEAR_FIRST = re.compile(r"(\d{4})[/. -]+(\d{1,2})[/. -]+(\d{1,2})|((?:19|20|21)\d\d)(\d\d)(\d\d)")
_FIGURES = re.compile(r"(\d{1,2})\s*[/. -]\s*(\d{1,2})\s*[/. -]\s*(\d{4}|\d\d)")
_YEAR = r"(?:19|20|21)\d\d"
_MONTH = words.either(words.MONTHS)
_YEAR_AND_MONTH = re.compile(rf"{_YEAR}(?:0[1-9]|1[0-2])")
#: «10–12 Desember 2025», «30 November s.d. 2 Desember 2025»
_SEVERAL_DAYS = re.compile(
    rf"\d{{1,2}}(?:\s+{_MONTH})?\s*(?:[-–—]|s\.?/?d\.?|sampai|to)\s*\d{{1,2}}\s+{_MONTH}", re.IGNORECASE
)
_ONE_DAY = re.compile(rf"\d{{1,2}}\D+{_YEAR}|\d\s+{_MONTH}|{_MONTH}\s+\d{{1,2}}\b", re.IGNORECASE)
_WITHOUT_DAY = re.compile(
    rf"(?:(?:bulan|tahun|month|year)\s+)?(?:{_MONTH}\.?)?[\s,/-]*(?:tahun\s+)?(?:{_YEAR})?(?:[/-]\d{{1,2}})?"
    rf"|\d{{1,2}}[/-]{_YEAR}",
    re.IGNORECASE,
)
_MONTHS_OF_YEAR = 12


def day(cell: Cell) -> Reading[date]:
    unusable: Reading[date] | None = _unusable(cell, ValueRemark.NOT_A_DATE)
    if unusable:
        return unusable
    value = cell.value
    if isinstance(value, datetime):
        return _within_years(value.date(), cell)
    if isinstance(value, date):
        return _within_years(value, cell)
    if isinstance(value, int | Decimal | float) and not isinstance(value, bool):
        return _day_of_number(Decimal(str(value)), cell)
    return _day_in_words(value, cell) if isinstance(value, str) else _problem(ValueRemark.NOT_A_DATE, cell)


def _within_years(value: date, cell: Cell, note: Remark | None = None) -> Reading[date]:
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        return _problem(ValueRemark.OUTSIDE_YEARS, cell, first=FIRST_YEAR, last=LAST_YEAR)
    return Reading(value, note=note)


def _day_of_number(value: Decimal, cell: Cell) -> Reading[date]:
    """A serial number of a date whose format was lost, «20250505», or a year."""
    whole = int(value)
    if parts := _YEAR_FIRST.fullmatch(str(whole)):
        return _from_figures(parts, cell)
    if FIRST_YEAR <= whole <= LAST_YEAR or _YEAR_AND_MONTH.fullmatch(str(whole)):
        return _problem(ValueRemark.NO_DAY, cell)
    first, last = ((date(year, 1, 1) - _DAY_ZERO).days for year in (FIRST_YEAR, LAST_YEAR + 1))
    if not first <= whole < last:
        return _problem(ValueRemark.NOT_A_DATE, cell)
    counted = _DAY_ZERO + timedelta(days=whole)
    return Reading(counted, note=_note(ValueRemark.SERIAL_NUMBER, cell, day=counted))


def _from_figures(parts: re.Match[str], cell: Cell) -> Reading[date]:
    year, month, number = (int(part) for part in parts.groups() if part)
    try:
        return _within_years(date(year, month, number), cell)
    except ValueError:
        return _problem(ValueRemark.NO_SUCH_DAY, cell)


def _day_in_words(written: str, cell: Cell) -> Reading[date]:
    plain = " ".join(_TIME_BEHIND.sub("", written).strip(" .,;").split())
    if parts := _YEAR_FIRST.fullmatch(plain):
        return _from_figures(parts, cell)
    if figures := _FIGURES.fullmatch(plain):
        return _day_first(figures, cell)
    if plain.isdecimal():
        return _day_of_number(Decimal(plain), cell) if plain.isascii() else _problem(ValueRemark.NOT_A_DATE, cell)
    if _WITHOUT_DAY.fullmatch(plain):
        return _problem(ValueRemark.NO_DAY, cell)
    return _day_said(_SHORT_YEAR.sub(r"'\1", _LETTER_BESIDE_SIGN.sub(" ", plain)), cell)


def _day_first(figures: re.Match[str], cell: Cell) -> Reading[date]:
    first, second, year = (int(part) for part in figures.groups())
    year += 2000 if year < 100 else 0  # a year of two digits
    try:
        read = date(year, second, first)
    except ValueError:
        is_turned = second > _MONTHS_OF_YEAR >= first > 0
        return _problem(ValueRemark.MONTH_FIRST if is_turned else ValueRemark.NO_SUCH_DAY, cell)
    can_be_turned = first <= _MONTHS_OF_YEAR and first != second
    return _within_years(read, cell, _note(ValueRemark.DAY_FIRST, cell, day=read) if can_be_turned else None)


def _day_said(plain: str, cell: Cell) -> Reading[date]:
    """The same words as in minutes, but only days that are the same whenever they are read."""
    early, late = (_only_date(plain, date(year, 1, 1)) for year in (FIRST_YEAR, LAST_YEAR - 20))
    if early is None or late is None:
        return _problem(_fault_of_day(plain), cell, first=FIRST_YEAR, last=LAST_YEAR)
    if early.day != late.day:
        return _problem(ValueRemark.NO_YEAR, cell)
    if early.doubt is Doubt.WEEKDAY:
        return _problem(ValueRemark.WRONG_WEEKDAY, cell, day=early.day)
    is_one_day = _ONE_DAY.search(plain) and not _SEVERAL_DAYS.search(plain)
    return _within_years(early.day, cell, None if is_one_day else _note(ValueRemark.END_OF_PERIOD, cell, day=early.day))


def _fault_of_day(plain: str) -> ValueRemark:
    if not re.match(rf"\d{{1,2}} {_MONTH}", plain, re.IGNORECASE):
        return ValueRemark.NOT_A_DATE
    written = re.search(r"\b\d{4}$", plain)
    return ValueRemark.NO_SUCH_DAY if not written or int(written[0]) >= FIRST_YEAR else ValueRemark.OUTSIDE_YEARS


def _only_date(plain: str, said_on: date) -> FoundDate | None:
    """The date that the text consists of."""
    [found] = dates if len(dates := list(dates_in(plain, said_on))) == 1 else [None]
    rest = f"{plain[: found.start]}{plain[found.end :]}" if found else ""
    is_whole = found is not None and folded(rest) in {"", "paling lambat", "selambat lambatnya", "pada", "by", "s d"}
    return found if is_whole else None


_ZONE = r"(?:\s*(?:WIB|WITA|WIT))?"
_CLOCK = re.compile(
    rf"(?:pukul|jam|at)?\s*(?P<hour>\d{{1,2}})(?:[.:](?P<minute>\d\d)(?:[.:]\d\d)?)?\s*(?P<half>[ap]\.?m\.?)?{_ZONE}",
    re.IGNORECASE,
)
_BETWEEN_TIMES = re.compile(
    r"\s*(?:[-–—]|\bs\.?\s?/?\s?d\.?|\bsampai(?: dengan)?\b|\bhingga\b|\bto\b|\buntil\b)\s*", re.I
)
_NO_END = frozenset({"selesai", "end", ""})
_MINUTES_OF_DAY, _NOON = 24 * 60, 12


def time_of_day(cell: Cell) -> Reading[time]:
    unusable: Reading[time] | None = _unusable(cell, ValueRemark.NOT_A_TIME)
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
    return Reading(read) if read else _problem(ValueRemark.NOT_A_TIME, cell)


def _time_in(written: str) -> time | None:
    found = _CLOCK.fullmatch(written.strip(" ."))
    if found is None or not (found["minute"] or found["half"]):
        return None
    hour = int(found["hour"])
    if found["half"]:
        hour = hour % _NOON + (_NOON if found["half"][0] in "pP" else 0)
    try:
        return time(hour, int(found["minute"] or 0))
    except ValueError:
        return None


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
        return _problem(ValueRemark.NOT_A_TIME, cell)
    return Reading((first, last))


# --- Numbers

_CURRENCY = re.compile(r"^(?:rp|idr)\.?\s*|,-{1,2}$|\s+(?=\d)", re.IGNORECASE)
_MINUS = re.compile(r"^[−–—-]\s*")
_GROUPED = {
    Notation.DECIMAL_COMMA: re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?|,\d+"),
    Notation.DECIMAL_POINT: re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"),
}
#: «1.234» and «1,234»: 1234, or a little more than 1.
_EITHER_WAY = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")


def _bare(written: str) -> tuple[str, bool, bool]:
    """The figures, whether they are negative, and whether a % follows."""
    plain = "".join(written.split("\N{NO-BREAK SPACE}")).strip()
    is_percent = plain.endswith("%")
    plain = plain.removesuffix("%").strip()
    in_brackets = plain.startswith("(") and plain.endswith(")")
    plain = plain[1:-1].strip() if in_brackets else plain
    plain = _CURRENCY.sub("", plain)
    is_negative = in_brackets or _MINUS.match(plain) is not None
    return _CURRENCY.sub("", _MINUS.sub("", plain)).removeprefix("+"), is_negative, is_percent


def notation_of(cells: Iterable[Cell]) -> Notation | None:
    """How a column writes its numbers, as far as one of them can only be read one way; None if none decides it."""
    votes = dict.fromkeys(Notation, 0)
    for cell in cells:
        if isinstance(cell.value, str):
            figures, *_ = _bare(cell.value)
            readable = [notation for notation in Notation if _GROUPED[notation].fullmatch(figures)]
            if len(readable) == 1:
                votes[readable[0]] += 1
    comma, point = votes[Notation.DECIMAL_COMMA], votes[Notation.DECIMAL_POINT]
    if comma == point:
        return None
    return Notation.DECIMAL_COMMA if comma > point else Notation.DECIMAL_POINT


def number(cell: Cell, *, notation: Notation | None = None, percent: bool = False) -> Reading[Decimal]:
    """A number. With `percent`, of a column that counts per cent: 12.5 for «12,5 %», 0.125 shown so, and 12.5.

    `notation` is that of the column (`notation_of`). Where nothing decides, «1.234» is read as Indonesians write it.
    """
    unusable: Reading[Decimal] | None = _unusable(cell, ValueRemark.NOT_A_NUMBER)
    if unusable:
        return unusable
    value = cell.value
    if isinstance(value, str):
        return _number_in_words(value, cell, notation, percent=percent)
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return _problem(ValueRemark.NOT_A_NUMBER, cell)
    read = Decimal(str(value))
    if cell.is_percent:
        return _sized(read * 100, cell) if percent else _problem(ValueRemark.NOT_A_PERCENTAGE, cell)
    is_small = percent and 0 < read <= 1 and read % 1 != 0
    return _sized(read, cell, _note(ValueRemark.SMALL_PERCENTAGE, cell, value=read) if is_small else None)


def _number_in_words(written: str, cell: Cell, notation: Notation | None, *, percent: bool) -> Reading[Decimal]:
    figures, is_negative, is_percent = _bare(written)
    if is_percent and not percent:
        return _problem(ValueRemark.NOT_A_PERCENTAGE, cell)
    ways = [way for way in Notation if figures.isascii() and _GROUPED[way].fullmatch(figures)]
    if not ways:
        return _problem(ValueRemark.NOT_A_NUMBER, cell)
    way = (notation if notation in ways else None) or ways[0]
    read = _value_of(figures, way) * (-1 if is_negative else 1)
    note = None
    if notation is None and _EITHER_WAY.fullmatch(figures):
        note = _note(ValueRemark.THOUSANDS if abs(read) >= 1000 else ValueRemark.DECIMALS, cell, value=read)
    return _sized(read, cell, note)


def _value_of(figures: str, notation: Notation) -> Decimal:
    if notation is Notation.DECIMAL_COMMA:
        return Decimal(figures.replace(".", "").replace(",", "."))
    return Decimal(figures.replace(",", ""))


def _sized(value: Decimal, cell: Cell, note: Remark | None = None) -> Reading[Decimal]:
    if abs(value) >= _TOO_LONG:
        return _problem(ValueRemark.TOO_LARGE, cell)
    return Reading(value.normalize() if value % 1 else value.quantize(Decimal(1)), note=note)


def whole_number(cell: Cell) -> Reading[int]:
    """Separators in it can only be those of thousands, unless that leaves no whole number."""
    read = number(cell, notation=_whole_notation(cell))
    if read.value is None:
        return Reading(problem=read.problem, note=read.note)
    return Reading(int(read.value)) if read.value % 1 == 0 else _problem(ValueRemark.NOT_WHOLE, cell)


def _whole_notation(cell: Cell) -> Notation:
    is_english = isinstance(cell.value, str) and re.search(r"\d,\d{3}(?!\d)", cell.value) is not None
    return Notation.DECIMAL_POINT if is_english else Notation.DECIMAL_COMMA


def year(cell: Cell) -> Reading[int]:
    """«2025», «TA 2025», «Tahun 2025», or a date's."""
    unusable: Reading[int] | None = _unusable(cell, ValueRemark.NOT_A_YEAR)
    if unusable:
        return unusable
    if isinstance(cell.value, date):
        return Reading(cell.value.year)
    found = re.fullmatch(r"(?:\D{1,20}\s)?(\d{4})", cell.text.strip())
    if found is None or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        return _problem(ValueRemark.NOT_A_YEAR, cell)
    return Reading(int(found[1]))


# --- Words to choose from

_YES = frozenset({
    "ya", "y", "yes", "iya", "true", "benar", "betul", "ada", "aktif", "sudah", "x", "v", "√", "✓", "✔", "☑", "1",
})  # fmt: skip
_NO = frozenset({"tidak", "t", "n", "no", "tdk", "false", "salah", "bukan", "belum", "0", "☐", "✗", "✘", "nonaktif"})


def yes_or_no(cell: Cell) -> Reading[bool]:
    unusable: Reading[bool] | None = _unusable(cell, ValueRemark.NOT_YES_OR_NO)
    if unusable:
        return unusable
    if isinstance(cell.value, bool):
        return Reading(cell.value)
    said = cell.text.strip(" .").casefold()
    if said in _YES or said in _NO:
        return Reading(said in _YES)
    return _problem(ValueRemark.NOT_YES_OR_NO, cell)


#: The share of letters that may differ for a near word.
_NEAR = 0.25


def choice(cell: Cell, known: Mapping[str, T]) -> Reading[T]:
    """One of the words, by any spelling in `known`. A near one is not taken but named."""
    unusable: Reading[T] | None = _unusable(cell)
    if unusable:
        return unusable
    by_folded = {folded(name): value for name, value in known.items()}
    said = folded(cell.text)
    if said in by_folded:
        return Reading(by_folded[said])
    near = process.extractOne(said, by_folded.keys(), scorer=OSA.normalized_distance, score_cutoff=_NEAR)
    offered = ", ".join(dict.fromkeys(known))
    if near is None:
        return _problem(ValueRemark.NOT_A_CHOICE, cell, known=offered)
    meant = next(name for name in known if folded(name) == near[0])
    return _problem(ValueRemark.NEAR_CHOICE, cell, known=offered, near=meant)


# --- Periods

_PARTS = {"tw": 3, "triwulan": 3, "kuartal": 3, "kwartal": 3, "quarter": 3, "q": 3, "caturwulan": 4, "cawu": 4,
          "semester": 6, "smt": 6, "sm": 6, "half": 6, "s": 6, "h": 6}  # fmt: skip
_UP_TO = re.compile(
    r"^(?:kumulatif\s+|cumulative\s+)?(?:s\.?\s?/?d\.?|sampai(?: dengan)?|hingga|to|until)\s+", re.IGNORECASE
)
_YEAR_BEHIND = re.compile(rf"[\s,/_-]*(?:(?:tahun|ta|t\.a\.|of)\s+)?(?P<year>{_YEAR})$", re.IGNORECASE)
_YEAR_BEFORE = re.compile(rf"^(?:(?:tahun|ta)\s+)?(?P<year>{_YEAR})[\s,/_-]+", re.IGNORECASE)
_PART = re.compile(
    rf"(?P<kind>{words.either(_PARTS)})[\s.-]*(?:ke[\s-]?)?(?P<part>{words.either(words.ORDINALS)})", re.IGNORECASE
)
_ENGLISH_PART = re.compile(
    rf"(?P<part>{words.either(words.ORDINALS)})\s+(?P<kind>quarter|half|semester)", re.IGNORECASE
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
    if re.fullmatch(rf"(?:(?:tahun|ta|year)\.?\s)?{_YEAR}", plain, re.IGNORECASE):
        return WrittenPeriod(int(plain[-4:]), "", _MONTHS_OF_YEAR, _MONTHS_OF_YEAR)
    dated = _YEAR_BEHIND.search(plain) or _YEAR_BEFORE.search(plain)
    name = (plain[: dated.start()] + plain[dated.end() :]).strip() if dated else plain
    is_from_january = _UP_TO.match(name) is not None
    last, months = _end_and_length(_UP_TO.sub("", name))
    return WrittenPeriod(int(dated["year"]) if dated else None, name, last, last if is_from_january else months)


def _end_and_length(name: str) -> tuple[int | None, int | None]:
    if part := _PART.fullmatch(name) or _ENGLISH_PART.fullmatch(name):
        months = _PARTS[part["kind"].casefold()]
        last = months * words.ORDINALS[part["part"].casefold()]
        return (last, months) if last <= _MONTHS_OF_YEAR else (None, None)
    if folded(name) in {"tahunan", "setahun", "annual", "yearly"}:
        return _MONTHS_OF_YEAR, _MONTHS_OF_YEAR
    month = words.MONTHS.get(name.casefold().removeprefix("bulan ").rstrip("."))
    return month, (1 if month else None)


def period(cell: Cell, periods: Sequence[P]) -> Reading[tuple[int | None, P]]:
    """(year or None, period of the scheme), by code, by name, or by what it covers.

    A quarter is also found in a scheme that counts on from January by quarters: reports for «TW III» state both.
    """
    unusable: Reading[tuple[int | None, P]] | None = _unusable(cell)
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
    return _problem(ValueRemark.NO_SUCH_PERIOD if written.months else ValueRemark.NOT_A_PERIOD, cell, known=known)


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
