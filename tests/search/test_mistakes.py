"""Mistyped words get a suggestion, and codes are found by any clear part of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.visitor import READER, Visitor
from tracker.core.running_codes import pattern_of_part
from tracker.search.rules import nearest_word

KNOWN = {"pelanggaran": 12, "pelatihan": 30, "penanganan": 8, "pengaduan": 20, "instansi": 9, "capaian": 4}


@given(st.sampled_from(sorted(KNOWN)), st.data())
def test_one_wrong_missing_doubled_or_swapped_letter_is_corrected(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 2))
    other = data.draw(st.sampled_from("bcdfghjkqvwxyz"))
    mistyped = data.draw(st.sampled_from([
        word[:at] + other + word[at + 1 :],
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    ]))  # fmt: skip

    assert nearest_word(mistyped, KNOWN) in ({word} if mistyped != word else {None})


@pytest.mark.parametrize("word", ["ham", "xyzzyxyzzy", "pelanggaran"])
def test_short_words_known_words_and_words_like_none_are_left_alone(word: str) -> None:
    assert nearest_word(word, KNOWN) is None


@pytest.mark.parametrize(
    ("part", "pattern"),
    [
        ("2025-015", "%-2025-015"), ("2025015", "%-2025-015"), ("2025 15", "%-2025-015"), ("tl2025015", "TL-2025-015"),
        ("TL 63", "TL-____-063"), ("063", "%-____-063"), ("63", None), ("2025", None), ("laporan 2025", None),
    ],
)  # fmt: skip
def test_a_clear_part_of_a_code_is_one(part: str, pattern: str | None) -> None:
    assert pattern_of_part(part) == pattern


def test_the_page_suggests_and_finds(visit: Visitor) -> None:
    reader = visit.as_(READER)

    assert "/search?q=pelatihan" in reader.get("/search?q=peltaihan").links
    answer = reader.client.get("/search?q=tl2026001")
    assert answer.status_code == 302
    assert answer.location.startswith("/actions/")
    several = reader.get("/search?q=2020-001")
    codes = several.all_of(".hit-head .code")
    assert {"U-2020-001", "R-2020-001"} <= set(codes[:3])
