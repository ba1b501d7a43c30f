from tests.policies import ALL, A, P, R, S, allowed
from tracker.status import policy
from tracker.status.models import HandOver


def test_reviewers_set_thresholds_and_the_secretariat_attaches_origins() -> None:
    assert allowed(policy.may_set_thresholds) == {A, R}
    assert allowed(policy.may_attach_origin) == {S}


def test_a_hand_over_is_answered_by_its_recipient_or_recorded_by_the_secretariat() -> None:
    def may(hand_over: HandOver, posts: frozenset[int], **facts: int | frozenset[int]) -> set[object]:
        return set(allowed(lambda actor: policy.may_answer_hand_over(actor, hand_over, posts), **facts))

    assert may(HandOver(person_id=7), frozenset(), person=7) == ALL
    assert may(HandOver(position_id=3), frozenset({3})) == ALL
    assert may(HandOver(unit_id=5), frozenset(), units=frozenset({5})) == {S, R, P}
    assert may(HandOver(outside="Kemenkeu"), frozenset({3}), person=7) == {S, R}
