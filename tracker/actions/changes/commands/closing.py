"""Closing an action or proposal ends its open requests and escalations; undoing that reopens them."""

from datetime import datetime

from tracker.actions.changes import queries
from tracker.actions.changes.commands.escalations import end_escalation
from tracker.actions.changes.rules import EscalationEnd, RequestState
from tracker.actions.models import ActionItem
from tracker.actions.rules import CLOSED as CLOSED_ACTIONS
from tracker.audit.commands import record, recorded
from tracker.audit.models import Event
from tracker.core.actor import Actor
from tracker.proposals.models import Proposal
from tracker.proposals.rules import CLOSED as CLOSED_PROPOSALS


@recorded.connect
def follow(subject: object, event: Event) -> None:
    """End what is open when the subject is closed, and reopen it when a review undoes that step."""
    if not isinstance(subject, ActionItem | Proposal):
        return
    if event.verb.startswith("moved_") and subject.status in CLOSED_ACTIONS | CLOSED_PROPOSALS:
        _lapse(subject, by=Actor(account_id=event.by_account_id, name=event.by_name), at=event.at)
    elif event.verb == "reviewed_undone":
        _reopen(subject, datetime.fromisoformat(event.details["decided_at"]))


def _lapse(subject: ActionItem | Proposal, *, by: Actor, at: datetime) -> None:
    for escalation in queries.open_escalations(subject):
        end_escalation(escalation, EscalationEnd.LAPSED, by_name=by.name, at=at)
        record(subject, "escalation_lapsed", by=by, at=at, escalation_id=escalation.id)
    request = queries.open_request(subject.id) if isinstance(subject, ActionItem) else None
    if request:
        request.state, request.answered_by_name, request.answered_at = RequestState.LAPSED, by.name, at
        record(subject, "due_date_lapsed", by=by, at=at, asked_for=request.asked_for.isoformat())


def _reopen(subject: ActionItem | Proposal, lapsed_at: datetime) -> None:
    for escalation in queries.escalations_lapsed(subject, lapsed_at):
        escalation.ended_as = escalation.ended_at = escalation.ended_by_name = None
    for request in queries.requests_lapsed(subject.id, lapsed_at) if isinstance(subject, ActionItem) else ():
        request.state, request.answered_by_name, request.answered_at = RequestState.ASKED, None, None
