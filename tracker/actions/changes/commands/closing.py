"""What closing an action or a proposal does to what is still asked and escalated about it, and undoing that."""

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
def follow(thing: object, event: Event) -> None:
    """End what is open about a thing when it is closed; open it again when that step is undone."""
    if not isinstance(thing, ActionItem | Proposal):
        return
    if event.verb.startswith("moved_") and thing.status in CLOSED_ACTIONS | CLOSED_PROPOSALS:
        _end(thing, by=Actor(account_id=event.by_account_id, name=event.by_name), at=event.at)
    elif event.verb == "reviewed_undone":
        _reopen(thing, datetime.fromisoformat(event.details["decided_at"]))


def _end(thing: ActionItem | Proposal, *, by: Actor, at: datetime) -> None:
    for escalation in queries.open_escalations(thing):
        end_escalation(escalation, EscalationEnd.LAPSED, by_name=by.name, at=at)
        record(thing, "escalation_lapsed", by=by, at=at, escalation_id=escalation.id)
    asked = queries.open_request(thing.id) if isinstance(thing, ActionItem) else None
    if asked:
        asked.state, asked.answered_by_name, asked.answered_at = RequestState.LAPSED, by.name, at
        record(thing, "due_date_lapsed", by=by, at=at, asked_for=asked.asked_for.isoformat())


def _reopen(thing: ActionItem | Proposal, lapsed_at: datetime) -> None:
    for escalation in queries.escalations_lapsed(thing, lapsed_at):
        escalation.ended_as = escalation.ended_at = escalation.ended_by_name = None
    for asked in queries.requests_lapsed(thing.id, lapsed_at) if isinstance(thing, ActionItem) else ():
        asked.state, asked.answered_by_name, asked.answered_at = RequestState.ASKED, None, None
