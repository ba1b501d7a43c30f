"""Adds messages to the outbox with the event that causes them, and settles them one by one. Callers commit."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, event, insert
from sqlalchemy.orm import Session, scoped_session

from tracker.audit.commands import record
from tracker.audit.models import Event
from tracker.core import clock
from tracker.core.actor import SYSTEM, acting
from tracker.core.db import db
from tracker.core.deliveries import Answer
from tracker.core.pending import forget_at_rollback, is_ending
from tracker.webhooks import formats, queries, rules
from tracker.webhooks.models import Delivery, Endpoint
from tracker.webhooks.rules import DeliveryState, EndpointState, OffCause

_PENDING = "events_to_tell"


def fill_outbox(session: scoped_session[Any]) -> None:
    """Add messages for the events that this session stores, in the same transaction. Called once by the factory."""
    if not event.contains(session, "after_flush", _note_events):
        event.listen(session, "after_flush", _note_events)
        event.listen(session, "before_commit", _add_deliveries)
        forget_at_rollback(session, _PENDING)


def _note_events(session: Session, _: Any) -> None:
    events = [row for row in session.new if isinstance(row, Event)]
    session.info.setdefault(_PENDING, []).extend(
        (kind, row.id)
        for row in events
        if not row.is_history and (kind := rules.kind_of(row.subject, row.verb, row.to_state))
    )


def _add_deliveries(session: Session) -> None:
    if not is_ending(session):
        return
    session.flush()  # so that all events are noted
    pending = session.info.pop(_PENDING, [])
    if not pending:
        return
    at = clock.now()
    with acting(None):  # nothing is stored about what is not open to everybody: not even that it happened
        endpoints = queries.listeners({kind for kind, _ in pending})
        rows = [
            {"endpoint_id": endpoint_id, "event_id": event_id, "hook_kind": kind, "state": DeliveryState.WAITING,
             "message_id": formats.new_message_id(), "made_at": at, "due_at": at, "attempts": 0}
            for kind, event_id in pending
            if endpoints[kind] and queries.publishable(event_id)
            for endpoint_id in endpoints[kind]
        ]  # fmt: skip
    if rows:
        session.execute(insert(Delivery), rows)


def take(at: datetime, lease: timedelta) -> int | None:
    """Lease the next due message, and return its id. If this worker dies, another may take it after the lease."""
    delivery = queries.next_due(at)
    if delivery is None:
        return None
    delivery.taken_until, delivery.attempts = at + lease, delivery.attempts + 1
    return delivery.id


def withdraw(delivery: Delivery) -> None:
    """There is nothing left that may be told. No trace stays, since it would tell that there was something."""
    db.session.delete(delivery)


def settle(delivery: Delivery, answer: Answer, *, at: datetime) -> None:
    """Note how an attempt ended: delivered, to be tried again, or failed for good."""
    delivery.taken_until, delivery.tried_at = None, at
    delivery.response_status, delivery.fault = answer.status, answer.fault
    if answer.is_good:
        delivery.state, delivery.settled_at = DeliveryState.DELIVERED, at
        _drop_old(delivery.endpoint_id, at)
        return
    delivery.failed_first_at = delivery.failed_first_at or at
    next_try = rules.after_failure(delivery.attempts, at)
    if next_try:
        delivery.due_at = next_try
    else:
        delivery.state, delivery.settled_at = DeliveryState.FAILED, at
    db.session.flush()
    endpoint = queries.endpoint_now(delivery.endpoint_id)
    if answer.is_final:
        _switch_off(endpoint, OffCause.GONE, at)
    elif rules.is_hopeless(queries.failing_since(endpoint), at):
        _switch_off(endpoint, OffCause.FAILING, at)


def _switch_off(endpoint: Endpoint, cause: OffCause, at: datetime) -> None:
    """Its owner gets a mail about that event. What waits is kept until it is switched on again."""
    if endpoint.state is EndpointState.ACTIVE:
        endpoint.state, endpoint.state_at, endpoint.off_because = EndpointState.OFF, at, cause
        record(endpoint, "switched_off", by=SYSTEM, at=at)


def _drop_old(endpoint_id: int, at: datetime) -> None:
    old = delete(Delivery).where(Delivery.endpoint_id == endpoint_id, Delivery.settled_at < at - rules.KEPT)
    db.session.execute(old)
