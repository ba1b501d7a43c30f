"""Queries for endpoints and deliveries, and for what messages say. The latter see what is open to every account."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, exists, func, null, or_, select
from sqlalchemy.orm import aliased, joinedload

from tracker.accounts.models import Account
from tracker.actions.models import ActionItem
from tracker.audit.models import Event
from tracker.audit.queries import event_if_seen
from tracker.classification.queries import is_mailable
from tracker.core.db import db
from tracker.core.errors import NotFound
from tracker.meetings.models import Meeting
from tracker.proposals.models import Proposal
from tracker.targets.models import Indicator
from tracker.webhooks.models import Delivery, Endpoint
from tracker.webhooks.rules import REST, DeliveryState, EndpointState, HookKind

Subject = Meeting | Proposal | ActionItem | Indicator
_SUBJECTS: Mapping[str, type[Subject]] = {
    model.__tablename__: model for model in (Meeting, Proposal, ActionItem, Indicator)
}
SHOWN = 50


def endpoints_of(account_id: int) -> Sequence[Endpoint]:
    query = select(Endpoint).where(Endpoint.account_id == account_id, Endpoint.state != EndpointState.ENDED)
    return db.session.scalars(query.order_by(Endpoint.id)).all()


def own_endpoint(endpoint_id: int, account_id: int, *, to_change: bool = False) -> Endpoint:
    query = select(Endpoint).where(
        Endpoint.id == endpoint_id, Endpoint.account_id == account_id, Endpoint.state != EndpointState.ENDED
    )
    endpoint = db.session.scalar(query.with_for_update(of=Endpoint) if to_change else query)
    if endpoint is None:
        raise NotFound
    return endpoint


def endpoint_now(endpoint_id: int) -> Endpoint:
    """As it is stored, locked: its owner may have changed it while a message was on its way."""
    query = select(Endpoint).filter_by(id=endpoint_id).execution_options(populate_existing=True)
    return db.session.scalars(query.with_for_update(of=Endpoint)).one()


def endpoint_if_off(endpoint_id: int) -> Endpoint | None:
    return db.session.scalar(select(Endpoint).filter_by(id=endpoint_id, state=EndpointState.OFF))


def owners(endpoint_ids: Sequence[int]) -> Select[int, int | None, int | None]:
    """(endpoint id, account id, nobody) for accounts with an e-mail address."""
    query = select(Endpoint.id, Account.id, null()).join(Account, Account.id == Endpoint.account_id)
    return query.where(Endpoint.id.in_(endpoint_ids), Account.is_active, Account.email.is_not(None))


def listeners(kinds: Collection[HookKind]) -> Mapping[HookKind, Sequence[int]]:
    """The ids of the active endpoints that are subscribed to each kind."""
    query = select(Endpoint.id, Endpoint.hook_kinds).join(Endpoint.account)
    rows = db.session.execute(query.where(Endpoint.state == EndpointState.ACTIVE, Account.is_active)).all()
    return {kind: [endpoint_id for endpoint_id, chosen in rows if kind in chosen] for kind in kinds}


def next_due(at: datetime) -> Delivery | None:
    is_free = or_(Delivery.taken_until.is_(None), Delivery.taken_until < at)
    failed = aliased(Delivery)
    is_resting = exists().where(
        failed.endpoint_id == Delivery.endpoint_id, failed.state == DeliveryState.WAITING,
        failed.failed_first_at.is_not(None), failed.tried_at > at - REST,
    )  # fmt: skip
    due = select(Delivery).join(Delivery.endpoint).where(
        Delivery.state == DeliveryState.WAITING, Delivery.due_at <= at, is_free, ~is_resting,
        Endpoint.state == EndpointState.ACTIVE,
    )  # fmt: skip
    due = due.order_by(Delivery.due_at, Delivery.id).limit(1)
    return db.session.scalar(due.with_for_update(of=Delivery, skip_locked=True))


def in_full(delivery_id: int) -> Delivery:
    owner = joinedload(Delivery.endpoint).joinedload(Endpoint.account).selectinload(Account.roles)
    return db.session.scalars(select(Delivery).filter_by(id=delivery_id).options(owner)).one()


def failing_since(endpoint: Endpoint) -> datetime | None:
    """When the first failure was after the last success, and after it was made, resumed or switched on."""
    delivered = select(func.max(Delivery.settled_at)).filter_by(endpoint_id=endpoint.id, state=DeliveryState.DELIVERED)
    since = max(endpoint.state_at, db.session.scalar(delivered) or endpoint.state_at)
    failed = select(func.min(Delivery.failed_first_at)).where(
        Delivery.endpoint_id == endpoint.id, Delivery.failed_first_at >= since
    )
    return db.session.scalar(failed)


def deliveries_of(endpoint: Endpoint) -> Sequence[Delivery]:
    """The last ones that were tried, and pings. Of the others nobody has asked yet whether they may be told."""
    is_shown = or_(Delivery.tried_at.is_not(None), Delivery.hook_kind == HookKind.PING)
    query = select(Delivery).where(Delivery.endpoint_id == endpoint.id, is_shown)
    return db.session.scalars(query.order_by(Delivery.id.desc()).limit(SHOWN)).all()


def own_delivery(delivery_id: int, endpoint: Endpoint) -> Delivery:
    query = select(Delivery).where(
        Delivery.id == delivery_id, Delivery.endpoint_id == endpoint.id, Delivery.state != DeliveryState.WAITING
    )
    delivery = db.session.scalar(query.with_for_update(of=Delivery))
    if delivery is None:
        raise NotFound
    return delivery


def publishable(event_id: int) -> tuple[Event, Subject] | None:
    """The event and its subject, unless one of them is not open to everybody.

    Call it as nobody: then nothing above ordinary is even read, whoever owns the endpoint.
    """
    event = event_if_seen(event_id)
    model: Any = _SUBJECTS.get(event.subject) if event else None
    if event is None or model is None:
        return None
    subject: Subject | None = db.session.scalar(select(model).filter_by(id=event.subject_id))
    return (event, subject) if subject is not None and is_mailable(subject) else None
