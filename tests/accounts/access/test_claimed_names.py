"""The name that an office sign-in claims is shown to administrators as one honest line."""

import pytest

from tracker.accounts.access.rules import LONGEST_NAME, claimed_name

NAMES = {
    "Budi  Santoso\n": "Budi Santoso",
    "Dr. Siti N\u00f4r, S.H.": "Dr. Siti N\u00f4r, S.H.",
    "I Gusti (Kemenham) 2": "I Gusti (Kemenham) 2",
    "Budi\u202e otnaS": "Budi otnaS",
    "Bu\u200bdi\x00\x1b[31m": "Budi[31m",
    "\uff22udi": "Budi",
    "Budi\u2028Admin": "Budi Admin",
    "\u0412udi": None,
    "B\u03bfdi": None,
    "\u202e\u200b": None,
    "": None,
}


@pytest.mark.parametrize(("claim", "name"), NAMES.items(), ids=map(ascii, NAMES))
def test_a_claimed_name_is_read_as_it_is(claim: str, name: str | None) -> None:
    assert claimed_name(claim) == name


@pytest.mark.parametrize("claim", [None, 7, ["Budi"], {"name": "Budi"}], ids=repr)
def test_what_is_no_text_is_no_name(claim: object) -> None:
    assert claimed_name(claim) is None


def test_a_claimed_name_is_bounded() -> None:
    assert len(claimed_name("a" * 1_000_000) or "") == LONGEST_NAME
    assert len(claimed_name("\ufdfa" * 1_000) or "") <= LONGEST_NAME
