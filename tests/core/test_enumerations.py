import pytest

from tracker.core.enumerations import without_marks

WORDS = ["Pembukaan", "Laporan capaian", "Penutup"]


@pytest.mark.parametrize(
    "marks",
    [
        ("1. ", "2. ", "3. "), ("1) ", "2) ", "3) "), ("(1) ", "(2) ", "(3) "), ("1.1. ", "1.2. ", "1.3. "),
        ("1.1 ", "1.2 ", "2.1 "), ("a. ", "b. ", "c. "), ("A. ", "B. ", "C. "), ("a) ", "b) ", "c) "),
        ("(a) ", "(b) ", "(c) "), ("I. ", "II. ", "III. "), ("i) ", "ii) ", "iii) "), ("(i) ", "(ii) ", "(iii) "),
        ("V. ", "VI. ", "VII. "), ("10. ", "11.  ", " 12.\t"), ("- ", "- ", "- "), ("– ", "– ", "– "),
        ("• ", "• ", "• "),
        ("① ", "② ", "③ "), ("1: ", "2: ", "3: "), ("I. ", "II. ", "III) "), ("· ", "· ", "· "),
        ("\uf0b7 ", "\uf0a7 ", "\uf0d8 "), ("* ", "* ", "* "), ("o ", "o ", "o "), ("☐ ", "✓ ", "► "), ("", "", ""),
    ],
)  # fmt: skip
def test_every_style_of_numbering_is_removed_and_the_text_stays(marks: tuple[str, str, str]) -> None:
    written = [mark + words for mark, words in zip(marks, WORDS, strict=True)]

    assert without_marks(written) == WORDS


@pytest.mark.parametrize(
    "line",
    ["1.000 peserta", "2.5 juta orang", "09.00 Pembukaan", "2026: rencana", "A. Rahman melapor", "17 Agustus",
     "I. Made Artha melapor", "-5 derajat", "Bagian II. Umum", "HAM) dan lainnya", "B12 dan B09", "3M dan 2026.",
     "No. 5", "a.n. Dirjen"],
)  # fmt: skip
def test_text_that_only_looks_like_a_number_stays(line: str) -> None:
    assert without_marks([line]) == [line]


def test_times_and_names_of_a_whole_list_stay() -> None:
    hours, names = ["09.00 Pembukaan", "10.30 Laporan"], ["A. Rahman", "D. Sari", "I. Made Artha"]
    others = ["H. Agus memaparkan", "3.5 juta peserta", "2021 sebagai tahun target", "A.B. Sari"]

    assert [without_marks(items) for items in (hours, names, others)] == [hours, names, others]


def test_an_item_with_only_a_number_becomes_empty() -> None:
    assert without_marks(["1. Pembukaan", "2.", "", "3. Penutup"]) == ["Pembukaan", "", "", "Penutup"]
