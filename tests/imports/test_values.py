"""Dates, numbers and periods as Indonesian offices and Excel write them."""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

import pytest
from babel.dates import format_date

from tracker.core.wording import LOCALES
from tracker.imports.formats import Cell
from tracker.imports.rules import Notation, notation_of, values
from tracker.imports.rules.values import ValueRemark

FIFTH_OF_MAY = date(2025, 5, 5)
AFTERNOON = datetime.fromisoformat("2025-05-05T13:30")


def cell(value: object, **more: object) -> Cell:
    return Cell(value, "B7", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("written", [
    "5 Mei 2025", "05/05/2025", "2025-05-05", "5-5-25", "05-Mei-2025", "5 Mei 25", "Senin, 5 Mei 2025", "5.5.2025",
    "05/05/2025 10:00", "2025-05-05T00:00:00", "May 5, 2025", "5th May 2025", "2025/5/5", "20250505", 20250505,
    " 5  mei\n2025 ", "tanggal 5 Mei 2025", "paling lambat 5 Mei 2025", "per 5 Mei 2025",
    "5/V/2025", "5-v-25", "05 V 2025", "maks. 5 Mei 2025", "5 Mei 2025 M", "5Mei2025",
    "2025-05-05 09:00:00+07:00", "Senin Pon, 5 Mei 2025", FIFTH_OF_MAY, AFTERNOON,
])  # fmt: skip
def test_a_day_is_read_as_it_is_written(written: object) -> None:
    assert values.day(cell(written)) == values.Reading(FIFTH_OF_MAY)


@pytest.mark.parametrize("locale", LOCALES.values())
@pytest.mark.parametrize("pattern", ["d MMM y", "d MMMM y", "EEEE, d MMMM y", "EEE d MMM y"])
def test_the_days_that_our_lists_and_pages_write_are_read(locale: str, pattern: str) -> None:
    for month in range(1, 13):
        day = date(2025, month, 8)
        assert values.day(cell(format_date(day, pattern, locale=locale))) == values.Reading(day)


@pytest.mark.parametrize(("written", "day", "note"), [
    (45782, FIFTH_OF_MAY, ValueRemark.SERIAL_NUMBER), ("45782", FIFTH_OF_MAY, ValueRemark.SERIAL_NUMBER),
    ("1/2/2025", date(2025, 2, 1), ValueRemark.DAY_FIRST),
    ("TW IV 2025", date(2025, 12, 31), ValueRemark.END_OF_PERIOD),
    ("akhir Desember 2025", date(2025, 12, 31), ValueRemark.END_OF_PERIOD),
    ("10–12 Desember 2025", date(2025, 12, 12), ValueRemark.END_OF_PERIOD),
    ("30/06/2025 s.d. 02/07/2025", date(2025, 7, 2), ValueRemark.END_OF_PERIOD),
])  # fmt: skip
def test_what_could_mean_another_day_is_said(written: object, day: date, note: ValueRemark) -> None:
    read = values.day(cell(written))

    assert (read.value, read.problem, read.note and read.note.code) == (day, None, note)


@pytest.mark.parametrize(("written", "first", "last"), [
    ("10–12 Desember 2025", "2025-12-10", "2025-12-12"), ("30 Juni – 2 Juli 2025", "2025-06-30", "2025-07-02"),
    ("30/06/2025 s.d. 02/07/2025", "2025-06-30", "2025-07-02"),
    ("29 Des 2025 s/d 2 Jan 2026", "2025-12-29", "2026-01-02"),
    ("Senin, 7 sampai dengan 9 Juli 2025", "2025-07-07", "2025-07-09"),
])  # fmt: skip
def test_the_days_of_a_long_meeting_are_read(written: str, first: str, last: str) -> None:
    assert values.several_days(written) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("written", ["12–10 Desember 2025", "5-5-2025", "5 Mei 2025", "TW II - III 2025", "", "10-12"])
def test_nothing_else_is_several_days(written: str) -> None:
    assert values.several_days(written) is None


@pytest.mark.parametrize(("written", "problem"), [
    ("Mei 2025", ValueRemark.NO_DAY), ("2025", ValueRemark.NO_DAY), (2025, ValueRemark.NO_DAY),
    ("2025-05", ValueRemark.NO_DAY), ("11/2025", ValueRemark.NO_DAY), (202505, ValueRemark.NO_DAY),
    ("5 Mei", ValueRemark.NO_YEAR), ("Jumat depan", ValueRemark.NO_YEAR), ("besok", ValueRemark.NO_YEAR),
    ("12/25/2025", ValueRemark.MONTH_FIRST), ("31/02/2025", ValueRemark.NO_SUCH_DAY),
    ("31 Februari 2025", ValueRemark.NO_SUCH_DAY), ("Selasa, 5 Mei 2025", ValueRemark.WRONG_WEEKDAY),
    ("1 Januari 1900", ValueRemark.OUTSIDE_YEARS), (date(1900, 1, 1), ValueRemark.OUTSIDE_YEARS),
    ("segera", ValueRemark.NOT_A_DATE), ("²", ValueRemark.NOT_A_DATE), (True, ValueRemark.NOT_A_DATE),
    (3, ValueRemark.NOT_A_DATE), ("#REF!", ValueRemark.ERROR),
])  # fmt: skip
def test_what_is_no_day_is_refused_for_its_reason(written: object, problem: ValueRemark) -> None:
    read = values.day(cell(written))

    assert read.value is None
    assert read.problem is not None
    assert read.problem.code is problem


@pytest.mark.parametrize("written", [None, "", "-", "–", "…", "belum ditetapkan", "Not yet set", "n/a"])
def test_a_cell_can_be_left_empty_in_many_ways(written: object) -> None:
    for read in (values.day, values.number, values.whole_number, values.text, values.time_of_day, values.yes_or_no):
        assert read(cell(written)) == values.Reading()  # type: ignore[operator]


@pytest.mark.parametrize(("written", "value"), [
    ("1.234,5", "1234.5"), ("1234.5", "1234.5"), ("1,234.5", "1234.5"), ("12,5", "12.5"), ("0.123", "0.123"),
    ("1.234.567", "1234567"), ("1,234,567.89", "1234567.89"), ("Rp 1.234.567,00", "1234567"), ("(5)", "-5"),
    ("Rp1.500.000,-", "1500000"), ("−5", "-5"), ("+5", "5"), ("1 234", "1234"), (",5", "0.5"), (85, "85"),
    (Decimal("0.85"), "0.85"),
])  # fmt: skip
def test_a_number_is_read_in_both_notations(written: object, value: str) -> None:
    assert values.number(cell(written)) == values.Reading(Decimal(value))


def test_a_number_that_can_be_read_two_ways_is_read_like_its_column_and_otherwise_said() -> None:
    thousands, decimals = values.number(cell("1.234")), values.number(cell("1,234"))

    assert (thousands.value, thousands.note and thousands.note.code) == (1234, ValueRemark.THOUSANDS)
    assert (decimals.value, decimals.note and decimals.note.code) == (Decimal("1.234"), ValueRemark.DECIMALS)
    english = notation_of([cell("1,234"), cell("12.5"), cell(None), cell(3)])
    assert english is Notation.DECIMAL_POINT
    assert values.number(cell("1,234"), notation=english) == values.Reading(Decimal(1234))
    assert notation_of([cell("1.234")]) is None
    assert values.whole_number(cell("1,234")) == values.whole_number(cell("1.234")) == values.Reading(1234)


@pytest.mark.parametrize(("written", "problem"), [
    ("12 orang", ValueRemark.NOT_A_NUMBER), ("1e5", ValueRemark.NOT_A_NUMBER), ("½", ValueRemark.NOT_A_NUMBER),
    ("1.23.4", ValueRemark.NOT_A_NUMBER), ("12 %", ValueRemark.NOT_A_PERCENTAGE), (10**15, ValueRemark.TOO_LARGE),
    (FIFTH_OF_MAY, ValueRemark.NOT_A_NUMBER), (True, ValueRemark.NOT_A_NUMBER), ("#DIV/0!", ValueRemark.ERROR),
    ("٣", ValueRemark.NOT_A_NUMBER), ("9" * 90, ValueRemark.TOO_LARGE), ("9" * 400, ValueRemark.NOT_A_NUMBER),
])  # fmt: skip
def test_what_is_no_number_is_refused_for_its_reason(written: object, problem: ValueRemark) -> None:
    read = values.number(cell(written))

    assert (read.value, read.problem and read.problem.code) == (None, problem)


def test_per_cent_is_counted_as_it_is_shown() -> None:
    assert values.number(cell("12,5 %"), percent=True).value == Decimal("12.5")
    assert values.number(cell(Decimal("0.125"), is_percent=True), percent=True) == values.Reading(Decimal("12.5"))
    assert cell(Decimal("0.125"), is_percent=True).text == "12.5 %"
    small = values.number(cell(Decimal("0.85")), percent=True)
    assert (small.value, small.note and small.note.code) == (Decimal("0.85"), ValueRemark.SMALL_PERCENTAGE)


def test_a_number_of_civil_servants_typed_as_a_number_has_lost_digits() -> None:
    read = values.text(cell(198501012010011000))

    assert read.problem is not None
    assert read.problem.code is ValueRemark.DIGITS_LOST
    assert values.text(cell("198501012010011001")) == values.Reading("198501012010011001")


@pytest.mark.parametrize(("written", "begin", "end"), [
    ("09.00", time(9), None), ("9:30 WIB", time(9, 30), None), ("pukul 13.30", time(13, 30), None),
    ("2 pm", time(14), None), (Decimal("0.375"), time(9), None), (time(9), time(9), None),
    ("jam 9 pagi", time(9), None), ("1 siang", time(13), None), ("11 siang", time(11), None),
    ("7 malam", time(19), None), ("0900", time(9), None), ("0900-1130 WIB", time(9), time(11, 30)),
    ("12 malam", time(0), None), ("13.30 siang", time(13, 30), None), ("12 pm", time(12), None),
    ("09.00-tuntas", time(9), None), ("9.00 s.d. 10.00 waktu setempat", time(9), time(10)),
    ("09.00 - 11.30 WIB", time(9), time(11, 30)), ("09.00 s.d. selesai", time(9), None),
    ("Pukul 08.00 WIT s/d 10.00 WIT", time(8), time(10)), ("Pkl. 09.00 sampai dgn 11.00 wita", time(9), time(11)),
])  # fmt: skip
def test_hours_are_read_as_invitations_write_them(written: object, begin: time, end: time | None) -> None:
    assert values.hours(cell(written)) == values.Reading((begin, end))


@pytest.mark.parametrize("written", ["25.00", "2560", "pagi", "9", "09.00 - siang", 9, True])
def test_what_is_no_time_is_refused(written: object) -> None:
    assert values.hours(cell(written)).problem is not None


@pytest.mark.parametrize(("written", "said"), [
    ("ya", True), ("Tidak", False), ("x", True), ("√", True), (1, True), (0, False), ("Yes.", True), (False, False),
    ("OK", True), ("tidak ada", False),
])  # fmt: skip
def test_yes_and_no_have_many_signs(written: object, said: bool) -> None:
    assert values.yes_or_no(cell(written)) == values.Reading(said)
    assert values.yes_or_no(cell("mungkin")).problem is not None


def test_a_word_to_choose_is_found_in_any_spelling_and_a_near_one_is_named() -> None:
    known = {"Selesai": 1, "Berjalan": 2, "done": 1}

    assert values.choice(cell(" SELESAI "), known) == values.Reading(1)
    near, far = values.choice(cell("selsai"), known), values.choice(cell("ditunda"), known)
    assert near.problem is not None
    assert (near.problem.code, near.problem.details["near"]) == (ValueRemark.NEAR_CHOICE, "Selesai")
    assert far.problem is not None
    assert far.problem.code is ValueRemark.NOT_A_CHOICE


def test_entries_stand_on_lines_or_between_semicolons() -> None:
    assert values.entries(cell("1. Sekretariat\n2) Biro Hukum; - Biro Umum")).value == (
        "Sekretariat", "Biro Hukum", "Biro Umum",
    )  # fmt: skip


@dataclass
class Period:
    code: str
    name_id: str
    name_en: str | None
    last_month: int


QUARTERS = [Period("TW I", "Triwulan I", "First quarter", 3), Period("TW II", "Triwulan II", "Second quarter", 6),
            Period("TW III", "Triwulan III", "Third quarter", 9), Period("TW IV", "Triwulan IV", None, 12)]  # fmt: skip
FROM_JANUARY = [Period(f"B{month:02}", f"Kumulatif s.d. {name}", None, month)
                for month, name in ((3, "Maret"), (6, "Juni"), (9, "September"), (12, "Desember"))]  # fmt: skip
YEAR = [Period("TH", "Setahun penuh", "Full year", 12)]


@pytest.mark.parametrize(("written", "scheme", "found"), [
    ("TW I 2025", QUARTERS, (2025, "TW I")), ("2025 Q3", QUARTERS, (2025, "TW III")),
    ("TW.2/2025", QUARTERS, (2025, "TW II")), ("first quarter 2025", QUARTERS, (2025, "TW I")),
    ("Triwulan ke-3", QUARTERS, (None, "TW III")), ("Triwulan IV TA 2025", QUARTERS, (2025, "TW IV")),
    ("TW III 2025", FROM_JANUARY, (2025, "B09")), ("B09 2025", FROM_JANUARY, (2025, "B09")),
    ("Semester 1 2025", FROM_JANUARY, (2025, "B06")), ("s.d. September 2025", FROM_JANUARY, (2025, "B09")),
    ("2025", FROM_JANUARY, (2025, "B12")), (2025, YEAR, (2025, "TH")), ("Tahun 2025", YEAR, (2025, "TH")),
    ("Triwulan III Tahun Anggaran 2025", QUARTERS, (2025, "TW III")), ("Q4 FY2025", QUARTERS, (2025, "TW IV")),
    ("Jan–Mar 2025", QUARTERS, (2025, "TW I")), ("Januari s.d. Juni 2025", FROM_JANUARY, (2025, "B06")),
    ("2025 Setahun penuh", YEAR, (2025, "TH")), ("TH", YEAR, (None, "TH")),
])  # fmt: skip
def test_a_period_is_found_by_code_by_name_or_by_what_it_covers(
    written: object, scheme: list[Period], found: tuple[int | None, str]
) -> None:
    read = values.period(cell(written), scheme)

    assert read.value is not None
    assert (read.value[0], read.value[1].code) == found


@pytest.mark.parametrize(("written", "scheme", "problem"), [
    ("2025", QUARTERS, ValueRemark.NO_SUCH_PERIOD), ("Semester 1 2025", QUARTERS, ValueRemark.NO_SUCH_PERIOD),
    ("s.d. Juni 2025", QUARTERS, ValueRemark.NO_SUCH_PERIOD), ("Mei 2025", QUARTERS, ValueRemark.NO_SUCH_PERIOD),
    ("TW 5 2025", QUARTERS, ValueRemark.NOT_A_PERIOD), ("capaian", YEAR, ValueRemark.NOT_A_PERIOD),
    ("TW I " * 100, QUARTERS, ValueRemark.NOT_A_PERIOD),
])  # fmt: skip
def test_a_period_of_another_length_is_not_taken(written: str, scheme: list[Period], problem: ValueRemark) -> None:
    read = values.period(cell(written), scheme)

    assert (read.value, read.problem and read.problem.code) == (None, problem)
