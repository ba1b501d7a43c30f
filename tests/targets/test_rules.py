from decimal import Decimal

import pytest

from tracker.targets.rules import STATES, Polarity, TargetKind, TargetState, achievement, can_move, is_measurable


@pytest.mark.parametrize(
    ("actual", "target", "polarity", "upper", "percent"),
    [
        (Decimal(45), Decimal(50), Polarity.MAXIMISE, None, Decimal("90.00")),
        (Decimal(60), Decimal(50), Polarity.MAXIMISE, None, Decimal("120.00")),
        (Decimal(0), Decimal(50), Polarity.MAXIMISE, None, Decimal("0.00")),
        (Decimal(12), Decimal(10), Polarity.MINIMISE, None, Decimal("80.00")),
        (Decimal(8), Decimal(10), Polarity.MINIMISE, None, Decimal("120.00")),
        (Decimal(25), Decimal(10), Polarity.MINIMISE, None, Decimal("-50.00")),
        (Decimal(5), Decimal(4), Polarity.RANGE, Decimal(6), Decimal("100.00")),
        (Decimal(9), Decimal(4), Polarity.RANGE, Decimal(6), Decimal("50.00")),
        (Decimal(3), Decimal(4), Polarity.RANGE, Decimal(6), Decimal("75.00")),
        (None, Decimal(50), Polarity.MAXIMISE, None, None),
        (Decimal(45), None, Polarity.MAXIMISE, None, None),
        (Decimal(45), Decimal(50), None, None, None),
        (Decimal(45), Decimal(0), Polarity.MAXIMISE, None, None),
        (Decimal(1), Decimal(3), Polarity.MAXIMISE, None, Decimal("33.33")),
    ],
)
def test_achievement(
    actual: Decimal, target: Decimal, polarity: Polarity, upper: Decimal, percent: Decimal | None
) -> None:
    assert achievement(actual, target, polarity, upper) == percent


def test_an_enacted_document_never_becomes_a_draft_again() -> None:
    following = {to for to in STATES[TargetKind.DOCUMENT] if can_move(TargetKind.DOCUMENT, TargetState.ENACTED, to)}

    assert following == {TargetState.SUPERSEDED}


def test_an_indicator_is_measurable_only_with_unit_formula_and_value() -> None:
    assert is_measurable("%", "a / b", has_value=True)
    assert not is_measurable("%", "a / b", has_value=False)
    assert not is_measurable(None, "a / b", has_value=True)
    assert not is_measurable("%", "", has_value=True)
