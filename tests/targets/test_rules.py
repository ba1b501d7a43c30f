from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.targets.rules import (
    STATES,
    Change,
    Doubt,
    Lacking,
    Outcome,
    Polarity,
    Result,
    TargetKind,
    TargetState,
    achievement,
    average,
    can_move,
    deviation,
    differences,
    doubts,
    is_reached,
    lacking,
    limits,
    outcomes,
    period_end,
    stated_amount,
    stated_change,
    summary,
)

numbers = st.decimals(min_value=-(10**15), max_value=10**15, allow_nan=False, allow_infinity=False, places=12)
above_zero = st.decimals(min_value=Decimal("1e-12"), max_value=10**15, allow_nan=False, places=12)
polarities = st.sampled_from(Polarity)


@pytest.mark.parametrize(
    ("actual", "target", "polarity", "upper", "percent"),
    [
        # Worked examples.
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
        assert deviation(actual, target, polarity, upper) is None
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
def test_a_target_is_reached_exactly_at_full_achievement(
    actual: Decimal, target: Decimal, width: Decimal, polarity: Polarity
) -> None:
    upper = target + width
    percent, far = achievement(actual, target, polarity, upper), deviation(actual, target, polarity, upper)

    assert (percent >= 100) if is_reached(far, polarity) else (percent <= 100)


@pytest.mark.parametrize(
    ("actual", "target", "polarity", "upper", "far", "reached"),
    [
        ("69.5", "70", Polarity.MAXIMISE, None, "-0.5", False),
        ("71.2", "70", Polarity.MAXIMISE, None, "1.2", True),
        ("6.5", "7", Polarity.MINIMISE, None, "-0.5", True),
        ("9", "7", Polarity.MINIMISE, None, "2", False),
        ("69.5", "70", Polarity.RANGE, "78", "-0.5", False),
        ("74", "70", Polarity.RANGE, "78", "0", True),
        ("79", "70", Polarity.RANGE, "78", "1", False),
        ("4", "5", Polarity.STABILISE, None, "-1", False),
        ("-3", "-5", Polarity.MAXIMISE, None, "2", True),
    ],
)
def test_a_value_is_above_or_below_its_target(
    actual: str, target: str, polarity: Polarity, upper: str | None, far: str, reached: bool
) -> None:
    found = deviation(Decimal(actual), Decimal(target), polarity, Decimal(upper) if upper else None)

    assert found == Decimal(far)
    assert is_reached(found, polarity) is reached


THIRD_QUARTER = date(2026, 9, 30)


def doubted(unit: str, former: list[int] | None = None, ends_on: date = THIRD_QUARTER, **values: str) -> list[object]:
    given_numbers = {name: Decimal(text) for name, text in values.items()}
    return doubts(given_numbers, unit_of_measure=unit, former=[Decimal(one) for one in former or []], ends_on=ends_on,
                  today=date(2026, 11, 28))  # fmt: skip


@pytest.mark.parametrize("unit", ["persen", "%", "Persen (%)", "percent", "per cent"])
def test_percentages_outside_0_to_100_are_asked_about(unit: str) -> None:
    actual, target, upper = (
        f"{name}_value" if name != "upper" else "target_upper" for name in ("actual", "target", "upper")
    )

    assert doubted(unit, actual_value="1234.5") == [(actual, Doubt.NO_PERCENTAGE)]
    assert doubted(unit, target_value="100", target_upper="108") == [(upper, Doubt.NO_PERCENTAGE)]
    assert doubted(unit, target_value="-0.1") == [(target, Doubt.NO_PERCENTAGE)]
    assert doubted(unit, actual_value="0", target_value="100", former=[50]) == []


def test_negative_values_jumps_and_periods_not_over_are_asked_about() -> None:
    assert doubted("dokumen", actual_value="-3", former=[3]) == [("actual_value", Doubt.NEGATIVE)]
    assert doubted("derajat", actual_value="-3", former=[-1]) == [], "an earlier one is negative, too"
    assert doubted("dokumen", actual_value="120", former=[5, 12]) == [("actual_value", Doubt.JUMP)]
    assert doubted("dokumen", actual_value="119", former=[5, 12]) == []
    assert doubted("dokumen", actual_value="1", former=[12]) == [("actual_value", Doubt.JUMP)]
    assert doubted("dokumen", actual_value="120", target_value="12") == [("actual_value", Doubt.JUMP)]
    assert doubted("dokumen", actual_value="12", former=[0]) == []
    assert doubted("persen", actual_value="90", former=[39]) == [("actual_value", Doubt.JUMP)]
    assert doubted("dokumen", actual_value="3", ends_on=date(2026, 12, 31)) == [("actual_value", Doubt.NOT_ENDED)]
    assert doubted("dokumen", actual_value="3", ends_on=date(2026, 11, 28)) == [("actual_value", Doubt.NOT_ENDED)]
    assert doubted("dokumen", target_value="3", ends_on=date(2026, 12, 31)) == [], "a target lies ahead"
    assert (period_end(2026, 12), period_end(2024, 2)) == (date(2026, 12, 31), date(2024, 2, 29))


def result(month: int | None, percent: int | None, *, in_force: bool = True, reached: bool = False) -> Result:
    moment = (2026, month, month) if month else None
    achieved = Decimal(percent) if percent is not None else None
    return Result(is_in_force=in_force, moment=moment, achievement=achieved, is_reached=reached)


def test_a_summary_speaks_of_one_period_and_of_what_is_in_force() -> None:
    results = [
        result(9, 99), result(9, 101, reached=True), result(9, 97), result(9, 98), result(6, 140, reached=True),
        result(None, None), result(9, None), result(12, 200, in_force=False, reached=True),
    ]  # fmt: skip

    found = summary(results)

    assert outcomes(results) == [Outcome.MISSED, Outcome.REACHED, Outcome.MISSED, Outcome.MISSED, Outcome.EARLIER,
                                 Outcome.UNMEASURED, Outcome.UNMEASURED, Outcome.NOT_IN_FORCE]  # fmt: skip
    assert (found.period, found.compared, found.average) == ((2026, 9), 4, Decimal("98.75"))
    assert sum(found.number.values()) == len(results)
    assert summary([result(None, None)]).average is None


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


@pytest.mark.parametrize(
    ("polarity", "upper", "expected"),
    [
        (Polarity.MAXIMISE, None, ("7", None)),
        (Polarity.MINIMISE, None, (None, "7")),
        (Polarity.RANGE, "9", ("7", "9")),
        (Polarity.RANGE, None, ("7", "7")),
        (Polarity.STABILISE, None, ("7", "7")),
        (None, None, ("7", "7")),
    ],
)
def test_a_target_limits_its_values_by_what_is_better(
    polarity: Polarity | None, upper: str | None, expected: tuple[str | None, str | None]
) -> None:
    assert limits(Decimal("7"), upper and Decimal(upper), polarity) == tuple(one and Decimal(one) for one in expected)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("+2 poin persen per triwulan", "2"), ("−2 poin persen", "-2"), ("-1,5", "-1.5"), ("0,5 poin", "0.5"),
        ("1.500,25 rupiah", "1500.25"), ("1.5 percent", "1.5"), ("12 laporan", "12"), ("lebih cepat", None), ("", None),
        (None, None), ("B06 2026", None),
    ],
)  # fmt: skip
def test_a_sentence_that_begins_with_a_number_states_it(text: str | None, amount: str | None) -> None:
    assert stated_amount(text) == (None if amount is None else Decimal(amount))


def test_a_change_is_stated_or_lies_between_two_values() -> None:
    assert stated_change("+2 poin", "10", "15") == 2
    assert stated_change("lebih cepat", "10", "12,5") == Decimal("2.5")
    assert stated_change(None, "10", None) is None
    assert stated_change(None, None, None) is None
