"""The same decision is a different act for actions and proposals, each with its own label."""

import pytest

from tracker.actions.rules import ActionStatus
from tracker.reviews.labels import EVENTS
from tracker.reviews.rules import Act, Decision, act_on_action, act_on_proposal


@pytest.mark.parametrize("decision", Decision)
def test_no_decision_of_a_review_completes_a_proposal(decision: Decision) -> None:
    act = act_on_proposal(decision)

    assert act not in {Act.DONE, Act.REPORTED, Act.EXTENDED}
    assert f"reviewed_{act}" in EVENTS["proposal"]


@pytest.mark.parametrize("status", ActionStatus)
@pytest.mark.parametrize("decision", Decision)
def test_only_a_completed_action_is_called_done(decision: Decision, status: ActionStatus) -> None:
    acts = {act_on_action(decision, status, had_date=had_date) for had_date in (True, False)}

    assert (Act.DONE in acts) == (decision is Decision.DONE and status is ActionStatus.COMPLETED)
    assert {f"reviewed_{act}" for act in acts} <= EVENTS["action_item"].keys()


def test_a_first_due_date_is_set_and_a_later_one_extended() -> None:
    status = ActionStatus.IN_PROGRESS

    assert act_on_action(Decision.EXTEND, status, had_date=False) is Act.DATED
    assert act_on_action(Decision.EXTEND, status, had_date=True) is Act.EXTENDED
