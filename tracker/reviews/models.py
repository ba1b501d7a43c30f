"""Tables of the weekly review. What a closed sitting has frozen is never changed again; the database itself refuses."""

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
    """One sitting of the weekly review. There is one a week, and one open at a time; a cancelled one may open again."""

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
    #: The ISO week, as in its address: «2026-W48».
    week: Mapped[str] = mapped_column(unique=True)
    status: Mapped[ReviewStatus] = mapped_column(codes(ReviewStatus, "status"), default=ReviewStatus.OPEN)
    #: The day on which it is held. Its decisions, its meeting and its minutes are dated on this day.
    held_on: Mapped[date]
    #: The day on which the review of this week is held by habit.
    planned_on: Mapped[date]
    #: The day of the review after this one: what is due before it is in the queue.
    next_on: Mapped[date]
    #: The last sitting closed before this one, which it is compared with.
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("review.id"))
    #: The meeting whose minutes this sitting writes.
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    opened_at: Mapped[datetime]
    opened_by_name: Mapped[str]
    closed_at: Mapped[datetime | None]
    closed_by_name: Mapped[str | None]
    #: All that the sitting saw and decided, confidential items included: pages show of it what their reader may see.
    content: Mapped[str | None]
    content_hash: Mapped[str | None]

    previous: Mapped["Review | None"] = relationship(remote_side=[id], lazy="raise_on_sql")
    meeting: Mapped[Meeting] = relationship(lazy="raise_on_sql")


class ReviewItem(PartOfClassified, Versioned, Model):
    """What a sitting found of one action or proposal, and what it decided. Outside the queue it has no position."""

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
    #: In how many sittings running it has been open, this one included.
    sittings: Mapped[int]
    #: The day on which the action was assigned, or the proposal raised.
    open_since: Mapped[date]
    state_before: Mapped[str]
    due_before: Mapped[date | None]

    decision: Mapped[Decision | None] = mapped_column(codes(Decision, "decision"))
    #: The running number of the decision within the sitting.
    turn: Mapped[int | None]
    reason: Mapped[str | None]
    note: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_by_name: Mapped[str | None]
    #: What the thing's row held before the decision, for undoing it, and its version after.
    former: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    version_after: Mapped[int | None]

    #: How the closing sitting left it.
    state_after: Mapped[str | None]
    due_after: Mapped[date | None]

    review: Mapped[Review] = relationship(lazy="raise_on_sql")
    action: Mapped[ActionItem | None] = relationship(lazy="raise_on_sql")
    proposal: Mapped[Proposal | None] = relationship(lazy="raise_on_sql")

    @classmethod
    def is_open_to_viewer(cls) -> ColumnElement[bool]:
        """As its action or proposal."""
        return is_one_seen((ActionItem, cls.action_id), (Proposal, cls.proposal_id))

    @property
    def thing(self) -> ActionItem | Proposal:
        """The action or proposal itself."""
        found = self.action or self.proposal
        assert found  # noqa: S101  # the database holds the one or the other
        return found

    def weeks_open(self, held_on: date) -> int:
        """How many whole weeks it had been open on this day."""
        return weeks_between(self.open_since, held_on)

    @property
    def act(self) -> Act | None:
        """What the decision did, where there is one."""
        return self.act_of(self.decision) if self.decision else None

    def act_of(self, decision: Decision) -> Act:
        """What this decision did to the action or proposal, which holds its outcome already."""
        if self.action:
            return act_on_action(decision, self.action.status, had_date=self.due_before is not None)
        return act_on_proposal(decision)


_OF_CLOSED = "(SELECT status FROM review WHERE id = OLD.review_id) = 'closed'"
SQLITE_GUARDS = tuple(
    f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} WHEN {condition} "
    "BEGIN SELECT RAISE(ABORT, 'a closed review is frozen'); END"
    for table, condition in (("review", "OLD.status = 'closed'"), ("review_item", _OF_CLOSED))
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
        f"$$BEGIN IF {_OF_CLOSED} THEN RAISE EXCEPTION 'a closed review is frozen'; END IF; "
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
