import pytest

from tracker.accounts.rules import named_in, password_fault


@pytest.mark.parametrize(
    ("password", "fault"),
    [("Xq7#mV2w!Lr9zK", "short"), ("Xq7#mV2w!Lr9zKp", None), ("rapatrapatrapat1", "guessable"),
     ("Xq7#mV2w!Lr9zKp" * 14, "long")],
)  # fmt: skip
def test_a_password_is_long_and_neither_guessable_nor_the_username(password: str, fault: str | None) -> None:
    assert password_fault(password, "budi") == fault


@pytest.mark.parametrize(
    ("password", "username", "name"),
    [("sandi-awal-yang-panjang-1", "andi", None), ("hujan-andi-lewat-pasar-9", "andi", None),
     ("lewat-SANTOSO2-pasar-hujan", "budi.santoso", "santoso"), ("kesantosoan-lewat-pasar-hujan", "budi.santoso", None),
     ("hujan_198501012010011001_pasar", "198501012010011001", "198501012010011001")],
)  # fmt: skip
def test_only_whole_and_long_parts_of_the_username_are_refused_in_a_password(
    password: str, username: str, name: str | None
) -> None:
    assert named_in(password, username) == name
    assert password_fault(password, username) == ("named" if name else None)
