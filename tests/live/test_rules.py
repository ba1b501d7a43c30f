from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.live.formats import dates_in
from tracker.live.rules import Known, Register, understand
from tracker.meetings.rules import understand_attendee

SAID_ON = date(2020, 10, 21)  # a Wednesday
PEOPLE = (
    Known(Register.ATTENDANCE, 1, ("Razilu", "Staf Ahli Bidang Ekonomi")),
    Known(Register.ATTENDANCE, 2, ("Min Usihen", "Usihen")),
    Known(Register.ATTENDANCE, 3, ("Lingga",)),
    Known(Register.PERSON, 1, ("Rina Sari",)),
    Known(Register.PERSON, 2, ("Rudi",)),
)
TARGETS = (Known(Register.TARGET, 7, ("T1", "Penanganan dugaan pelanggaran HAM")),)


def read(line: str):
    return understand(line, said_on=SAID_ON, people=PEOPLE, targets=TARGETS)


@pytest.mark.parametrize(
    ("mark", "kind"),
    [("u", "proposal"), ("k", "decision"), ("a", "directive"), ("h", "hope"), ("t", None)],
)
def test_a_leading_letter_sets_the_kind(mark: str, kind: str | None) -> None:
    assert (read(f"{mark} susun naskah").kind, read(f"{mark} susun naskah").gist) == (kind, "susun naskah")


@pytest.mark.parametrize("line", ["Usul yang baik", "u", "usul", "A meeting was held", "x y"])
def test_a_sentence_without_a_mark_is_a_remark_kept_whole(line: str) -> None:
    assert (read(line).kind, read(line).words) == ("remark", line)


@pytest.mark.parametrize(
    ("name", "number"),
    [("razilu", 1), ("Staf Ahli Bidang Ekonomi", 1), ("min usihen", 2), ("u", 2), ("l", 3), ("bidang", 1)],
)
def test_who_speaks_is_found_by_name_post_or_beginning(name: str, number: int) -> None:
    understood = read(f"u @{name} perlu forum")

    assert [mention.known.id for mention in understood.speakers] == [number]
    assert understood.gist == "perlu forum"


def test_those_in_the_room_are_meant_before_others() -> None:
    assert read("@r setuju").speakers[0].known.register is Register.ATTENDANCE
    assert read("@ru setuju").speakers[0].known == PEOPLE[4]


def test_a_name_that_nobody_bears_stays_a_name() -> None:
    assert [(m.name, m.known) for m in read("u @Fulan_Baru perlu forum").people] == [("Fulan Baru", None)]


def test_a_name_within_the_sentence_stays_and_does_not_speak() -> None:
    understood = read("u @l sependapat dengan @Razilu soal forum")

    assert understood.gist == "sependapat dengan Razilu soal forum"
    assert [mention.name for mention in understood.speakers] == ["l"]


def test_what_stands_in_quotation_marks_is_left_alone() -> None:
    words = "  surel a@b.go.id  @Razilu #T1 30 nov, “dalam"

    assert read(f"t “{words}”").gist == f"“{words}”"
    assert read(f"u @l “{words}”").quote == words


def test_a_target_is_found_by_its_code_and_leaves_the_text() -> None:
    understood = read("u @r perlu forum #T1")

    assert ([m.known.id for m in understood.targets], understood.gist) == ([7], "perlu forum")


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("30 nov", date(2020, 11, 30)),
        ("30/11", date(2020, 11, 30)),
        ("30-11-2026", date(2026, 11, 30)),
        ("30/11/26", date(2026, 11, 30)),
        ("2026-11-30", date(2026, 11, 30)),
        ("3 Januari", date(2021, 1, 3)),
        ("21 Oktober", SAID_ON),
        ("29 februari", date(2024, 2, 29)),
        ("November 30, 2021", date(2021, 11, 30)),
        ("besok", date(2020, 10, 22)),
        ("lusa", date(2020, 10, 23)),
        ("hari ini", SAID_ON),
        ("tomorrow", date(2020, 10, 22)),
        ("Jumat", date(2020, 10, 23)),
        ("Rabu", SAID_ON),
        ("Jumat depan", date(2020, 10, 30)),
        ("next Friday", date(2020, 10, 30)),
        ("minggu depan", date(2020, 10, 28)),
        ("akhir triwulan IV", date(2020, 12, 31)),
        ("triwulan III", date(2021, 9, 30)),
        ("end of Q4 2026", date(2026, 12, 31)),
        ("akhir bulan", date(2020, 10, 31)),
        ("end of the year", date(2020, 12, 31)),
    ],
)
def test_a_date_is_understood_as_people_write_it(words: str, day: date) -> None:
    assert [found.day for found in dates_in(words, SAID_ON)] == [day]
    assert (read(f"t susun naskah paling lambat {words}").due_on, read(f"t susun naskah {words}").gist) == (
        day,
        "susun naskah",
    )


@pytest.mark.parametrize("words", ["31/2", "30-13-2020", "Pasal 28 ayat 3", "No. 12/2026", "1/2/3/4", "mei", "99 nov"])
def test_what_is_no_date_is_none(words: str) -> None:
    assert list(dates_in(words, SAID_ON)) == []


def test_a_line_of_the_roll_call_has_a_role_a_name_and_a_post() -> None:
    read = understand_attendee("p Razilu, Staf Ahli Bidang Ekonomi")

    assert (read.role, read.name, read.post) == ("chair", "Razilu", "Staf Ahli Bidang Ekonomi")
    assert understand_attendee("Kabag PPL").role == "participant"


@given(st.text(max_size=200))
def test_no_line_is_too_strange_to_read(line: str) -> None:
    understood = read(line)

    assert not (understood.quote and understood.gist)
    assert len(understood.title) <= 120


@given(
    st.sampled_from("ukah"),
    st.text(alphabet=st.characters(exclude_characters="“”", exclude_categories=["Cs"]), min_size=1),
)
def test_a_quote_comes_out_as_it_went_in(mark: str, words: str) -> None:
    assert read(f"{mark} @r “{words}”").quote == words


@given(st.dates(date(1945, 1, 1), date(2199, 12, 31)), st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_every_full_date_is_read_in_every_spelling(day: date, said_on: date) -> None:
    month = ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
             "November", "Desember"][day.month - 1]  # fmt: skip
    for words in (f"{day.day}/{day.month}/{day.year}", f"{day.day} {month} {day.year}", day.isoformat()):
        assert [found.day for found in dates_in(f"paling lambat {words}.", said_on)] == [day]


@given(st.text(alphabet="0123456789/-. janovdes depanjumat", max_size=40), st.dates(date(1950, 1, 1), date(2190, 1, 1)))
def test_dates_found_never_overlap_and_lie_within_the_text(text: str, said_on: date) -> None:
    reached = 0
    for found in dates_in(text, said_on):
        assert reached <= found.start < found.end <= len(text)
        reached = found.end
