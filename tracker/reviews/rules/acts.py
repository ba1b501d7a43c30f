"""What a decision did to its action or proposal. Pure."""

from tracker.actions.rules import ActionStatus
from tracker.reviews.rules.codes import Act, Decision

_ACT_OF_DECISION = {
    Decision.GOES_ON: Act.GOES_ON,
    Decision.REASSIGN: Act.REASSIGNED,
    Decision.ESCALATE: Act.ESCALATED,
}
_FINISHED = {ActionStatus.COMPLETED: Act.DONE, ActionStatus.AWAITING_VERIFICATION: Act.REPORTED}


def act_on_action(decision: Decision, status: ActionStatus, *, had_date: bool) -> Act:
    """`status` is that after the decision; `had_date` whether there was a due date before it."""
    if decision is Decision.DONE:
        return _FINISHED.get(status, Act.NOTED)
    if decision is Decision.EXTEND:
        return Act.EXTENDED if had_date else Act.DATED
    return _ACT_OF_DECISION[decision]


def act_on_proposal(decision: Decision) -> Act:
    """No decision of a review completes a proposal."""
    return {Decision.DONE: Act.DISCUSSED, Decision.EXTEND: Act.PUT_OFF}.get(decision) or _ACT_OF_DECISION[decision]
