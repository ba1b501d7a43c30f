from decimal import Decimal as D

import pytest

from tracker.targets.rules import STATES, TargetKind, TargetState, achievement, can_move, is_measurable
from tracker.targets.rules import Polarity as P


@pytest.mark.parametrize(
    ("actual", "target", "polarity", "upper", "percent"),
    [
        (D(45), D(50), P.MAXIMISE, None, D("90.00")),
        (D(60), D(50), P.MAXIMISE, None, D("120.00")),
        (D(0), D(50), P.MAXIMISE, None, D("0.00")),
        (D(12), D(10), P.MINIMISE, None, D("80.00")),
        (D(8), D(10), P.MINIMISE, None, D("120.00")),
        (D(25), D(10), P.MINIMISE, None, D("-50.00")),
        (D(5), D(4), P.RANGE, D(6), D("100.00")),
        (D(9), D(4), P.RANGE, D(6), D("50.00")),
        (D(3), D(4), P.RANGE, D(6), D("75.00")),
        (None, D(50), P.MAXIMISE, None, None),
        (D(45), None, P.MAXIMISE, None, None),
        (D(45), D(50), None, None, None),
        (D(45), D(0), P.MAXIMISE, None, None),
        (D(1), D(3), P.MAXIMISE, None, D("33.33")),
    ],
)
def test_achievement(actual: D, target: D, polarity: P, upper: D, percent: D) -> None:
    assert achievement(actual, target, polarity, upper) == percent


def test_an_enacted_document_never_becomes_a_draft_again() -> None:
    following = {to for to in STATES[TargetKind.DOCUMENT] if can_move(TargetKind.DOCUMENT, TargetState.ENACTED, to)}

    assert following == {TargetState.SUPERSEDED}


def test_an_indicator_is_measurable_only_with_unit_formula_and_value() -> None:
    assert is_measurable("%", "a / b", has_value=True)
    assert not is_measurable("%", "a / b", has_value=False)
    assert not is_measurable(None, "a / b", has_value=True)
    assert not is_measurable("%", "", has_value=True)
