import pytest

from tracker.accounts.rules import password_fault


@pytest.mark.parametrize(
    ("password", "fault"),
    [("Xq7#mV2w!Lr9zK", "short"), ("Xq7#mV2w!Lr9zKp", None), ("rapatrapatrapat1", "guessable"),
     ("Xq7#mV2budi!Lr9zKp", "guessable"), ("Xq7#mV2w!Lr9zKp" * 14, "long")],
)  # fmt: skip
def test_a_password_is_long_and_neither_guessable_nor_the_username(password: str, fault: str | None) -> None:
    assert password_fault(password, "budi") == fault
