from collections.abc import Callable
from datetime import date

import pytest

from tests.policies import A, P, R, S, allowed, somebody
from tracker.actions import policy
from tracker.actions.changes import policy as changes
from tracker.actions.models import ActionItem
from tracker.actions.rules import NEXT, ActionStatus
from tracker.audit.rules import Part
from tracker.core.actor import Actor, Role

PERSON, UNIT = 7, 3
NONE: frozenset[Part] = frozenset()
St = ActionStatus


def action(status: ActionStatus = St.IN_PROGRESS, due_on: date | None = date(2026, 1, 5)) -> ActionItem:
    return ActionItem(status=status, pic_id=PERSON, responsible_unit_id=UNIT, due_on=due_on)


def test_roles_that_may_assign_edit_and_set_due_soon() -> None:
    assert allowed(policy.may_assign) == {S}
    assert allowed(policy.may_edit) == {S, R}
    assert allowed(policy.may_set_due_soon) == {A, R}


def test_an_action_is_ones_own_for_its_pic_and_for_pics_of_its_unit() -> None:
    of_the_unit = frozenset({UNIT})

    assert policy.is_own(somebody(person=PERSON), action())
    assert not policy.is_own(somebody(person=8), action())
    assert not policy.is_own(somebody(person=None), ActionItem(pic_id=None, responsible_unit_id=None))
    assert allowed(lambda actor: policy.is_own(actor, action()), units=of_the_unit) == {P}
    assert allowed(lambda actor: policy.may_report(actor, action()), units=of_the_unit) == {P, S, R}
    assert allowed(lambda actor: policy.may_report(actor, action())) == {S, R}
    assert allowed(lambda actor: policy.may_report(actor, action()), person=PERSON) == set(Role)


@pytest.mark.parametrize("part", Part)
def test_nobody_judges_an_action_in_which_they_had_a_part(part: Part) -> None:
    parts, reviewers, editors = {part}, {R}, {S, R}

    def of(may: Callable[[Actor], bool]) -> set[Role]:
        return allowed(may, person=PERSON)

    assert of(lambda actor: policy.may_verify(actor, parts)) == (
        set() if part in {Part.IN_CHARGE, Part.REPORTED} else reviewers
    )
    assert of(lambda actor: policy.may_give_up(actor, parts)) == (set() if part is Part.IN_CHARGE else editors)
    is_dated_by_others = part in {Part.IN_CHARGE, Part.ASKED}
    assert of(lambda actor: changes.may_answer(actor, parts)) == (set() if is_dated_by_others else editors)
    assert of(lambda actor: policy.may_move_due_date(actor, action(), parts)) == (
        set() if is_dated_by_others else editors
    )
    assert of(lambda actor: policy.may_move_due_date(actor, action(due_on=None), parts)) == editors
    is_theirs = part in {Part.IN_CHARGE, Part.REPORTED, Part.ASKED}
    assert of(lambda actor: policy.leaves_to_others(actor, parts)) == (editors if is_theirs else set())


@pytest.mark.parametrize("before", ActionStatus)
def test_completing_and_sending_back_are_only_for_reviewers(before: ActionStatus) -> None:
    roles = {to: allowed(lambda actor, to=to: policy.may_move(actor, action(before), to, NONE)) for to in NEXT[before]}

    by_review = {St.COMPLETED} | ({St.IN_PROGRESS} if before in {St.COMPLETED, St.AWAITING_VERIFICATION} else set())
    assert roles == {to: {R} if to in by_review else {S, R} for to in NEXT[before]}


def test_the_pic_reports_but_does_not_cancel() -> None:
    own = {to for to in ActionStatus if policy.may_move(somebody(person=PERSON), action(), to, NONE)}

    assert own == {St.NOT_STARTED, St.IN_PROGRESS, St.AWAITING_VERIFICATION}


@pytest.mark.parametrize("part", Part)
def test_the_secretariat_records_that_history_was_verified_unless_it_had_a_part(part: Part) -> None:
    row = action(St.AWAITING_VERIFICATION)
    assert allowed(lambda actor: policy.may_record_verified(actor, row, {part})) == set()

    row.history_until = date(2026, 11, 25)
    recorders = set() if part in {Part.IN_CHARGE, Part.REPORTED} else {S}
    assert allowed(lambda actor: policy.may_record_verified(actor, row, {part})) == recorders
    assert allowed(lambda actor: policy.may_move(actor, row, St.COMPLETED, {part})) == (recorders and {S, R})
