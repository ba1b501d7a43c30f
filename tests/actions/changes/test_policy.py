from tests.policies import ALL, P, R, S, allowed
from tracker.actions.changes import policy
from tracker.actions.changes.models import BulkChange, Escalation
from tracker.actions.models import ActionItem
from tracker.audit.rules import Part
from tracker.core.actor import Role


def test_whoever_may_report_may_request_a_due_date_and_put_on_hold() -> None:
    action = ActionItem(pic_id=7, responsible_unit_id=3)

    for may in (policy.may_ask, policy.may_hold):
        assert allowed(lambda actor, may=may: may(actor, action)) == {S, R}
        assert allowed(lambda actor, may=may: may(actor, action), units=frozenset({3})) == {S, R, P}


def test_nobody_answers_their_own_request_or_undoes_changes_of_others() -> None:
    assert allowed(lambda actor: policy.may_answer(actor, {Part.REPORTED})) == {S, R}
    assert allowed(lambda actor: policy.may_answer(actor, {Part.ASKED})) == set()
    assert allowed(lambda actor: policy.may_undo(actor, BulkChange(by_account_id=1))) == {S, R}
    assert allowed(lambda actor: policy.may_undo(actor, BulkChange(by_account_id=2))) == set()
    assert allowed(policy.may_manage) == {S, R}


def test_recipients_answer_escalations_and_other_managers_may_record_the_answer() -> None:
    def may(escalation: Escalation, posts: frozenset[int], person: int | None = None, *parts: Part) -> set[object]:
        return set(
            allowed(lambda actor: policy.may_answer_escalation(actor, escalation, posts, set(parts)), person=person)
        )

    assert may(Escalation(person_id=7), frozenset(), 7) == ALL
    assert may(Escalation(position_id=3), frozenset({3})) == ALL
    assert may(Escalation(person_id=7, position_id=3), frozenset({4}), 8) == {S, R}
    assert may(Escalation(person_id=7), frozenset(), 8, Part.ASKED) == set()
    assert may(Escalation(person_id=7), frozenset(), 7, Part.ASKED) == ALL


def test_decision_makers_settle_what_was_escalated_unless_they_are_in_charge() -> None:
    def may(action: ActionItem) -> set[object]:
        return set(allowed(lambda actor: policy.may_settle_escalated(actor, action), person=7))

    assert may(ActionItem(pic_id=8)) == {S, R, Role.DECISION_MAKER}
    assert may(ActionItem(pic_id=7)) == set()


def test_recipients_are_the_person_and_the_holder_of_the_post() -> None:
    assert allowed(lambda actor: policy.is_recipient(actor, Escalation(person_id=7), frozenset()), person=7) == ALL
    assert allowed(lambda actor: policy.is_recipient(actor, Escalation(position_id=3), frozenset({3}))) == ALL
    assert allowed(lambda actor: policy.is_recipient(actor, Escalation(person_id=7), frozenset()), person=8) == set()
