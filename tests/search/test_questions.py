"""How a question is read: signs, and words that are filters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.core import analysis
from tracker.meetings.rules import MeetingType
from tracker.search import rules
from tracker.search.rules import SearchFilter, SearchKind, SearchState

SENTENCE = "laporan yang terlambat dari unit itu belum masuk juga"
NOTHING = SearchFilter(q="")


def read(text: str, given: SearchFilter = NOTHING) -> tuple[dict[str, object], str]:
    """The filters that the text is read as, and the words that are left."""
    question = rules.question_of(text)
    found = rules.understood(question, given)
    return {one.field: one.value for one in found}, rules.narrowed(question, found, given)[0].words


@pytest.mark.parametrize(("text", "words", "phrases", "without"), [
    ('"kantor umbul"', "", [("kantor", "umbul")], []),
    ("“kantor umbul” ham", "ham", [("kantor", "umbul")], []),
    ("«kantor umbul»", "", [("kantor", "umbul")], []),
    ("„kantor umbul“", "", [("kantor", "umbul")], []),
    ('"rapim"', "", [("rapim",)], []),
    ('"yang dan"', "", [], []), ('""', "", [], []), ('" "', "", [], []),
    ('"kantor umbul', "kantor umbul", [], []), ('kantor umbul"', "kantor umbul", [], []),
    ('pipa 5" dan 6"', "pipa 5 dan 6", [], []), ("'kantor umbul'", "'kantor umbul'", [], []),
    ("forum -nasional", "forum", [], [("nasion",)]), ("forum −nasional", "forum", [], [("nasion",)]),
    ('forum -"hak asasi"', "forum", [], [("hak", "asasi")]), ("-forum", "", [], [("forum",)]),
    ("forum - nasional", "forum - nasional", [], []), ("forum -", "forum -", [], []), ("forum -yang", "forum", [], []),
    ("U-2020-001 HAM-2", "U-2020-001 HAM-2", [], []), ("anak-anak", "anak-anak", [], []),
    ("forum -U-2020-001", "forum", [], [("u", "2020", "001")]), ("forum -HAM-2", "forum", [], [("ham", "2")]),
    ('"HAM-2"', "", [("ham", "2")], []), ('a"b c"d', "a b c d", [], []),
])  # fmt: skip
def test_quotation_marks_and_minus_signs(
    text: str, words: str, phrases: list[tuple[str, ...]], without: list[tuple[str, ...]]
) -> None:
    question = rules.question_of(text)

    assert analysis.tokens(question.words) == analysis.tokens(words)
    assert (list(question.phrases), list(question.without)) == (phrases, without)


@pytest.mark.parametrize(("text", "is_open"), [('"kantor', True), ('forum "', False), ('"a" "b', True), ('5"', False)])
def test_a_quotation_mark_that_is_never_closed_is_noticed(text: str, *, is_open: bool) -> None:
    assert rules.question_of(text).has_open_quote is is_open


@given(st.text(alphabet='ab -"“»«,5\t', max_size=30))
def test_no_word_is_lost_and_reading_again_what_was_quoted_changes_nothing(text: str) -> None:
    question = rules.question_of(text)

    assert [token for part in question.parts for token in analysis.tokens(part.text)] == analysis.tokens(text)
    again = rules.question_of(question.quoting([]))
    assert (again.phrases, again.without) == (question.phrases, question.without)
    assert analysis.tokens(again.words) == analysis.tokens(question.words)


@pytest.mark.parametrize(("text", "filters", "words"), [
    ("terlambat rapim", {"is_overdue": True, "meeting_type": MeetingType.LEADERSHIP}, ""),
    ("usulan 2025 ditolak", {"kind": SearchKind.PROPOSAL, "year": 2025, "state": SearchState.REJECTED}, ""),
    ("overdue action", {"is_overdue": True, "kind": SearchKind.ACTION}, ""),
    ("Overdue Follow-up Actions!", {"is_overdue": True, "kind": SearchKind.ACTION}, ""),
    ("tindak lanjut terlambat pelatihan", {"kind": SearchKind.ACTION, "is_overdue": True}, "pelatihan"),
    ("tindak lanjut selesai", {"kind": SearchKind.ACTION, "state": SearchState.COMPLETED}, ""),
    ("menunggu verifikasi", {"state": SearchState.AWAITING_VERIFICATION}, ""),
    ("usulan pelatihan", {"kind": SearchKind.PROPOSAL}, "pelatihan"),
    ("pelatihan usulan", {"kind": SearchKind.PROPOSAL}, "pelatihan"),
    ("usulan rapat pimpinan", {"kind": SearchKind.PROPOSAL, "meeting_type": MeetingType.LEADERSHIP}, ""),
    ("forum 2020", {"year": 2020}, "forum"), ("2020", {"year": 2020}, ""), ("terlambat", {"is_overdue": True}, ""),
    ("open actions", {"stage": "open", "kind": SearchKind.ACTION}, ""),
    ('usulan "hak asasi"', {"kind": SearchKind.PROPOSAL}, ""), ("usulan -forum", {"kind": SearchKind.PROPOSAL}, ""),
    # Both meanings, and nothing that tells which: searched as words.
    ("tindak lanjut", {}, "tindak lanjut"), ("tindak lanjut rekomendasi", {}, "tindak lanjut rekomendasi"),
    ("usulan", {}, "usulan"), ("rapim", {}, "rapim"), ("open government", {}, "open government"),
    ("penghilangan orang secara paksa", {}, "penghilangan orang secara paksa"), ("selesai", {}, "selesai"),
    ("membahas usulan pelatihan", {}, "membahas usulan pelatihan"), ("unit kerja", {}, "unit kerja"),
    # Quoted, left out, part of a code, or in a sentence.
    ('"terlambat"', {}, ""), ("forum -terlambat", {}, "forum"), ("U-2025-001", {}, "U-2025-001"),
    ("TL 2025-015", {}, "TL 2025-015"), ("No. 12/2025", {}, "No. 12/2025"),
    (SENTENCE, {}, SENTENCE),
    # One of each; the second is a word.
    ("ditolak disetujui", {"state": SearchState.REJECTED}, "disetujui"), ("2024 2025", {"year": 2024}, "2025"),
])  # fmt: skip
def test_words_are_read_as_filters(text: str, filters: dict[str, object], words: str) -> None:
    assert read(text) == (filters, words)


def test_what_the_form_sets_otherwise_is_searched_as_a_word() -> None:
    assert read("usulan ditolak", SearchFilter(q="", kind=SearchKind.MEETING))[0] == {"state": SearchState.REJECTED}
    assert read("forum 2020", SearchFilter(q="", year=2019)) == ({}, "forum 2020")
    assert read("usulan forum", SearchFilter(q="", kind=SearchKind.PROPOSAL))[1] == "forum"


@pytest.mark.parametrize(
    "text", ["terlambat rapim", "usulan 2025 ditolak", "menunggu verifikasi pelatihan tindak lanjut"]
)
def test_a_filter_that_is_taken_off_is_searched_as_a_word(text: str) -> None:
    question = rules.question_of(text)
    found = rules.understood(question, NOTHING)

    for one in found:
        left, words = read(question.quoting([one]))
        assert one.field not in left
        assert one.text not in words
    assert read(question.quoting(found))[0] == {}


def test_every_state_is_one_that_some_kind_of_row_has() -> None:
    assert all(rules.STATUSES[state] and all(rules.STATUSES[state].values()) for state in SearchState)
