import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.core.texts import characters, cut, joined, matched, storable


@given(st.text(max_size=60), st.integers(0, 60))
def test_the_parts_of_a_split_text_add_up_to_it(text: str, offset: int) -> None:
    parts = cut(text, offset)

    if parts is None:
        assert not text[:offset].strip() or not text[offset:].strip()
    else:
        assert parts[0] + parts[1] == text


@pytest.mark.parametrize("text", ["Baik. Kita lanjut.", "satu\ndua", "tanda “kutip” utuh"])
def test_a_text_cut_at_a_space_and_joined_is_the_same(text: str) -> None:
    at = text.index(" ") if " " in text else text.index("\n")
    for offset in (at, at + 1):
        assert joined(*cut(text, offset)) == text


def test_texts_joined_without_a_space_get_one() -> None:
    assert joined("Baik.", "Lanjut.") == "Baik. Lanjut."


def test_a_caret_after_surrogate_pairs_is_converted() -> None:
    text = "👍👍 setuju"

    assert [characters(text, units) for units in (0, 2, 4, 5, 99)] == [0, 1, 2, 3, len(text)]
    assert characters(text, 1) == 0


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("abc", "abc", [0, 1, 2]),
        ("abc", "aXc", [0, 1, 2]),
        ("abc", "bc", [1, 2]),
        ("abc", "bcZ", [1, 2, None]),
        ("abc", "Zabc", [None, 0, 1, 2]),
        ("abc", "cab", [2, 0, 1]),
        ("abc", "", []),
        ("", "ab", [None, None]),
        ("aab", "aba", [0, 2, 1]),
        ("ab", "XYZ", [0, 1, None]),
    ],
)
def test_entries_of_a_list_are_matched(before: str, after: str, found: list[int | None]) -> None:
    assert matched(list(before), list(after)) == found


@pytest.mark.parametrize("sign", ["\0", "\x0b", "\x7f", "\x86", "\ud800", "\ufdd0", "\uffff", "\U0001fffe"])
def test_signs_that_no_database_stores_or_no_page_shows_are_marked(sign: str) -> None:
    assert storable(f"a{sign}é\n") == "a�é\n"
