from datetime import date

import pytest

from tests.policies import D, R, S, allowed
from tracker.audit.rules import Part
from tracker.core.actor import Role
from tracker.proposals import policy
from tracker.proposals.models import Proponent, Proposal
from tracker.proposals.rules import NEXT, REOPENABLE, ProposalStatus

PERSON = 7
St = ProposalStatus
STEPS = {
    St.UNDER_DISCUSSION: {S, R, D}, St.APPROVED: {S, D}, St.REJECTED: {S, D}, St.DEFERRED: {S, D, R},
    St.IN_FOLLOW_UP: {S, R}, St.REALISED: {R, D}, St.NOT_ACTIONABLE: {S, D}, St.MERGED: {S, R}, St.WITHDRAWN: {S},
}  # fmt: skip


def proposal(status: ProposalStatus) -> Proposal:
    return Proposal(status=status, proponents=[Proponent(person_id=PERSON), Proponent(person_id=None)])


def test_roles_that_may_edit_manage_record_effects_and_settle() -> None:
    assert allowed(policy.may_edit) == {S}
    assert allowed(policy.may_manage) == {S, R}
    assert allowed(policy.may_record_effect) == {S, R}
    for may, role, part in (
        (policy.may_settle_link, D, Part.SUGGESTED),
        (policy.may_settle_attribution, S, Part.NAMED),
    ):
        assert allowed(lambda actor, may=may: may(actor, frozenset())) == {role}
        assert allowed(lambda actor, may=may, part=part: may(actor, {part})) == set()


@pytest.mark.parametrize("before", ProposalStatus)
def test_roles_that_may_take_each_step(before: ProposalStatus) -> None:
    roles = {to: allowed(lambda actor, to=to: policy.may_move(actor, proposal(before), to)) for to in NEXT[before]}

    reopening = {St.UNDER_DISCUSSION: {D}} if before in REOPENABLE else {}
    assert roles == {to: STEPS[to] for to in NEXT[before]} | reopening


def test_a_proponent_may_only_withdraw() -> None:
    steps = {to: allowed(lambda actor, to=to: policy.may_move(actor, proposal(St.SUBMITTED), to), person=PERSON)
             for to in NEXT[St.SUBMITTED]}  # fmt: skip

    assert steps == {to: STEPS[to] for to in NEXT[St.SUBMITTED]} | {St.WITHDRAWN: set(Role)}
    assert allowed(lambda actor: policy.is_proponent(actor, proposal(St.SUBMITTED)), person=PERSON) == set(Role)
    assert allowed(lambda actor: policy.is_proponent(actor, proposal(St.SUBMITTED)), person=None) == set()


def test_only_the_person_named_answers_an_attribution() -> None:
    def of(person: int | None) -> Proponent:
        return Proponent(person_id=person)

    assert allowed(lambda actor: policy.may_answer_attribution(actor, of(PERSON)), person=PERSON) == set(Role)
    assert allowed(lambda actor: policy.may_answer_attribution(actor, of(PERSON)), person=8) == set()
    assert allowed(lambda actor: policy.may_answer_attribution(actor, of(None)), person=None) == set()


def test_the_secretariat_records_what_was_realised_before_it_became_history() -> None:
    row, day = proposal(St.IN_FOLLOW_UP), date(2026, 11, 25)
    assert allowed(lambda actor: policy.may_record_realised(actor, row, day)) == set()

    row.history_until = day
    assert allowed(lambda actor: policy.may_record_realised(actor, row, date(2026, 11, 24))) == {S}
    for later in (day, None):
        assert allowed(lambda actor, later=later: policy.may_record_realised(actor, row, later)) == set()
