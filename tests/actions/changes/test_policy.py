from tests.policies import ALL, P, R, S, allowed
from tracker.actions.changes import policy
from tracker.actions.changes.models import BulkChange, Escalation
from tracker.actions.models import ActionItem
from tracker.audit.rules import Part


def test_who_reports_on_an_action_asks_for_another_date_and_says_what_holds_it_up() -> None:
    action = ActionItem(pic_id=7, responsible_unit_id=3)

    for may in (policy.may_ask, policy.may_hold):
        assert allowed(lambda actor, may=may: may(actor, action)) == {S, R}
        assert allowed(lambda actor, may=may: may(actor, action), units=frozenset({3})) == {S, R, P}


def test_nobody_answers_their_own_request_and_each_undoes_their_own_change() -> None:
    assert allowed(lambda actor: policy.may_answer(actor, {Part.REPORTED})) == {S, R}
    assert allowed(lambda actor: policy.may_answer(actor, {Part.ASKED})) == set()
    assert allowed(lambda actor: policy.may_undo(actor, BulkChange(by_account_id=1))) == {S, R}
    assert allowed(lambda actor: policy.may_undo(actor, BulkChange(by_account_id=2))) == set()
    assert allowed(policy.may_steer) == {S, R}


def test_an_escalation_is_answered_by_its_reader_or_noted_by_those_who_may_escalate() -> None:
    def may(escalation: Escalation, posts: frozenset[int], person: int | None = None, *had: Part) -> set[object]:
        asked = set(had)
        return set(allowed(lambda actor: policy.may_answer_escalation(actor, escalation, posts, asked), person=person))

    assert may(Escalation(person_id=7), frozenset(), 7) == ALL
    assert may(Escalation(position_id=3), frozenset({3})) == ALL
    assert may(Escalation(person_id=7, position_id=3), frozenset({4}), 8) == {S, R}
    assert may(Escalation(person_id=7), frozenset(), 8, Part.ASKED) == set()
    assert may(Escalation(person_id=7), frozenset(), 7, Part.ASKED) == ALL


def test_it_is_brought_before_the_person_and_the_holder_of_the_post() -> None:
    assert allowed(lambda actor: policy.is_asked(actor, Escalation(person_id=7), frozenset()), person=7) == ALL
    assert allowed(lambda actor: policy.is_asked(actor, Escalation(position_id=3), frozenset({3}))) == ALL
    assert allowed(lambda actor: policy.is_asked(actor, Escalation(person_id=7), frozenset()), person=8) == set()
