"""Tables of reorganisations."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, or_
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.actions.models import ActionItem
from tracker.core.db import Model, Versioned, codes
from tracker.core.visibility import PartOfClassified, is_one_seen
from tracker.people.models import OrgUnit, Person, Position
from tracker.proposals.models import Proposal
from tracker.reorganisation.rules import LineKind
from tracker.targets.models import Target


class Reorganisation(Versioned, Model):
    """A decree that changes the organisation from a day on: a draft until it is in force."""

    __tablename__ = "reorganisation"
    __table_args__ = (CheckConstraint("(entered_at IS NULL) = (entered_by_name IS NULL)", name="entered_by_someone"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Of the decree: «Perpres 139/2024».
    number: Mapped[str]
    dated_on: Mapped[date]
    #: The first day of the new organisation.
    in_force_on: Mapped[date]
    note: Mapped[str | None]
    #: When its lines last changed.
    edited_at: Mapped[datetime]
    entered_at: Mapped[datetime | None]
    entered_by_name: Mapped[str | None]

    lines: Mapped[list["ReorganisationLine"]] = relationship(
        back_populates="reorganisation",
        order_by="ReorganisationLine.place",
        cascade="all, delete-orphan",
        lazy="raise_on_sql",
    )

    @property
    def is_in_force(self) -> bool:
        return self.entered_at is not None


class ReorganisationLine(Model):
    """What becomes of a unit, post or person: one of its successors. A unit or post without predecessor is new."""

    __tablename__ = "reorganisation_line"

    id: Mapped[int] = mapped_column(primary_key=True)
    reorganisation_id: Mapped[int] = mapped_column(ForeignKey("reorganisation.id"), index=True)
    place: Mapped[int]
    kind: Mapped[LineKind] = mapped_column(codes(LineKind, "kind"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("org_unit.id"), index=True)
    position_id: Mapped[int | None] = mapped_column(ForeignKey("position.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    #: One that exists; of a new one only the name is known until the decree is in force.
    successor_unit_id: Mapped[int | None] = mapped_column(ForeignKey("org_unit.id"), index=True)
    successor_position_id: Mapped[int | None] = mapped_column(ForeignKey("position.id"), index=True)
    successor_name: Mapped[str | None]
    successor_name_en: Mapped[str | None]
    #: The unit above a unit, or the unit of a post; by name if this decree makes it.
    below_unit_id: Mapped[int | None] = mapped_column(ForeignKey("org_unit.id"))
    below_name: Mapped[str | None]
    #: Whether this successor takes everything that no line gives to another.
    takes_rest: Mapped[bool]

    reorganisation: Mapped[Reorganisation] = relationship(back_populates="lines", lazy="raise_on_sql")
    unit: Mapped[OrgUnit | None] = relationship(foreign_keys=[unit_id], lazy="raise_on_sql")
    position: Mapped[Position | None] = relationship(foreign_keys=[position_id], lazy="raise_on_sql")
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id], lazy="raise_on_sql")
    successor_unit: Mapped[OrgUnit | None] = relationship(foreign_keys=[successor_unit_id], lazy="raise_on_sql")
    successor_position: Mapped[Position | None] = relationship(
        foreign_keys=[successor_position_id], lazy="raise_on_sql"
    )
    below_unit: Mapped[OrgUnit | None] = relationship(foreign_keys=[below_unit_id], lazy="raise_on_sql")


class ReorganisationItem(PartOfClassified, Model):
    """An open action, proposal or target that goes to another unit than the others of its unit."""

    __tablename__ = "reorganisation_item"
    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN action_id IS NULL THEN 0 ELSE 1 END + CASE WHEN proposal_id IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN target_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_item",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reorganisation_id: Mapped[int] = mapped_column(ForeignKey("reorganisation.id"), index=True)
    action_id: Mapped[int | None] = mapped_column(ForeignKey("action_item.id"), index=True)
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposal.id"), index=True)
    target_id: Mapped[int | None] = mapped_column(ForeignKey("target.id"), index=True)
    successor_unit_id: Mapped[int | None] = mapped_column(ForeignKey("org_unit.id"))
    successor_name: Mapped[str | None]

    action: Mapped[ActionItem | None] = relationship(lazy="raise_on_sql")
    proposal: Mapped[Proposal | None] = relationship(lazy="raise_on_sql")
    target: Mapped[Target | None] = relationship(lazy="raise_on_sql")
    successor_unit: Mapped[OrgUnit | None] = relationship(lazy="raise_on_sql")

    @classmethod
    def is_open_to_viewer(cls) -> ColumnElement[bool]:
        return or_(cls.target_id.is_not(None), is_one_seen((ActionItem, cls.action_id), (Proposal, cls.proposal_id)))
