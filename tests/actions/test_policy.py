from dataclasses import replace

import pytest

from tests.policies import A, P, R, S, allowed, somebody
from tracker.actions import policy
from tracker.actions.models import ActionItem
from tracker.actions.rules import NEXT, ActionStatus
from tracker.core.actor import Role

PERSON, UNIT = 7, 3
St = ActionStatus


def action(status: ActionStatus = St.IN_PROGRESS, finished_by: int | None = None) -> ActionItem:
    return ActionItem(status=status, pic_id=PERSON, responsible_unit_id=UNIT, finished_by_id=finished_by)


def test_who_may_do_what_with_every_action() -> None:
    assert allowed(policy.may_assign) == {S}
    assert allowed(policy.may_edit) == {S, R}
    assert allowed(policy.may_move_due_date) == {S, R}
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


def test_nobody_answers_what_they_asked_themselves() -> None:
    assert allowed(lambda actor: policy.may_answer(actor, 2)) == {S, R}
    assert allowed(lambda actor: policy.may_answer(actor, None)) == {S, R}
    assert allowed(lambda actor: policy.may_answer(actor, 1)) == set()
    assert policy.may_answer(replace(somebody(R), account_id=None), None)


def test_a_reviewer_verifies_but_neither_the_pic_nor_who_finished_it() -> None:
    assert allowed(lambda actor: policy.may_verify(actor, action())) == {R}
    assert allowed(lambda actor: policy.may_verify(actor, action()), person=PERSON) == set()
    assert allowed(lambda actor: policy.may_verify(actor, action(finished_by=1))) == set()
    assert allowed(lambda actor: policy.may_verify(actor, action(finished_by=2))) == {R}


@pytest.mark.parametrize("before", ActionStatus)
def test_each_step_by_who_may_take_it(before: ActionStatus) -> None:
    found = {to: allowed(lambda actor, to=to: policy.may_move(actor, action(before), to)) for to in NEXT[before]}

    by_review = {St.COMPLETED} | ({St.IN_PROGRESS} if before in {St.COMPLETED, St.AWAITING_VERIFICATION} else set())
    assert found == {to: {R} if to in by_review else {S, R} for to in NEXT[before]}


def test_the_pic_reports_but_does_not_cancel() -> None:
    own = {to for to in ActionStatus if policy.may_move(somebody(person=PERSON), action(), to)}

    assert own == {St.NOT_STARTED, St.IN_PROGRESS, St.AWAITING_VERIFICATION}
