"""Tables of targets. A document, an objective and an indicator are all targets: a proposal may touch any of them."""

from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.core.db import Model, Versioned, codes
from tracker.people.models import OrgUnit
from tracker.targets.rules import DocumentKind, ObjectiveLevel, Polarity, TargetKind, TargetState


class Target(Model):
    """What all targets share; the three kinds add their own columns in tables of their own."""

    __tablename__ = "target"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[TargetKind] = mapped_column(codes(TargetKind, "kind"))
    state: Mapped[TargetState] = mapped_column(codes(TargetState, "state"))
    code: Mapped[str | None]
    name_id: Mapped[str]
    name_en: Mapped[str | None]
    note: Mapped[str | None]
    #: The unit that answers for it.
    owner_unit_id: Mapped[int | None] = mapped_column(ForeignKey("org_unit.id"), index=True)
    version: Mapped[int] = mapped_column()

    owner_unit: Mapped[OrgUnit | None] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version, "polymorphic_on": kind}  # noqa: RUF012  # SQLAlchemy reads a plain attribute


class TargetDocument(Target):
    """A document that fixes targets for a year or a span of years, in one of its versions."""

    __tablename__ = "target_document"
    __table_args__ = (CheckConstraint("year_to >= year_from", name="years_in_order"),)
    __mapper_args__ = {"polymorphic_identity": TargetKind.DOCUMENT}  # noqa: RUF012  # SQLAlchemy reads a plain attribute

    id: Mapped[int] = mapped_column(ForeignKey("target.id"), primary_key=True)
    document_kind: Mapped[DocumentKind] = mapped_column(codes(DocumentKind, "document_kind"))
    year_from: Mapped[int]
    year_to: Mapped[int]
    edition: Mapped[int] = mapped_column(default=1)
    #: The number of the decree or letter that enacted it.
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
    #: Null where the document is not (yet) recorded here.
    document_id: Mapped[int | None] = mapped_column(ForeignKey("target_document.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("objective.id"), index=True)

    document: Mapped[TargetDocument | None] = relationship(foreign_keys=[document_id], lazy="raise_on_sql")
    parent: Mapped["Objective | None"] = relationship(foreign_keys=[parent_id], remote_side=[id], lazy="raise_on_sql")


class Indicator(Target):
    """A performance indicator (indikator kinerja): what is measured, in which unit, which way is better."""

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
    #: Whether values add up over the periods of a year; null while nobody has said.
    is_cumulative: Mapped[bool | None]

    document: Mapped[TargetDocument | None] = relationship(foreign_keys=[document_id], lazy="raise_on_sql")
    objective: Mapped[Objective | None] = relationship(foreign_keys=[objective_id], lazy="raise_on_sql")
    values: Mapped[list["IndicatorValue"]] = relationship(
        back_populates="indicator", order_by="IndicatorValue.year, IndicatorValue.period", lazy="raise_on_sql"
    )


class IndicatorValue(Versioned, Model):
    """The target and the actual value of an indicator in one period. Null is «not yet set», never 0."""

    __tablename__ = "indicator_value"
    __table_args__ = (UniqueConstraint("indicator_id", "year", "period"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"))
    year: Mapped[int]
    #: A code of targets.rules.PERIODS.
    period: Mapped[str]
    target_value: Mapped[Decimal | None]
    #: Upper bound where the polarity is a range; the target value is then the lower.
    target_upper: Mapped[Decimal | None]
    actual_value: Mapped[Decimal | None]
    note: Mapped[str | None]
    evidence: Mapped[str | None]

    indicator: Mapped[Indicator] = relationship(back_populates="values", lazy="raise_on_sql")
