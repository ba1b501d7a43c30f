import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.core.places import between, nth


@given(st.lists(st.floats(0, 1), max_size=80))
def test_keys_stay_in_order_and_never_end_in_zero(where: list[float]) -> None:
    keys: list[str] = []
    for share in where:
        at = round(share * len(keys))
        key = between(keys[at - 1] if at else None, keys[at] if at < len(keys) else None)
        keys.insert(at, key)
        assert len(key) == 8 or not key.endswith("0")

    assert keys == sorted(set(keys))


@pytest.mark.parametrize("side", ["front", "before the last", "after the first"])
def test_a_thousand_insertions_at_one_spot_need_short_keys(side: str) -> None:
    keys = [nth(1), nth(2)]
    for _ in range(1000):
        at = {"front": 0, "before the last": len(keys) - 1, "after the first": 1}[side]
        keys.insert(at, between(keys[at - 1] if at else None, keys[at]))

    assert keys == sorted(set(keys))
    assert max(map(len, keys)) < 220


def test_rows_appended_at_the_end_are_numbered_consecutively() -> None:
    assert [between(None, None), between(nth(1), None), between("00000002V", None)] == [nth(1), nth(2), nth(3)]


def test_the_gap_of_a_removed_row_is_used_first() -> None:
    assert between(nth(1), nth(3)) == nth(2)


def test_nothing_can_be_inserted_between_equal_keys() -> None:
    with pytest.raises(ValueError, match="does not come before"):
        between(nth(1), nth(1))


def test_random_moves_keep_the_order() -> None:
    chance, keys = random.Random(7), [nth(number) for number in range(1, 31)]
    for _ in range(2000):
        keys.pop(chance.randrange(len(keys)))
        at = chance.randrange(len(keys) + 1)
        keys.insert(at, between(keys[at - 1] if at else None, keys[at] if at < len(keys) else None))
    assert keys == sorted(set(keys))
