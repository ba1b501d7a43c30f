"""Tables of requests, escalations and bulk changes."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.actions.changes.rules import EscalationEnd, RequestState
from tracker.actions.models import ActionItem
from tracker.core.db import Model, Versioned, codes
from tracker.core.visibility import PartOfClassified, is_one_seen, is_seen
from tracker.people.models import Person, Position
from tracker.proposals.models import Proposal


class OfAnAction(PartOfClassified):
    """Mixin for rows that are visible if their action is."""

    action_id: Any

    @classmethod
    def is_open_to_viewer(cls) -> ColumnElement[bool]:
        return is_seen(ActionItem, cls.action_id)


class DueDateRequest(OfAnAction, Versioned, Model):
    __tablename__ = "due_date_request"
    __table_args__ = (
        CheckConstraint("(state = 'asked') = (answered_at IS NULL)", name="answered_once"),
        CheckConstraint("state <> 'refused' OR answer_note IS NOT NULL", name="refused_with_note"),
        Index(
            "ix_due_date_request_open",
            "action_id",
            unique=True,
            sqlite_where=text("state = 'asked'"),
            postgresql_where=text("state = 'asked'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("action_item.id"), index=True)
    asked_for: Mapped[date]
    reason: Mapped[str]
    state: Mapped[RequestState] = mapped_column(codes(RequestState, "state"), default=RequestState.ASKED)
    by_account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    by_name: Mapped[str]
    at: Mapped[datetime]
    answered_by_name: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    answer_note: Mapped[str | None]

    action: Mapped[ActionItem] = relationship(lazy="raise_on_sql")


class Escalation(PartOfClassified, Model):
    """An escalation of an action or proposal to a post or person, and its answer."""

    __tablename__ = "escalation"
    __table_args__ = (
        CheckConstraint("position_id IS NOT NULL OR person_id IS NOT NULL", name="to_somebody"),
        CheckConstraint("(action_id IS NULL) <> (proposal_id IS NULL)", name="one_subject"),
        CheckConstraint("(ended_at IS NULL) = (ended_as IS NULL)", name="ended_once"),
        CheckConstraint("ended_as <> 'answered' OR answer IS NOT NULL", name="answered_in_words"),
        Index(
            "ix_escalation_open",
            "id",
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int | None] = mapped_column(ForeignKey("action_item.id"), index=True)
    position_id: Mapped[int | None] = mapped_column(ForeignKey("position.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    reason: Mapped[str]
    by_name: Mapped[str]
    at: Mapped[datetime]
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposal.id"), index=True, sort_order=1)
    ended_as: Mapped[EscalationEnd | None] = mapped_column(codes(EscalationEnd, "ended_as"), sort_order=2)
    ended_at: Mapped[datetime | None] = mapped_column(sort_order=3)
    ended_by_name: Mapped[str | None] = mapped_column(sort_order=4)
    answer: Mapped[str | None] = mapped_column(sort_order=5)

    action: Mapped[ActionItem | None] = relationship(lazy="raise_on_sql")
    proposal: Mapped[Proposal | None] = relationship(lazy="raise_on_sql")
    position: Mapped[Position | None] = relationship(lazy="raise_on_sql")
    person: Mapped[Person | None] = relationship(lazy="raise_on_sql")

    @classmethod
    def is_open_to_viewer(cls) -> ColumnElement[bool]:
        return is_one_seen((ActionItem, cls.action_id), (Proposal, cls.proposal_id))


class BulkChange(Model):
    """A change of several actions at once, which can be undone as a whole."""

    __tablename__ = "bulk_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    by_account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    at: Mapped[datetime]
    undone_at: Mapped[datetime | None]

    rows: Mapped[list["BulkChangeRow"]] = relationship(
        back_populates="change", order_by="BulkChangeRow.action_id", lazy="raise_on_sql"
    )


class BulkChangeRow(OfAnAction, Model):
    """State of an action before a bulk change, and its version after it."""

    __tablename__ = "bulk_change_row"

    bulk_change_id: Mapped[int] = mapped_column(ForeignKey("bulk_change.id"), primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("action_item.id"), primary_key=True, index=True)
    before: Mapped[dict[str, Any]]
    version_after: Mapped[int]

    change: Mapped[BulkChange] = relationship(back_populates="rows", lazy="raise_on_sql")
    action: Mapped[ActionItem] = relationship(lazy="raise_on_sql")
