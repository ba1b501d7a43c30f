from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.targets.rules import (
    STATES,
    Change,
    Lacking,
    Polarity,
    TargetKind,
    TargetState,
    achievement,
    average,
    can_move,
    differences,
    gap,
    lacking,
)

numbers = st.decimals(min_value=-(10**15), max_value=10**15, allow_nan=False, allow_infinity=False, places=12)
above_zero = st.decimals(min_value=Decimal("1e-12"), max_value=10**15, allow_nan=False, places=12)
polarities = st.sampled_from(Polarity)


@pytest.mark.parametrize(
    ("actual", "target", "polarity", "upper", "percent"),
    [
        # The vectors of domain.md 3.3.
        ("6.5", "7", Polarity.MINIMISE, None, "107.14"),
        ("9", "8", Polarity.MINIMISE, None, "87.50"),
        ("70", "80", Polarity.MAXIMISE, None, "87.50"),
        ("92", "90", Polarity.MAXIMISE, None, "102.22"),
        ("60", "50", Polarity.MAXIMISE, None, "120.00"),
        ("0", "50", Polarity.MAXIMISE, None, "0.00"),
        ("25", "10", Polarity.MINIMISE, None, "-50.00"),
        ("5", "4", Polarity.RANGE, "6", "100.00"),
        ("9", "4", Polarity.RANGE, "6", "50.00"),
        ("3", "4", Polarity.RANGE, "6", "75.00"),
        ("5", "5", Polarity.STABILISE, None, "100.00"),
        ("6", "5", Polarity.STABILISE, None, "80.00"),
        ("4", "5", Polarity.STABILISE, "9", "80.00"),
        ("0", "0", Polarity.RANGE, "0", "100.00"),
        ("1", "8", Polarity.MAXIMISE, None, "12.50"),
        ("0.33335", "1", Polarity.MAXIMISE, None, "33.34"),
        (None, "50", Polarity.MAXIMISE, None, None),
        ("45", None, Polarity.MAXIMISE, None, None),
        ("45", "50", None, None, None),
        ("45", "0", Polarity.MAXIMISE, None, None),
        ("0", "0", Polarity.MINIMISE, None, None),
        ("1", "0", Polarity.STABILISE, None, None),
        ("-5", "-10", Polarity.MAXIMISE, None, None),
    ],
)
def test_achievement(
    actual: str | None, target: str | None, polarity: Polarity, upper: str | None, percent: str | None
) -> None:
    given_numbers = [Decimal(text) if text is not None else None for text in (actual, target, upper)]
    found = achievement(given_numbers[0], given_numbers[1], polarity, given_numbers[2])

    assert found == (Decimal(percent) if percent is not None else None)


@given(
    actual=st.none() | numbers, target=st.none() | numbers, polarity=st.none() | polarities, upper=st.none() | numbers
)
def test_what_is_unknown_is_never_zero_nor_a_hundred(
    actual: Decimal | None, target: Decimal | None, polarity: Polarity | None, upper: Decimal | None
) -> None:
    found = achievement(actual, target, polarity, upper)

    if None in (actual, target, polarity):
        assert found is None
        assert gap(actual, target, polarity, upper) is None
    if polarity in {Polarity.MAXIMISE, Polarity.MINIMISE} and target is not None and target <= 0:
        assert found is None


@given(actual=numbers, target=above_zero)
def test_achievement_is_exact_to_half_a_hundredth(actual: Decimal, target: Decimal) -> None:
    exact = Fraction(actual) / Fraction(target) * 100

    assert abs(Fraction(achievement(actual, target, Polarity.MAXIMISE)) - exact) <= Fraction(1, 200)
    assert abs(Fraction(achievement(actual, target, Polarity.MINIMISE)) - (200 - exact)) <= Fraction(1, 200)


@given(one=numbers, other=numbers, target=above_zero)
def test_more_is_never_worse_where_more_is_better_nor_better_where_less_is(
    one: Decimal, other: Decimal, target: Decimal
) -> None:
    low, high = sorted((one, other))

    assert achievement(low, target, Polarity.MAXIMISE) <= achievement(high, target, Polarity.MAXIMISE)
    assert achievement(low, target, Polarity.MINIMISE) >= achievement(high, target, Polarity.MINIMISE)


@given(actual=numbers, target=above_zero, width=st.decimals(min_value=0, max_value=1000, places=3), polarity=polarities)
def test_no_gap_is_full_achievement_and_a_gap_is_not(
    actual: Decimal, target: Decimal, width: Decimal, polarity: Polarity
) -> None:
    upper = target + width
    percent, missed = achievement(actual, target, polarity, upper), gap(actual, target, polarity, upper)

    assert missed >= 0
    assert (percent >= 100) if missed == 0 else (percent <= 100)


@given(known=st.lists(st.none() | st.decimals(min_value=-500, max_value=500, places=2)))
def test_the_unknown_never_enters_an_average(known: list[Decimal | None]) -> None:
    measured = [percent for percent in known if percent is not None]

    assert average(known) == average(measured)
    assert (average(known) is None) == (not measured)
    if measured:
        assert min(measured) <= average(known) <= max(measured)


def test_a_document_goes_from_draft_to_enacted_and_never_back() -> None:
    following = {
        before: {to for to in STATES[TargetKind.DOCUMENT] if can_move(TargetKind.DOCUMENT, before, to)}
        for before in STATES[TargetKind.DOCUMENT]
    }

    assert following == {
        TargetState.DRAFT: {TargetState.PROPOSED},
        TargetState.PROPOSED: {TargetState.DRAFT, TargetState.ENACTED},
        TargetState.ENACTED: {TargetState.SUPERSEDED},
        TargetState.SUPERSEDED: set(),
    }


def test_what_an_indicator_lacks_is_named() -> None:
    assert lacking("%", "a / b", has_value=True) == []
    assert lacking("%", "a / b", has_value=False) == [Lacking.VALUE]
    assert lacking(None, "", has_value=False) == [Lacking.UNIT, Lacking.FORMULA, Lacking.VALUE]


@given(before=st.dictionaries(st.integers(), st.integers()), after=st.dictionaries(st.integers(), st.integers()))
def test_differences_turn_one_version_into_the_other(before: dict[int, int], after: dict[int, int]) -> None:
    made = dict(before)
    for one in differences(before, after):
        if one.change is Change.REMOVED:
            del made[one.key]
        else:
            made[one.key] = one.after

    assert made == after
    assert differences(before, before) == []
