from datetime import date, timedelta

import pytest

from tracker.actions.rules import (
    CLOSED,
    OPEN,
    ActionStatus,
    can_move,
    days_late,
    is_due_soon,
    needs_reason,
    soon_until,
)

A = ActionStatus
TODAY = date(2026, 11, 24)
GRID = {
    A.NOT_STARTED: {A.IN_PROGRESS, A.AWAITING_VERIFICATION, A.NOT_ACTIONABLE, A.CANCELLED},
    A.IN_PROGRESS: {A.AWAITING_VERIFICATION, A.NOT_ACTIONABLE, A.CANCELLED},
    A.AWAITING_VERIFICATION: {A.COMPLETED, A.IN_PROGRESS, A.NOT_ACTIONABLE, A.CANCELLED},
    A.COMPLETED: {A.IN_PROGRESS},
    A.NOT_ACTIONABLE: set(),
    A.CANCELLED: set(),
}


@pytest.mark.parametrize("before", A)
def test_the_allowed_transitions(before: ActionStatus) -> None:
    assert {after for after in A if can_move(before, after)} == GRID[before]


def test_only_an_action_awaiting_verification_can_be_completed() -> None:
    assert [before for before in A if can_move(before, A.COMPLETED)] == [A.AWAITING_VERIFICATION]


@pytest.mark.parametrize("status", A)
@pytest.mark.parametrize(("days", "late"), [(-1, True), (0, False), (1, False)])
def test_an_open_action_due_before_today_is_overdue(status: ActionStatus, days: int, late: bool) -> None:
    assert (days_late(status, TODAY + timedelta(days=days), TODAY) > 0) is (late and status in OPEN)


def test_an_action_without_due_date_is_neither_overdue_nor_due_soon() -> None:
    assert days_late(A.IN_PROGRESS, None, TODAY) == 0
    assert not is_due_soon(A.IN_PROGRESS, None, TODAY, TODAY)


@pytest.mark.parametrize(("days", "soon"), [(-1, False), (0, True), (7, True), (8, False)])
def test_due_soon_is_from_today_until_five_working_days_ahead(days: int, soon: bool) -> None:
    assert is_due_soon(A.NOT_STARTED, TODAY + timedelta(days=days), TODAY, soon_until(TODAY, 5, ())) is soon


def test_days_off_extend_due_soon() -> None:
    off = {date(2020, 10, 28), date(2020, 10, 29), date(2020, 10, 30)}

    assert soon_until(date(2020, 10, 27), 5, off) == date(2020, 11, 6)
    assert soon_until(date(2020, 10, 27), 5, ()) == date(2020, 11, 3)


def test_giving_up_and_sending_back_need_a_reason() -> None:
    with_reason = {(before, after) for before in A for after in GRID[before] if needs_reason(before, after)}

    giving_up = {(before, after) for before in A for after in GRID[before] & {A.NOT_ACTIONABLE, A.CANCELLED}}
    sending_back = {(A.AWAITING_VERIFICATION, A.IN_PROGRESS), (A.COMPLETED, A.IN_PROGRESS)}
    assert with_reason == giving_up | sending_back
    assert set(A) == OPEN | CLOSED
