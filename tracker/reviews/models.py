"""Tables of the weekly review, and database triggers that protect closed reviews."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    DDL,
    JSON,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    UniqueConstraint,
    event,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.actions.models import ActionItem
from tracker.core.db import Model, Versioned, codes
from tracker.core.visibility import PartOfClassified, is_one_seen
from tracker.meetings.models import Meeting
from tracker.proposals.models import Proposal
from tracker.reviews.rules import (
    Act,
    Decision,
    Movement,
    QueueGroup,
    ReviewStatus,
    act_on_action,
    act_on_proposal,
    weeks_between,
)


class Review(Versioned, Model):
    """A weekly review. At most one per week exists, and at most one is open."""

    __tablename__ = "review"
    __table_args__ = (
        CheckConstraint("(status = 'closed') = (content_hash IS NOT NULL)", name="closed_is_frozen"),
        CheckConstraint("next_on > held_on", name="next_is_later"),
        Index(
            "ix_review_one_open",
            "status",
            unique=True,
            sqlite_where=text("status = 'open'"),
            postgresql_where=text("status = 'open'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: The ISO week, as in its URL: «2026-W48».
    week: Mapped[str] = mapped_column(unique=True)
    status: Mapped[ReviewStatus] = mapped_column(codes(ReviewStatus, "status"), default=ReviewStatus.OPEN)
    #: The day on which it is held; also the date of its decisions, meeting and minutes.
    held_on: Mapped[date]
    #: The usual day of the review in this week.
    planned_on: Mapped[date]
    #: The day of the next review; actions due before it are in the queue.
    next_on: Mapped[date]
    #: The review that was closed before this one, with which it is compared.
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("review.id"))
    #: The meeting whose minutes are written when this review is closed.
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    opened_at: Mapped[datetime]
    opened_by_name: Mapped[str]
    closed_at: Mapped[datetime | None]
    closed_by_name: Mapped[str | None]
    #: All items and decisions as canonical JSON, including classified ones; pages filter them by viewer.
    content: Mapped[str | None]
    content_hash: Mapped[str | None]

    previous: Mapped["Review | None"] = relationship(remote_side=[id], lazy="raise_on_sql")
    meeting: Mapped[Meeting] = relationship(lazy="raise_on_sql")


class ReviewItem(PartOfClassified, Versioned, Model):
    """An action or proposal in a review, and the decision about it. Items outside the queue have no position."""

    __tablename__ = "review_item"
    __table_args__ = (
        UniqueConstraint("review_id", "position"),
        UniqueConstraint("review_id", "action_id"),
        UniqueConstraint("review_id", "proposal_id"),
        UniqueConstraint("review_id", "turn"),
        CheckConstraint("(action_id IS NULL) <> (proposal_id IS NULL)", name="one_thing"),
        CheckConstraint("(queue_group IS NULL) = (position IS NULL)", name="queued_has_position"),
        CheckConstraint("(decision IS NULL) = (turn IS NULL)", name="decision_has_turn"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"))
    action_id: Mapped[int | None] = mapped_column(ForeignKey("action_item.id"), index=True)
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposal.id"), index=True)
    movement: Mapped[Movement] = mapped_column(codes(Movement, "movement"))
    queue_group: Mapped[QueueGroup | None] = mapped_column(codes(QueueGroup, "queue_group"))
    position: Mapped[int | None]
    #: Number of consecutive reviews in which it has been open, including this one.
    sittings: Mapped[int]
    #: The day on which the action was assigned, or the proposal raised.
    open_since: Mapped[date]
    state_before: Mapped[str]
    due_before: Mapped[date | None]

    decision: Mapped[Decision | None] = mapped_column(codes(Decision, "decision"))
    #: Sequence number of the decision within the review.
    turn: Mapped[int | None]
    reason: Mapped[str | None]
    note: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_by_name: Mapped[str | None]
    #: Snapshot of the action or proposal before the decision, for undoing it, and its version after it.
    former: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    version_after: Mapped[int | None]

    #: State when the review was closed.
    state_after: Mapped[str | None]
    due_after: Mapped[date | None]

    review: Mapped[Review] = relationship(lazy="raise_on_sql")
    action: Mapped[ActionItem | None] = relationship(lazy="raise_on_sql")
    proposal: Mapped[Proposal | None] = relationship(lazy="raise_on_sql")

    @classmethod
    def is_open_to_viewer(cls) -> ColumnElement[bool]:
        return is_one_seen((ActionItem, cls.action_id), (Proposal, cls.proposal_id))

    @property
    def subject(self) -> ActionItem | Proposal:
        subject = self.action or self.proposal
        assert subject  # noqa: S101  # ensured by a CHECK constraint
        return subject

    def weeks_open(self, held_on: date) -> int:
        return weeks_between(self.open_since, held_on)

    @property
    def act(self) -> Act | None:
        return self.act_of(self.decision) if self.decision else None

    def act_of(self, decision: Decision) -> Act:
        """What `decision` did; expects that it was already applied to the action or proposal."""
        if self.action:
            return act_on_action(decision, self.action.status, had_date=self.due_before is not None)
        return act_on_proposal(decision)


_IS_OF_CLOSED = "(SELECT status FROM review WHERE id = OLD.review_id) = 'closed'"
SQLITE_GUARDS = tuple(
    f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} WHEN {condition} "
    "BEGIN SELECT RAISE(ABORT, 'a closed review is frozen'); END"
    for table, condition in (("review", "OLD.status = 'closed'"), ("review_item", _IS_OF_CLOSED))
    for verb in ("UPDATE", "DELETE")
)
POSTGRESQL_GUARDS = (
    (
        "CREATE FUNCTION refuse_review_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$BEGIN RAISE EXCEPTION 'a closed review is frozen'; END$$"
    ),
    (
        "CREATE TRIGGER review_frozen BEFORE UPDATE OR DELETE ON review "
        "FOR EACH ROW WHEN (OLD.status = 'closed') EXECUTE FUNCTION refuse_review_change()"
    ),
    (
        "CREATE FUNCTION refuse_review_item_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$BEGIN IF {_IS_OF_CLOSED} THEN RAISE EXCEPTION 'a closed review is frozen'; END IF; "
        "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END$$"
    ),
    (
        "CREATE TRIGGER review_item_frozen BEFORE UPDATE OR DELETE ON review_item "
        "FOR EACH ROW EXECUTE FUNCTION refuse_review_item_change()"
    ),
)
for _statement in SQLITE_GUARDS:
    event.listen(Model.metadata, "after_create", DDL(_statement).execute_if(dialect="sqlite"))
for _statement in POSTGRESQL_GUARDS:
    event.listen(Model.metadata, "after_create", DDL(_statement).execute_if(dialect="postgresql"))
