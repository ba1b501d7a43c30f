from collections.abc import Callable
from datetime import date

import pytest

from tests.policies import A, P, R, S, allowed, somebody
from tracker.actions import policy
from tracker.actions.models import ActionItem
from tracker.actions.rules import NEXT, ActionStatus
from tracker.audit.rules import Part
from tracker.core.actor import Actor, Role

PERSON, UNIT = 7, 3
NONE: frozenset[Part] = frozenset()
St = ActionStatus


def action(status: ActionStatus = St.IN_PROGRESS, due_on: date | None = date(2026, 1, 5)) -> ActionItem:
    return ActionItem(status=status, pic_id=PERSON, responsible_unit_id=UNIT, due_on=due_on)


def test_who_may_do_what_with_every_action() -> None:
    assert allowed(policy.may_assign) == {S}
    assert allowed(policy.may_edit) == {S, R}
    assert allowed(policy.may_set_due_soon) == {A, R}


def test_an_action_is_its_pics_own_and_that_of_the_pics_of_its_unit() -> None:
    of_the_unit = frozenset({UNIT})

    assert policy.is_own(somebody(person=PERSON), action())
    assert not policy.is_own(somebody(person=8), action())
    assert not policy.is_own(somebody(person=None), ActionItem(pic_id=None, responsible_unit_id=None))
    assert allowed(lambda actor: policy.is_own(actor, action()), units=of_the_unit) == {P}
    assert allowed(lambda actor: policy.may_report(actor, action()), units=of_the_unit) == {P, S, R}
    assert allowed(lambda actor: policy.may_report(actor, action())) == {S, R}
    assert allowed(lambda actor: policy.may_report(actor, action()), person=PERSON) == set(Role)


@pytest.mark.parametrize("part", Part)
def test_nobody_judges_what_they_had_a_part_in(part: Part) -> None:
    had, by_reviewer, by_keepers = {part}, {R}, {S, R}

    def of(may: Callable[[Actor], bool]) -> set[Role]:
        return allowed(may, person=PERSON)

    assert of(lambda actor: policy.may_verify(actor, had)) == (
        set() if part in {Part.IN_CHARGE, Part.REPORTED} else by_reviewer
    )
    assert of(lambda actor: policy.may_give_up(actor, had)) == (set() if part is Part.IN_CHARGE else by_keepers)
    is_dated_by_others = part in {Part.IN_CHARGE, Part.ASKED}
    assert of(lambda actor: policy.may_answer(actor, had)) == (set() if is_dated_by_others else by_keepers)
    assert of(lambda actor: policy.may_move_due_date(actor, action(), had)) == (
        set() if is_dated_by_others else by_keepers
    )
    assert of(lambda actor: policy.may_move_due_date(actor, action(due_on=None), had)) == by_keepers
    is_theirs = part in {Part.IN_CHARGE, Part.REPORTED, Part.ASKED}
    assert of(lambda actor: policy.leaves_to_others(actor, had)) == (by_keepers if is_theirs else set())


@pytest.mark.parametrize("before", ActionStatus)
def test_each_step_by_who_may_take_it(before: ActionStatus) -> None:
    found = {to: allowed(lambda actor, to=to: policy.may_move(actor, action(before), to, NONE)) for to in NEXT[before]}

    by_review = {St.COMPLETED} | ({St.IN_PROGRESS} if before in {St.COMPLETED, St.AWAITING_VERIFICATION} else set())
    assert found == {to: {R} if to in by_review else {S, R} for to in NEXT[before]}


def test_the_pic_reports_but_does_not_cancel() -> None:
    own = {to for to in ActionStatus if policy.may_move(somebody(person=PERSON), action(), to, NONE)}

    assert own == {St.NOT_STARTED, St.IN_PROGRESS, St.AWAITING_VERIFICATION}
