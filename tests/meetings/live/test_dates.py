"""Dates as people write them, the words that announce a due date, and the days that are asked about."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.meetings.live.formats import Doubt, dates_in
from tracker.meetings.live.rules import Meant, understand

SAID_ON = date(2020, 10, 21)  # a Wednesday


def read(line: str, said_on: date = SAID_ON, meant: Meant = Meant()):  # noqa: B008
    return understand(line, said_on=said_on, people=(), targets=(), meant=meant)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("30 nov", date(2020, 11, 30)), ("30/11", date(2020, 11, 30)), ("30-11-2026", date(2026, 11, 30)),
        ("30/11/26", date(2026, 11, 30)), ("30.11.2026", date(2026, 11, 30)), ("2026-11-30", date(2026, 11, 30)),
        ("30 Nov '26", date(2026, 11, 30)), ("3 Januari", date(2021, 1, 3)), ("21 Oktober", SAID_ON),
        ("29 februari", date(2024, 2, 29)), ("November 30, 2021", date(2021, 11, 30)),
        ("30th of November", date(2020, 11, 30)),
        ("Senin, 30 November 2020", date(2020, 11, 30)), ("hari Senin tanggal 30 November 2020", date(2020, 11, 30)),
        ("Senin (30/11)", date(2020, 11, 30)), ("30 November 2020 (Senin)", date(2020, 11, 30)),
        ("sen 30 nov", date(2020, 11, 30)), ("30-Nov-26", date(2026, 11, 30)), ("2026/11/30", date(2026, 11, 30)),
        ("medio November", date(2020, 11, 15)),
        ("26–30 November", date(2020, 11, 30)), ("26 s.d. 30 November 2020", date(2020, 11, 30)),
        ("tgl 30 nov", date(2020, 11, 30)), ("tanggal 5", date(2020, 11, 5)), ("tanggal 25", date(2020, 10, 25)),
        ("tanggal 5 bulan depan", date(2020, 11, 5)), ("tanggal 31", date(2020, 10, 31)),
        ("the 5th", date(2020, 11, 5)),
        ("besok", date(2020, 10, 22)), ("lusa", date(2020, 10, 23)), ("hari ini", SAID_ON),
        ("tomorrow", date(2020, 10, 22)),
        ("Jumat", date(2020, 10, 23)), ("Jum'at", date(2020, 10, 23)), ("Rabu", SAID_ON),
        ("hari Minggu", date(2020, 10, 25)),
        ("Senin", date(2020, 10, 26)), ("Jumat depan", date(2020, 10, 30)), ("next Friday", date(2020, 10, 30)),
        ("Senin pekan depan", date(2020, 10, 26)), ("Friday next week", date(2020, 10, 30)),
        ("Jumat ini", date(2020, 10, 23)),
        ("minggu depan", date(2020, 10, 28)), ("pekan depan", date(2020, 10, 28)), ("next week", date(2020, 10, 28)),
        ("akhir pekan ini", date(2020, 10, 23)), ("akhir pekan depan", date(2020, 10, 30)),
        ("end of next week", date(2020, 10, 30)),
        ("minggu ini", date(2020, 10, 23)), ("dua minggu lagi", date(2020, 11, 4)),
        ("dalam 10 hari", date(2020, 10, 31)),
        ("sebulan lagi", date(2020, 11, 21)), ("in three weeks", date(2020, 11, 11)),
        ("bulan depan", date(2020, 11, 30)),
        ("minggu kedua Desember", date(2020, 12, 11)), ("pekan pertama bulan November", date(2020, 11, 6)),
        ("minggu terakhir November 2020", date(2020, 11, 27)), ("the second week of December", date(2020, 12, 11)),
        ("akhir triwulan IV", date(2020, 12, 31)), ("triwulan III", date(2021, 9, 30)),
        ("TW I 2021", date(2021, 3, 31)),
        ("triwulan pertama 2021", date(2021, 3, 31)), ("end of Q4 2026", date(2026, 12, 31)),
        ("triwulan depan", date(2021, 3, 31)),
        ("semester I 2021", date(2021, 6, 30)), ("akhir bulan", date(2020, 10, 31)),
        ("end of the year", date(2020, 12, 31)),
        ("akhir November", date(2020, 11, 30)), ("pertengahan November", date(2020, 11, 15)),
        ("akhir 2021", date(2021, 12, 31)),
        ("akhir tahun depan", date(2021, 12, 31)),
    ],
)  # fmt: skip
def test_a_date_is_understood_as_people_write_it(words: str, day: date) -> None:
    assert [found.day for found in dates_in(words, SAID_ON)] == [day]
    understood = read(f"t susun naskah paling lambat {words}")
    assert (understood.due_on, understood.gist) == (day, "susun naskah")
    assert read(f"t susun naskah {words}").gist == "susun naskah"


@pytest.mark.parametrize(
    "words",
    ["31/2", "30-13-2020", "Pasal 28 ayat 3", "No. 12/2026", "Nomor 10/11", "1/2/3/4", "mei", "99 nov", "12.30",
     "pukul 10.00",
     "laporan Desember 2026", "anggaran 2026", "10 hari kerja", "dalam 10 hari kerja", "Senin lalu", "kemarin",
     "minggu lalu",
     "last Monday", "awal Desember", "minggu", "triwulan V", "1.5.2", "v2026"],
)  # fmt: skip
def test_what_is_no_date_is_none(words: str) -> None:
    assert list(dates_in(words, SAID_ON)) == []


@pytest.mark.parametrize("name", ["@min", "@Sen", "@rabu", "#sabtu"])
def test_a_name_that_is_also_a_weekday_stays_a_name(name: str) -> None:
    (found,) = dates_in(f"t susun naskah {name} 30/11/2026", SAID_ON)  # a Monday

    assert (found.start, found.day, found.doubt) == (len(f"t susun naskah {name} "), date(2026, 11, 30), None)


@pytest.mark.parametrize(
    ("phrase", "day"),
    [
        ("paling lambat Desember 2020", date(2020, 12, 31)), ("by December", date(2020, 12, 31)),
        ("sebelum Januari", date(2020, 12, 31)), ("before 2022", date(2021, 12, 31)),
        ("tenggat: 2021", date(2021, 12, 31)),
    ],
)  # fmt: skip
def test_a_month_or_year_alone_is_a_date_where_it_is_announced(phrase: str, day: date) -> None:
    assert (read(f"t susun naskah {phrase}").due_on, read(f"t susun naskah {phrase}").gist) == (day, "susun naskah")


@pytest.mark.parametrize("separator", [" ", ", ", ": ", " – ", " (", " [", "; ", ",\n"])
@pytest.mark.parametrize(
    "words",
    ["tenggat", "tenggat:", "Tenggat waktu:", "deadline", "Deadline:", "DL", "batas waktu", "batas waktunya",
     "batas akhir",
     "paling lambat", "paling lambat tanggal", "paling telat", "selambat-lambatnya", "selambat-lambatnya pada hari",
     "selambatnya", "sebelum", "sebelum tanggal", "sampai", "sampai dengan", "s.d.", "s/d", "sd", "hingga",
     "jatuh tempo",
     "jatuh tempo pada", "pada", "pada tanggal", "tgl.", "tanggal", "target", "target selesai", "by", "due", "due on",
     "due by",
     "due date:", "due date is", "until", "till", "no later than", "not later than", "before", "at the latest", "on",
     ""],
)  # fmt: skip
def test_every_word_that_announces_a_date_leaves_the_title(words: str, separator: str) -> None:
    closing = {" (": ")", " [": "]"}.get(separator, "")

    understood = read(f"t susun rekap pelaporan Aksi HAM B12{separator}{words} 4 des{closing}")

    assert (understood.gist, understood.due_on) == ("susun rekap pelaporan Aksi HAM B12", date(2020, 12, 4))


@pytest.mark.parametrize(
    "line",
    ["t susun rekap 4 des (tenggat)", "t susun rekap 4 Dec at the latest", "t susun rekap, 4 des paling lambat",
     "t susun rekap 4 des – deadline", "t tenggat: 4 des, susun rekap", "t Paling lambat 4 Des susun rekap",
     "t 4 des: susun rekap", "t (tenggat 4 des) susun rekap", "t deadline 4 des – susun rekap",
     "t susun rekap, tenggat 4 des."],
)  # fmt: skip
def test_the_words_may_stand_after_the_date_and_before_the_sentence(line: str) -> None:
    assert (read(line).gist, read(line).due_on) == ("susun rekap", date(2020, 12, 4))


@pytest.mark.parametrize(
    "words",
    ["undang peserta rapat 4 Des di Jakarta", "siapkan bahan untuk 4 Des pukul 10.00",
     "kirim laporan paling lambat 4 Des ke biro",
     "4 Desember peringatan hari besar", "kirim dua laporan, 30 nov dan 4 des"],
)  # fmt: skip
def test_a_date_in_the_middle_of_the_sentence_stays_in_the_text(words: str) -> None:
    assert (read(f"t {words}").gist, read(f"t {words}").due_on) == (words, date(2020, 12, 4))


def test_the_announced_date_counts_before_another() -> None:
    understood = read("t kirim undangan paling lambat 2 Nov untuk rapat 10 Nov")

    assert understood.due_on == date(2020, 11, 2)


def test_a_date_in_a_quotation_is_no_due_date() -> None:
    assert read("t terbitkan “Target 30 nov”").due_on is None


@pytest.mark.parametrize(
    ("line", "day", "doubt", "others"),
    [
        ("t kirim data 5 des", date(2027, 12, 5), Doubt.YEAR_AHEAD, [date(2026, 12, 5)]),
        ("t kirim data 30/11", date(2027, 11, 30), Doubt.YEAR_AHEAD, [date(2026, 11, 30)]),
        ("t kirim data triwulan III", date(2027, 9, 30), Doubt.YEAR_AHEAD, [date(2026, 9, 30)]),
        ("t kirim data akhir November", date(2027, 11, 30), Doubt.YEAR_AHEAD, [date(2026, 11, 30)]),
        ("t kirim data Sabtu 5 Des", date(2027, 12, 5), Doubt.YEAR_AHEAD, [date(2026, 12, 5)]),
        ("t kirim data 1 Nov 2026", date(2026, 11, 1), Doubt.PAST, [date(2027, 11, 1)]),
        ("t kirim data 15 Jan 2026", date(2026, 1, 15), Doubt.PAST, [date(2027, 1, 15)]),
        ("t kirim data TW III 2026", date(2026, 9, 30), Doubt.PAST, [date(2027, 9, 30)]),
        ("t kirim data Senin 11 Des", date(2026, 12, 11), Doubt.WEEKDAY, [date(2026, 12, 14)]),
        ("t kirim data 7 des", date(2026, 12, 7), None, []),
        ("t kirim data 3 jan", date(2027, 1, 3), None, []),
        ("t kirim data 30 juni", date(2027, 6, 30), None, []),
        ("t kirim data Minggu", None, None, []),
    ],
)  # fmt: skip
def test_a_day_that_has_passed_or_is_a_year_away_is_asked(
    line: str, day: date | None, doubt: Doubt | None, others: list[date]
) -> None:
    understood = read(line, said_on=date(2026, 12, 7))

    assert understood.due_on == day
    assert (understood.due.found.doubt if understood.due else None) == doubt
    assert list(understood.due.found.alternatives if understood.due else ()) == others
    assert [question.topic for question in understood.questions] == (["due_date"] if doubt else [])


def test_a_weekday_of_this_week_that_has_passed_is_asked() -> None:
    assert read("t kirim data Senin ini").due.found.doubt is Doubt.PAST


def test_the_day_chosen_is_not_asked_again_and_without_a_due_date_the_words_stay() -> None:
    day = date(2026, 12, 7)

    chosen = read("t kirim data 5 des", day, Meant(due_on=date(2026, 12, 5)))
    none = read("t kirim data 5 des", day, Meant(has_no_due_date=True))

    assert (chosen.due_on, chosen.gist, list(chosen.questions)) == (date(2026, 12, 5), "kirim data", [])
    assert (none.due_on, none.gist, list(none.questions)) == (None, "kirim data 5 des", [])


@given(st.dates(date(1945, 1, 1), date(2199, 12, 31)), st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_every_full_date_is_read_in_every_spelling(day: date, said_on: date) -> None:
    month = ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
             "November", "Desember"][day.month - 1]  # fmt: skip
    for words in (f"{day.day}/{day.month}/{day.year}", f"{day.day} {month} {day.year}", day.isoformat()):
        assert [found.day for found in dates_in(f"paling lambat {words}.", said_on)] == [day]


@given(
    st.lists(st.sampled_from([
        "1", "5", "30", "2026", "/", "-", ".", " ", "jan", "november", "des", "depan", "jumat", "minggu", "pekan",
        "akhir",
        "triwulan", "iv", "paling lambat", "tanggal", "bulan", "tahun", "next", "week", "ini", "hari", "dua", "lagi",
        "sebelum",
    ]), max_size=12),
    st.sampled_from(["", " "]),
    st.dates(date(1950, 1, 1), date(2190, 1, 1)),
)  # fmt: skip
def test_dates_found_never_overlap_and_lie_within_the_text(parts: list[str], glue: str, said_on: date) -> None:
    text, reached = glue.join(parts), 0
    for found in dates_in(text, said_on):
        assert reached <= found.start < found.end <= len(text)
        reached = found.end
