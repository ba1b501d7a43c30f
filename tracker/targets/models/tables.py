"""Tables of targets. Documents, objectives and indicators share a table, since a proposal may touch any of them."""

from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, column, select, table, union_all
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from tracker.calendar.periods.models import Period, PeriodScheme
from tracker.core.db import Model, Versioned, codes
from tracker.people.models import OrgUnit
from tracker.targets import rules
from tracker.targets.rules import DocumentKind, Lacking, ObjectiveLevel, Polarity, TargetKind, TargetState

_VALUES = table("indicator_value", column("indicator_id"), column("target_value"))
_DOCUMENT = table("target_document", column("id"), column("edition"))
_STATE = table("target", column("id"), column("state"))
_PARTS = (table(name, column("id"), column("document_id")) for name in ("objective", "indicator"))
_HELD = union_all(
    select(_DOCUMENT.c.id, _DOCUMENT.c.id.label("document_id")),
    *(select(part.c.id, part.c.document_id) for part in _PARTS),
).subquery()
#: All targets of superseded documents, including the documents, with their edition.
_SUPERSEDED = (
    select(_HELD.c.id, _DOCUMENT.c.edition)
    .join(_DOCUMENT, _DOCUMENT.c.id == _HELD.c.document_id)
    .join(_STATE, _STATE.c.id == _HELD.c.document_id)
    .where(_STATE.c.state == TargetState.SUPERSEDED.value)
    .subquery()
)


class Target(Model):
    """Columns shared by all kinds of target; each kind adds its own in a table of its own."""

    __tablename__ = "target"
    __table_args__: Any = (  # each kind of target has its own
        CheckConstraint(
            "(kind = 'document' AND state IN ('draft', 'proposed', 'enacted', 'superseded')) OR "
            "(kind = 'objective' AND state IN ('draft', 'in_force', 'retired')) OR "
            "(kind = 'indicator' AND state IN ('candidate', 'draft', 'active', 'retired'))",
            name="state_of_its_kind",
        ),
        CheckConstraint("origin_id <> id", name="not_own_origin"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[TargetKind] = mapped_column(codes(TargetKind, "kind"))
    state: Mapped[TargetState] = mapped_column(codes(TargetState, "state"))
    code: Mapped[str | None]
    name_id: Mapped[str]
    name_en: Mapped[str | None]
    note_id: Mapped[str | None]
    #: The responsible unit.
    owner_unit_id: Mapped[int | None] = mapped_column(ForeignKey("org_unit.id"), index=True)
    version: Mapped[int] = mapped_column()
    note_en: Mapped[str | None]
    #: The same target in the first version of its document; null on the first version itself.
    origin_id: Mapped[int | None] = mapped_column(ForeignKey("target.id"), index=True)

    #: Whether any period has a target value, for pages that do not load the values.
    has_target_value: Mapped[bool] = column_property(
        select(_VALUES.c.indicator_id)
        .where(_VALUES.c.indicator_id == id, _VALUES.c.target_value.is_not(None))
        .correlate_except(_VALUES)
        .exists(),
        deferred=True,
        raiseload=True,
    )

    #: Edition of its document if superseded by a later one; otherwise null.
    superseded_edition: Mapped[int | None] = column_property(
        select(_SUPERSEDED.c.edition).where(_SUPERSEDED.c.id == id).correlate_except(_SUPERSEDED).scalar_subquery()
    )

    owner_unit: Mapped[OrgUnit | None] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version, "polymorphic_on": kind}  # noqa: RUF012  # SQLAlchemy reads a plain attribute

    @property
    def lineage(self) -> int:
        """Id of the first version, shared by all versions of a target."""
        return self.origin_id or self.id


class TargetDocument(Target):
    """One version of a document that sets targets for a year or several."""

    __tablename__ = "target_document"
    __table_args__ = (
        CheckConstraint("year_to >= year_from", name="years_in_order"),
        CheckConstraint("edition > 0", name="edition_counts_from_one"),
        CheckConstraint("supersedes_id <> id", name="not_own_successor"),
        Index("ix_target_document_one_successor", "supersedes_id", unique=True),
    )
    __mapper_args__ = {"polymorphic_identity": TargetKind.DOCUMENT}  # noqa: RUF012  # SQLAlchemy reads a plain attribute

    id: Mapped[int] = mapped_column(ForeignKey("target.id"), primary_key=True)
    document_kind: Mapped[DocumentKind] = mapped_column(codes(DocumentKind, "document_kind"))
    year_from: Mapped[int]
    year_to: Mapped[int]
    edition: Mapped[int] = mapped_column(default=1)
    #: Number of the decree or letter that enacted it.
    document_number: Mapped[str | None]
    supersedes_id: Mapped[int | None] = mapped_column(ForeignKey("target_document.id"))

    supersedes: Mapped["TargetDocument | None"] = relationship(
        foreign_keys=[supersedes_id], remote_side=[id], lazy="raise_on_sql"
    )


class Objective(Target):
    """An objective (sasaran) in the cascade, or a target area not yet placed in it."""

    __tablename__ = "objective"
    __table_args__ = (CheckConstraint("parent_id <> id", name="not_own_parent"),)
    __mapper_args__ = {"polymorphic_identity": TargetKind.OBJECTIVE}  # noqa: RUF012  # SQLAlchemy reads a plain attribute

    id: Mapped[int] = mapped_column(ForeignKey("target.id"), primary_key=True)
    level: Mapped[ObjectiveLevel] = mapped_column(codes(ObjectiveLevel, "level"))
    #: Null if the document is not recorded here (yet).
    document_id: Mapped[int | None] = mapped_column(ForeignKey("target_document.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("objective.id"), index=True)

    document: Mapped[TargetDocument | None] = relationship(foreign_keys=[document_id], lazy="raise_on_sql")
    parent: Mapped["Objective | None"] = relationship(foreign_keys=[parent_id], remote_side=[id], lazy="raise_on_sql")


class Indicator(Target):
    """A performance indicator (indikator kinerja): what is measured, its unit, and its polarity."""

    __tablename__ = "indicator"
    __mapper_args__ = {"polymorphic_identity": TargetKind.INDICATOR}  # noqa: RUF012  # SQLAlchemy reads a plain attribute

    id: Mapped[int] = mapped_column(ForeignKey("target.id"), primary_key=True)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("target_document.id"), index=True)
    objective_id: Mapped[int | None] = mapped_column(ForeignKey("objective.id"), index=True)
    unit_of_measure: Mapped[str | None]
    polarity: Mapped[Polarity | None] = mapped_column(codes(Polarity, "polarity"))
    baseline: Mapped[str | None]
    operational_definition: Mapped[str | None]
    formula: Mapped[str | None]
    data_source: Mapped[str | None]
    #: Indikator kinerja utama: a label, not a level.
    is_key: Mapped[bool] = mapped_column(default=False)
    #: Whether values add up over the periods of a year; null if unknown.
    is_cumulative: Mapped[bool | None]
    #: The periods in which it is measured; null if not set.
    scheme_id: Mapped[int | None] = mapped_column(ForeignKey("period_scheme.id"))

    document: Mapped[TargetDocument | None] = relationship(foreign_keys=[document_id], lazy="raise_on_sql")
    objective: Mapped[Objective | None] = relationship(foreign_keys=[objective_id], lazy="raise_on_sql")
    scheme: Mapped[PeriodScheme | None] = relationship(lazy="raise_on_sql")
    values: Mapped[list["IndicatorValue"]] = relationship(back_populates="indicator", lazy="raise_on_sql")

    @property
    def by_period(self) -> list["IndicatorValue"]:
        return sorted(self.values, key=lambda value: value.moment)

    @property
    def latest(self) -> "IndicatorValue | None":
        """The last measured period; if none was measured, the last one with a target value."""
        measured = [value for value in self.by_period if value.actual_value is not None]
        promised = [value for value in self.by_period if value.target_value is not None]
        return next(reversed(measured or promised), None)

    @property
    def direction(self) -> int | None:
        """1 if it rose with the last measured value, -1 if it fell, 0 if it stayed; None without two of them."""
        measured = [value.actual_value for value in self.by_period if value.actual_value is not None]
        return (measured[-1] > measured[-2]) - (measured[-1] < measured[-2]) if len(measured) > 1 else None

    @property
    def is_percentage(self) -> bool:
        return rules.is_percentage(self.unit_of_measure)

    @property
    def adds_up(self) -> bool | None:
        """Whether values add up over the year; False for percentages, whatever is set."""
        return None if self.is_percentage else self.is_cumulative

    @property
    def result(self) -> rules.Result:
        """Result of the last period measured against a target. Requires loaded values."""
        latest = self.latest
        is_in_force = self.state is TargetState.ACTIVE and self.superseded_edition is None
        if latest is None or latest.actual_value is None:
            return rules.Result(is_in_force=is_in_force)
        return rules.Result(
            is_in_force=is_in_force, moment=latest.moment, achievement=latest.achievement(self.polarity),
            is_reached=rules.is_reached(latest.deviation(self.polarity), self.polarity),
        )  # fmt: skip

    @property
    def limits(self) -> tuple[Decimal | None, Decimal | None]:
        """What the value of the last period should be at least and at most. Requires loaded values."""
        value = self.latest
        return rules.limits(value.target_value, value.target_upper, self.polarity) if value else (None, None)

    @property
    def has_actual_values(self) -> bool:
        return any(value.actual_value is not None for value in self.values)

    @property
    def progress(self) -> rules.Progress:
        """Against the target of the last measured period. Requires loaded values."""
        value = self.latest
        if value is None:
            return rules.Progress.UNMEASURED
        return rules.progress(value.actual_value, value.target_value, self.polarity, value.target_upper)

    @property
    def lacking(self) -> list[Lacking]:
        has_value = any(value.target_value is not None for value in self.values)
        return rules.lacking(self.unit_of_measure, self.formula, has_value=has_value)


class IndicatorValue(Versioned, Model):
    """Target and actual value of an indicator in a period. Null means «not yet set», never 0."""

    __tablename__ = "indicator_value"
    __table_args__ = (
        UniqueConstraint("indicator_id", "year", "period_id"),
        CheckConstraint("target_upper IS NULL OR target_value IS NOT NULL", name="upper_has_lower"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"))
    year: Mapped[int]
    period_id: Mapped[int] = mapped_column(ForeignKey("period.id"), index=True)
    target_value: Mapped[Decimal | None]
    #: Upper bound of a range; the target value is then the lower bound.
    target_upper: Mapped[Decimal | None]
    actual_value: Mapped[Decimal | None]
    note: Mapped[str | None]
    evidence: Mapped[str | None]
    #: Doubts about the values when they were stored, and who confirmed them.
    doubts: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True), sort_order=1)
    confirmed_by_name: Mapped[str | None] = mapped_column(sort_order=2)

    indicator: Mapped[Indicator] = relationship(back_populates="values", lazy="raise_on_sql")
    period: Mapped[Period] = relationship(lazy="raise_on_sql")

    @property
    def moment(self) -> tuple[int, int, int]:
        return (self.year, self.period.last_month, self.period_id)

    def achievement(self, polarity: Polarity | None) -> Decimal | None:
        return rules.achievement(self.actual_value, self.target_value, polarity, self.target_upper)

    def goal(self, polarity: Polarity | None) -> tuple[Decimal | None, Decimal | None]:
        """The least and the most that reach the target; None where there is no such limit."""
        if polarity is Polarity.MAXIMISE:
            return self.target_value, None
        if polarity is Polarity.MINIMISE:
            return None, self.target_value
        return self.target_value, self.target_value if self.target_upper is None else self.target_upper

    def deviation(self, polarity: Polarity | None) -> Decimal | None:
        return rules.deviation(self.actual_value, self.target_value, polarity, self.target_upper)
