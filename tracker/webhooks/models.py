"""Endpoints and the outbox of their messages. What a message says is not stored: it is written when it is sent."""

from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.accounts.models import Account
from tracker.core.db import Model, Versioned, codes
from tracker.core.deliveries import Fault
from tracker.webhooks.rules import DeliveryState, EndpointState, HookKind, OffCause


class Endpoint(Versioned, Model):
    """An address of another program, to which an account lets the tracker send messages."""

    __tablename__ = "webhook_endpoint"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    target_url: Mapped[str]
    description: Mapped[str | None]
    #: Of `HookKind`.
    hook_kinds: Mapped[list[str]] = mapped_column(default=list)
    state: Mapped[EndpointState] = mapped_column(codes(EndpointState, "state"))
    #: Since when it is in this state; failures before that do not count.
    state_at: Mapped[datetime]
    #: Only of one that is off.
    off_because: Mapped[OffCause | None] = mapped_column(codes(OffCause, "off_because"))
    #: Encrypted, since signing needs it. None once it is ended.
    sealed_secret: Mapped[str | None]
    former_sealed_secret: Mapped[str | None]
    former_until: Mapped[datetime | None]
    made_at: Mapped[datetime]

    account: Mapped[Account] = relationship(lazy="raise_on_sql")

    @property
    def host(self) -> str:
        """The rest of the address may be a secret of the receiver."""
        return urlsplit(self.target_url).netloc


class Delivery(Model):
    """A message to an endpoint about an event, or a ping."""

    __tablename__ = "webhook_delivery"
    __table_args__ = (
        UniqueConstraint("endpoint_id", "event_id"),
        Index("ix_webhook_delivery_due", "due_at", "id", sqlite_where=text("state = 'waiting'"),
              postgresql_where=text("state = 'waiting'")),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    endpoint_id: Mapped[int] = mapped_column(ForeignKey("webhook_endpoint.id"))
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"))
    hook_kind: Mapped[HookKind] = mapped_column(codes(HookKind, "hook_kind"))
    #: `webhook-id`: the same for every attempt, so that receivers recognise a second copy.
    message_id: Mapped[str] = mapped_column(unique=True)
    state: Mapped[DeliveryState] = mapped_column(codes(DeliveryState, "state"))
    made_at: Mapped[datetime]
    due_at: Mapped[datetime]
    attempts: Mapped[int]
    #: Leased to a worker until then; afterwards another may take it.
    taken_until: Mapped[datetime | None]
    failed_first_at: Mapped[datetime | None]
    tried_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    #: Of the last attempt: the status of the response, or why there was none. Never anything that the response said.
    response_status: Mapped[int | None]
    fault: Mapped[Fault | None] = mapped_column(codes(Fault, "fault"))

    endpoint: Mapped[Endpoint] = relationship(lazy="raise_on_sql")
