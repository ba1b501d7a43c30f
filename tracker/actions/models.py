"""Tables of follow-up actions."""

from collections import defaultdict
from datetime import date, datetime
from types import MappingProxyType

from sqlalchemy import (
    CheckConstraint,
    Column,
    ColumnElement,
    Date,
    ForeignKey,
    Index,
    Table,
    Text,
    bindparam,
    case,
    exists,
    func,
    literal,
    literal_column,
    or_,
    text,
)
from sqlalchemy.orm import InstrumentedAttribute, Mapped, column_property, mapped_column, relationship

from tracker.actions.rules import (
    CLOSED,
    MAX_DUE_SOON,
    OPEN,
    ActionStatus,
    HoldKind,
    InstructionType,
    days_late,
    is_due_soon,
)
from tracker.audit.models import Historic, NamesSomebody
from tracker.audit.rules import Part
from tracker.core.actor import Role
from tracker.core.constraints import retry_on_violation
from tracker.core.db import Model, Versioned, codes
from tracker.core.visibility import Classified, PartOfClassified, Viewer, is_seen
from tracker.corrections.models import Decidable, index_of_corrected
from tracker.people import queries as people
from tracker.people.models import OrgUnit, Person, Position
from tracker.proposals.models import Proposal
from tracker.proposals.rules import NotActionableReason

action_supporting_unit = Table(
    "action_supporting_unit",
    Model.metadata,
    Column("action_id", ForeignKey("action_item.id"), primary_key=True),
    Column("unit_id", ForeignKey("org_unit.id"), primary_key=True),
)


_CLASSIFIED = text("classification <> 'ordinary'")
#: In the text of the statement: as a parameter no index of the expression would match.
_NEVER: ColumnElement[date] = literal_column("'9999-12-31'", Date)
_OPEN_CODES = ", ".join(f"'{code}'" for code in sorted(OPEN))


class ActionItem(NamesSomebody, Historic, Classified, Versioned, Decidable):
    """A follow-up action (tindak lanjut): a task, its assignees, and where it was agreed."""

    __tablename__ = "action_item"
    parts = MappingProxyType({"pic_id": Part.IN_CHARGE})
    decided_columns = ("text_id", "text_en")
    judged_by = Role.REVIEWER
    not_judged_by = frozenset({Part.CORRECTED, Part.IN_CHARGE, Part.REPORTED})
    __table_args__ = (
        CheckConstraint("meeting_id IS NOT NULL OR proposal_id IS NOT NULL", name="has_origin"),
        CheckConstraint("statement_id IS NULL OR meeting_id IS NOT NULL", name="statement_has_meeting"),
        CheckConstraint("agenda_item_id IS NULL OR meeting_id IS NOT NULL", name="agenda_item_has_meeting"),
        CheckConstraint("percent BETWEEN 0 AND 100", name="percent_of_hundred"),
        CheckConstraint("(status = 'completed') = (verified_at IS NOT NULL)", name="completed_is_verified"),
        CheckConstraint("due_on IS NULL OR original_due_on IS NOT NULL", name="first_promise_kept"),
        # With whatever the counts of homes and tabs ask of each row, so that they read the index alone.
        Index("ix_action_item_due", "status", "due_on", "classification", "pic_id"),
        Index("ix_action_item_since", "status", "status_since", "id", "due_on", "classification", "pic_id"),
        Index("ix_action_item_newest", "assigned_on", "id"),
        Index("ix_action_item_responsible_unit_id", "responsible_unit_id"),
        # With whatever the figures of units ask of each classified action; the others are in tallies.
        Index(
            "ix_action_item_unit_classified",
            "responsible_unit_id",
            "status",
            "due_on",
            "original_due_on",
            "closed_on",
            "classification",
            "pic_id",
            "recorded_by_id",
            sqlite_where=_CLASSIFIED,
            postgresql_where=_CLASSIFIED,
        ),
        Index(
            "ix_action_item_first_promise",
            "original_due_on",
            "id",
            sqlite_where=text(f"status IN ({_OPEN_CODES})"),
            postgresql_where=text(f"status IN ({_OPEN_CODES})"),
        ),
        index_of_corrected("action_item"),
        Index("ix_action_item_classified", "meeting_id", sqlite_where=_CLASSIFIED, postgresql_where=_CLASSIFIED),
        Index(
            "ix_action_item_statement_id",
            "statement_id",
            sqlite_where=text("statement_id IS NOT NULL"),
            postgresql_where=text("statement_id IS NOT NULL"),
        ),
        Index(
            "ix_action_item_unfinished",
            "due_on",
            "id",
            sqlite_where=text(f"status IN ({_OPEN_CODES})"),
            postgresql_where=text(f"status IN ({_OPEN_CODES})"),
        ),
        Index(
            "ix_action_item_by_lateness",
            text(f"coalesce(due_on, {_NEVER})"),
            text("assigned_on DESC"),
            text("id DESC"),
            sqlite_where=text(f"status IN ({_OPEN_CODES})"),
            postgresql_where=text(f"status IN ({_OPEN_CODES})"),
        ),
        Index(
            "ix_action_item_open_newest",
            "assigned_on",
            "id",
            "due_on",
            "classification",
            sqlite_where=text(f"status IN ({_OPEN_CODES})"),
            postgresql_where=text(f"status IN ({_OPEN_CODES})"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    #: What the office called it before, such as «TL-12/2024»; others may have the same.
    former_code: Mapped[str | None] = mapped_column(sort_order=2001)
    text_id: Mapped[str]
    text_en: Mapped[str | None]
    instruction_type: Mapped[InstructionType | None] = mapped_column(codes(InstructionType, "instruction_type"))
    status: Mapped[ActionStatus] = mapped_column(codes(ActionStatus, "status"), default=ActionStatus.NOT_STARTED)
    status_since: Mapped[date]
    assigned_on: Mapped[date]
    #: The meeting at which it was agreed; null if it was agreed outside a meeting.
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True)
    #: The line of the minutes that it implements; null if it follows from the meeting as a whole.
    statement_id: Mapped[int | None] = mapped_column(ForeignKey("statement.id"))
    #: Only set without `statement_id`: an action under a line belongs to the agenda item of that line.
    agenda_item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"))
    #: The proposal that it implements.
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposal.id"), index=True)
    #: The post named as responsible; the next two columns hold its unit and its holder on that day.
    responsible_position_id: Mapped[int | None] = mapped_column(ForeignKey("position.id"))
    responsible_unit_id: Mapped[int | None] = mapped_column(ForeignKey("org_unit.id"))
    pic_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    due_on: Mapped[date | None] = mapped_column()
    #: Sort key of lists. Paging compares its values, so it must not be null.
    due_or_never: Mapped[date] = column_property(func.coalesce(due_on, _NEVER))
    #: The first due date ever promised; it never moves.
    original_due_on: Mapped[date | None]
    percent: Mapped[int | None]
    evidence: Mapped[str | None]
    #: The person in charge, as text, if not in the registers.
    waiting_for: Mapped[str | None]
    verified_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    #: Who verified it, if that was recorded later by somebody else.
    verified_by_as_written: Mapped[str | None] = mapped_column(sort_order=1003)
    verified_at: Mapped[datetime | None]
    closed_on: Mapped[date | None]
    not_actionable_reason: Mapped[NotActionableReason | None] = mapped_column(
        codes(NotActionableReason, "not_actionable_reason"), sort_order=1001
    )
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    proposal: Mapped[Proposal | None] = relationship(lazy="raise_on_sql")
    responsible_unit: Mapped[OrgUnit | None] = relationship(lazy="raise_on_sql")
    responsible_position: Mapped[Position | None] = relationship(lazy="raise_on_sql")
    supporting_units: Mapped[list[OrgUnit]] = relationship(secondary=action_supporting_unit, lazy="raise_on_sql")
    pic: Mapped[Person | None] = relationship(lazy="raise_on_sql")
    supporters: Mapped[list["ActionSupporter"]] = relationship(
        back_populates="action", order_by="ActionSupporter.id", cascade="all, delete-orphan", lazy="raise_on_sql"
    )
    promises: Mapped[list["DueDateChange"]] = relationship(
        back_populates="action", order_by="DueDateChange.id", lazy="raise_on_sql"
    )
    holds: Mapped[list["ActionHold"]] = relationship(
        back_populates="action", order_by="ActionHold.id", lazy="raise_on_sql"
    )
    updates: Mapped[list["ActionUpdate"]] = relationship(
        back_populates="action", order_by="ActionUpdate.on.desc(), ActionUpdate.id.desc()", lazy="raise_on_sql"
    )

    @property
    def hold(self) -> "ActionHold | None":
        return next((hold for hold in self.holds if hold.ended_on is None), None)

    @property
    def valid_promises(self) -> list["DueDateChange"]:
        """Promises that were not withdrawn, oldest first; the last is the current due date."""
        return [promise for promise in self.promises if promise.withdrawn_at is None]

    @classmethod
    def is_known_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        supporter = ActionSupporter.__table__.alias()
        return or_(
            cls.recorded_by_id == viewer.account,
            cls.pic_id == viewer.person,
            exists().where(supporter.c.action_id == cls.id, supporter.c.person_id == viewer.person),
        )

    @classmethod
    def is_unfinished(cls) -> ColumnElement[bool]:
        """Whether it is open. The codes are literals, so that SQLite uses the partial index of open actions."""
        open_codes = bindparam("unfinished", sorted(OPEN), Text(), expanding=True, literal_execute=True, unique=True)
        return cls.status.in_(open_codes)

    @property
    def is_decided(self) -> bool:
        return self.status in CLOSED

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    def days_late(self, today: date) -> int:
        """A due day ends at midnight in the unit that owes it. `today` is the day in the office."""
        return days_late(self.status, self.due_on, self.day_where_owed(today))

    def day_where_owed(self, today: date) -> date:
        return people.day_in_unit(self.responsible_unit_id, today)

    def is_overdue(self, today: date) -> bool:
        return self.days_late(today) > 0

    @classmethod
    def is_past_due(
        cls, today: date, promised: InstrumentedAttribute[date | None] | None = None
    ) -> ColumnElement[bool]:
        """Whether the due day, or another promised day, has ended in the unit that owes it."""
        promised = promised if promised is not None else cls.due_on
        units = defaultdict[date, list[int]](list)
        for unit_id, day in people.days_elsewhere(today).items():
            units[day].append(unit_id)
        if not units:
            return promised < today
        there = [(cls.responsible_unit_id.in_(unit_ids), literal(day)) for day, unit_ids in units.items()]
        return promised < case(*there, else_=literal(today))

    def is_due_soon(self, today: date, until: date) -> bool:
        """`until` is the last day that counts as soon."""
        return is_due_soon(self.status, self.due_on, today, until)


class ActionSupporter(PartOfClassified, Model):
    """A person, post or outside body (as text) that supports the person in charge."""

    __tablename__ = "action_supporter"
    __table_args__ = (
        CheckConstraint("person_id IS NOT NULL OR position_id IS NOT NULL OR as_written IS NOT NULL", name="somebody"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("action_item.id"), index=True)
    #: The person named, or the holder of the post on that day.
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    position_id: Mapped[int | None] = mapped_column(ForeignKey("position.id"))
    as_written: Mapped[str | None]

    action: Mapped[ActionItem] = relationship(back_populates="supporters", lazy="raise_on_sql")
    person: Mapped[Person | None] = relationship(lazy="raise_on_sql")
    position: Mapped[Position | None] = relationship(lazy="raise_on_sql")

    @classmethod
    def is_open_to_viewer(cls) -> ColumnElement[bool]:
        return is_seen(ActionItem, cls.action_id)


class DueDateChange(PartOfClassified, Model):
    """One promise: a due date, the one it replaced, the reason and who agreed."""

    __tablename__ = "due_date_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("action_item.id"), index=True)
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]
    reason: Mapped[str | None]
    agreed_by: Mapped[str | None]
    at: Mapped[datetime]
    by_name: Mapped[str]
    #: When the bulk change that made this promise was undone; it then counts as never made.
    withdrawn_at: Mapped[datetime | None] = mapped_column(sort_order=1)

    action: Mapped[ActionItem] = relationship(back_populates="promises", lazy="raise_on_sql")

    @classmethod
    def is_open_to_viewer(cls) -> ColumnElement[bool]:
        return is_seen(ActionItem, cls.action_id)


class ActionHold(PartOfClassified, Model):
    """A period in which an action was blocked or waited for somebody outside."""

    __tablename__ = "action_hold"
    __table_args__ = (
        CheckConstraint("ended_on >= since", name="dates_in_order"),
        Index(
            "ix_action_hold_open",
            "action_id",
            unique=True,
            sqlite_where=text("ended_on IS NULL"),
            postgresql_where=text("ended_on IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("action_item.id"), index=True)
    kind: Mapped[HoldKind] = mapped_column(codes(HoldKind, "kind"))
    waiting_for: Mapped[str]
    since: Mapped[date]
    reason: Mapped[str | None]
    ended_on: Mapped[date | None]
    by_name: Mapped[str]
    at: Mapped[datetime]

    action: Mapped[ActionItem] = relationship(back_populates="holds", lazy="raise_on_sql")

    @classmethod
    def is_open_to_viewer(cls) -> ColumnElement[bool]:
        return is_seen(ActionItem, cls.action_id)


class ActionUpdate(PartOfClassified, Model):
    __tablename__ = "action_update"
    __table_args__ = (CheckConstraint("percent BETWEEN 0 AND 100", name="percent_of_hundred"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("action_item.id"), index=True)
    on: Mapped[date]
    status: Mapped[ActionStatus] = mapped_column(codes(ActionStatus, "status"))
    #: Pages ask for it; an imported report may lack it.
    progress_note: Mapped[str | None]
    percent: Mapped[int | None]
    obstacle: Mapped[str | None]
    next_step: Mapped[str | None]
    next_due_on: Mapped[date | None]
    evidence: Mapped[str | None]
    at: Mapped[datetime]
    by_account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    by_name: Mapped[str]

    action: Mapped[ActionItem] = relationship(back_populates="updates", lazy="raise_on_sql")

    @classmethod
    def is_open_to_viewer(cls) -> ColumnElement[bool]:
        return is_seen(ActionItem, cls.action_id)


retry_on_violation("pk_action_setting")


class ActionSetting(Versioned, Model):
    """Length of “due soon”: one row, or none while the default applies."""

    __tablename__ = "action_setting"
    __table_args__ = (
        CheckConstraint(f"due_soon_working_days BETWEEN 1 AND {MAX_DUE_SOON}", name="sensible"),
        CheckConstraint("id = 1", name="only_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    due_soon_working_days: Mapped[int]
