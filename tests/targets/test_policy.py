from itertools import product

from tests.policies import D, R, S, allowed
from tracker.targets import policy
from tracker.targets.models import Indicator, TargetDocument
from tracker.targets.rules import TargetState

St = TargetState


def test_who_may_do_what_with_every_target() -> None:
    assert allowed(policy.may_edit) == {S, D}
    assert allowed(policy.may_fill_gaps) == {S}
    assert allowed(policy.may_record_effect) == {S, R}


def test_only_a_decision_maker_enacts_and_supersedes() -> None:
    document = TargetDocument(state=St.PROPOSED)

    found = {to: allowed(lambda actor, to=to: policy.may_move(actor, document, document, to)) for to in St}

    assert found == {to: {D} if to in {St.ENACTED, St.SUPERSEDED} else {S, D} for to in St}


def test_parts_move_only_while_their_document_is_a_draft() -> None:
    for state, to in product(St, St):
        part, document = Indicator(state=St.CANDIDATE), TargetDocument(state=state)
        found = allowed(lambda actor, part=part, document=document, to=to: policy.may_move(actor, part, document, to))
        assert found == ({S, D} if state is St.DRAFT else set()), (state, to)
    assert allowed(lambda actor: policy.may_move(actor, Indicator(state=St.CANDIDATE), None, St.ACTIVE)) == {S, D}


def test_a_new_version_begins_from_what_is_enacted() -> None:
    found = {state: allowed(lambda actor, state=state: policy.may_open_version(actor, TargetDocument(state=state)))
             for state in St}  # fmt: skip

    assert found == {state: {S, D} if state is St.ENACTED else set() for state in St}


def test_only_drafts_are_edited_and_what_is_superseded_takes_no_values() -> None:
    assert {state for state in St if not policy.is_fixed(TargetDocument(state=state))} == {St.DRAFT}
    assert {state for state in St if not policy.takes_actuals(TargetDocument(state=state))} == {St.SUPERSEDED}
    assert (policy.is_fixed(None), policy.takes_actuals(None)) == (False, True)
