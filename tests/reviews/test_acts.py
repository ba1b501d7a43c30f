"""One decision does different acts to actions and proposals, and each has its own word."""

import pytest

from tracker.actions.rules import ActionStatus
from tracker.reviews.labels import EVENTS
from tracker.reviews.rules import Act, Decision, act_on_action, act_on_proposal


@pytest.mark.parametrize("decision", Decision)
def test_no_decision_of_a_sitting_calls_a_proposal_done(decision: Decision) -> None:
    act = act_on_proposal(decision)

    assert act not in {Act.DONE, Act.REPORTED, Act.EXTENDED}
    assert f"reviewed_{act}" in EVENTS["proposal"]


@pytest.mark.parametrize("status", ActionStatus)
@pytest.mark.parametrize("decision", Decision)
def test_an_action_is_called_done_only_when_it_is_completed(decision: Decision, status: ActionStatus) -> None:
    acts = {act_on_action(decision, status, had_date=had_date) for had_date in (True, False)}

    assert (Act.DONE in acts) == (decision is Decision.DONE and status is ActionStatus.COMPLETED)
    assert {f"reviewed_{act}" for act in acts} <= EVENTS["action_item"].keys()


def test_a_first_due_date_is_set_and_a_later_one_extended() -> None:
    status = ActionStatus.IN_PROGRESS

    assert act_on_action(Decision.EXTEND, status, had_date=False) is Act.DATED
    assert act_on_action(Decision.EXTEND, status, had_date=True) is Act.EXTENDED
