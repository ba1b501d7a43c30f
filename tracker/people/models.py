"""Tables of the organisation and its people."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, UniqueConstraint, and_, func, literal, text
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.core.clock import Zone
from tracker.core.db import Model, Versioned, codes
from tracker.core.visibility import RegisterEntry
from tracker.people.rules import HoldingKind, covers, full_name

_HAS_ZONE = text("timezone IS NOT NULL")


class OrgUnit(Versioned, Model):
    """An organisational unit (unit kerja). Units are renamed, split and merged, hence the validity dates."""

    __tablename__ = "org_unit"
    __table_args__ = (
        CheckConstraint("parent_id <> id", name="not_own_parent"),
        CheckConstraint("valid_to >= valid_from", name="valid_in_order"),
        # Whether there are any is asked with every request.
        Index("ix_org_unit_zoned", "timezone", sqlite_where=_HAS_ZONE, postgresql_where=_HAS_ZONE),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name_id: Mapped[str]
    name_en: Mapped[str | None]
    short: Mapped[str | None]
    #: Echelon as written: «I.a», «II» …
    echelon: Mapped[str | None]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("org_unit.id"), index=True)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    #: Address and contact as the letterhead prints them.
    address: Mapped[str | None] = mapped_column(sort_order=1)
    #: Where it works, if that is not the zone of the unit above it, or of the office.
    timezone: Mapped[Zone | None] = mapped_column(codes(Zone, "timezone"), sort_order=2)

    parent: Mapped["OrgUnit | None"] = relationship(remote_side=[id], back_populates="children", lazy="raise_on_sql")
    children: Mapped[list["OrgUnit"]] = relationship(back_populates="parent", lazy="raise_on_sql")
    positions: Mapped[list["Position"]] = relationship(back_populates="unit", lazy="raise_on_sql")
    former_names: Mapped[list["FormerUnitName"]] = relationship(
        back_populates="unit",
        foreign_keys="FormerUnitName.unit_id",
        order_by="FormerUnitName.until_on.desc()",
        lazy="raise_on_sql",
    )


class FormerUnitName(Versioned, Model):
    """Name, address and unit above of a unit up to a date. Letterheads of documents from that time use it."""

    __tablename__ = "former_unit_name"
    __table_args__ = (UniqueConstraint("unit_id", "until_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_unit.id"))
    #: The last day on which the unit bore this name.
    until_on: Mapped[date]
    name_id: Mapped[str]
    name_en: Mapped[str | None]
    address: Mapped[str | None]
    #: The unit above at that time.
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("org_unit.id"), sort_order=1)

    unit: Mapped[OrgUnit] = relationship(back_populates="former_names", foreign_keys=[unit_id], lazy="raise_on_sql")


class LetterheadSetting(Model):
    """Letterhead of the office. Append-only: the newest row is in force."""

    __tablename__ = "letterhead_setting"
    __table_args__ = (CheckConstraint("(emblem_mark IS NULL) = (emblem_name IS NULL)", name="emblem_has_name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Organiser of meetings that name none.
    organiser_unit_id: Mapped[int | None] = mapped_column(ForeignKey("org_unit.id"))
    #: Used if the unit has no address of its own.
    address: Mapped[str | None]
    #: SHA-256 of the image in the store.
    emblem_mark: Mapped[str | None]
    emblem_name: Mapped[str | None]
    by_name: Mapped[str]
    at: Mapped[datetime]


class Position(Versioned, Model):
    """A post (jabatan), in a unit or outside any. It exists independently of its holders."""

    __tablename__ = "position"
    __table_args__ = (
        CheckConstraint("valid_to >= valid_from", name="valid_in_order"),
        CheckConstraint("merged_into_id <> id", name="not_merged_into_itself"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    title_id: Mapped[str]
    title_en: Mapped[str | None]
    short: Mapped[str | None]
    aliases: Mapped[list[str]] = mapped_column(default=list)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("org_unit.id"), index=True)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    #: The post this row was merged into; all references were redirected to it.
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("position.id"), index=True, sort_order=1)

    unit: Mapped[OrgUnit | None] = relationship(back_populates="positions", lazy="raise_on_sql")
    holdings: Mapped[list["PositionHolding"]] = relationship(back_populates="position", lazy="raise_on_sql")

    @hybrid_property
    def is_listed(self) -> bool:
        return self.merged_into_id is None

    @is_listed.inplace.expression
    @classmethod
    def _is_listed(cls) -> ColumnElement[bool]:
        return cls.merged_into_id.is_(None)


class FormerPosition(Model):
    """Title and unit of a post up to a date."""

    __tablename__ = "former_position"

    id: Mapped[int] = mapped_column(primary_key=True)
    position_id: Mapped[int] = mapped_column(ForeignKey("position.id"), index=True)
    #: The last day on which the post had this title in this unit.
    until_on: Mapped[date]
    title_id: Mapped[str]
    title_en: Mapped[str | None]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("org_unit.id"))


class Person(RegisterEntry, Versioned, Model):
    """A person. There is one name field, since single names are normal and there is no family-name order."""

    __tablename__ = "person"
    __table_args__ = (CheckConstraint("merged_into_id <> id", name="not_merged_into_itself"),)
    NAMING_NOBODY = frozenset({"person_merge", "involvement", "reorganisation_line", "notice", "reply_link"})

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    #: Name and aliases, folded for comparison (people.rules.folded), one per line.
    folded: Mapped[str] = mapped_column(index=True)
    title_prefix: Mapped[str | None]
    title_suffix: Mapped[str | None]
    aliases: Mapped[list[str]] = mapped_column(default=list)
    #: True while the identity is not confirmed (a short name, a first mention).
    is_provisional: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str | None]
    #: Civil-service number. It reveals birth date and sex, so it is optional and shown only on the edit page.
    nip: Mapped[str | None]
    #: The person this row was merged into; all references were redirected to it.
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True, sort_order=1)
    #: Set if the row was created by mistake and removed; it can be restored.
    removed_at: Mapped[datetime | None] = mapped_column(sort_order=2)
    #: For mails to somebody without an account; shown only on the edit page. The address of an account goes first.
    email: Mapped[str | None] = mapped_column(sort_order=6)

    holdings: Mapped[list["PositionHolding"]] = relationship(back_populates="person", lazy="raise_on_sql")

    @hybrid_property
    def is_listed(self) -> bool:
        return self.merged_into_id is None and self.removed_at is None

    @is_listed.inplace.expression
    @classmethod
    def _is_listed(cls) -> ColumnElement[bool]:
        return and_(cls.merged_into_id.is_(None), cls.removed_at.is_(None))

    @hybrid_property
    def full_name(self) -> str:
        return full_name(self.title_prefix, self.name, self.title_suffix)

    @full_name.inplace.expression
    @classmethod
    def _full_name(cls) -> ColumnElement[str]:
        before = func.coalesce(func.nullif(cls.title_prefix, "").concat(" "), "")
        after = func.coalesce(literal(", ").concat(func.nullif(cls.title_suffix, "")), "")
        return before.concat(cls.name).concat(after)


class PositionHolding(Versioned, Model):
    """Who held which post when, and in what capacity. An unknown start or end is null."""

    __tablename__ = "position_holding"
    __table_args__ = (
        CheckConstraint("end_on >= start_on", name="dates_in_order"),
        Index("ix_position_holding_dates", "position_id", "start_on", "end_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    position_id: Mapped[int] = mapped_column(ForeignKey("position.id"))
    kind: Mapped[HoldingKind] = mapped_column(codes(HoldingKind, "kind"), default=HoldingKind.DEFINITIVE)
    start_on: Mapped[date | None]
    end_on: Mapped[date | None]
    note: Mapped[str | None]

    person: Mapped[Person] = relationship(back_populates="holdings", lazy="raise_on_sql")
    position: Mapped[Position] = relationship(back_populates="holdings", lazy="raise_on_sql")

    def covers(self, day: date) -> bool:
        return covers(self.start_on, self.end_on, day)


class Merge:
    """Mixin for records of a merge, with the data needed to undo it."""

    kept_id: Any
    gone_id: Any
    kept: Any
    gone: Any

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    by_name: Mapped[str]
    undone_at: Mapped[datetime | None]
    undone_by_name: Mapped[str | None]
    #: Which rows were changed and deleted (people.commands.merging). It may mention rows that only few may see, so it
    #: is never shown, audited or exported.
    undo_data: Mapped[dict[str, Any]]


def _once_at_a_time(name: str) -> Index:
    is_open = text("undone_at IS NULL")
    return Index(f"ix_{name}_open", "gone_id", unique=True, sqlite_where=is_open, postgresql_where=is_open)


class PersonMerge(Merge, Model):
    __tablename__ = "person_merge"
    __table_args__ = (CheckConstraint("kept_id <> gone_id", name="two_persons"), _once_at_a_time("person_merge"))

    #: The row that remains.
    kept_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    gone_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    kept: Mapped[Person] = relationship(foreign_keys=[kept_id], lazy="raise_on_sql")
    gone: Mapped[Person] = relationship(foreign_keys=[gone_id], lazy="raise_on_sql")


class PositionMerge(Merge, Model):
    __tablename__ = "position_merge"
    __table_args__ = (CheckConstraint("kept_id <> gone_id", name="two_posts"), _once_at_a_time("position_merge"))

    #: The row that remains.
    kept_id: Mapped[int] = mapped_column(ForeignKey("position.id"), index=True)
    gone_id: Mapped[int] = mapped_column(ForeignKey("position.id"))

    kept: Mapped[Position] = relationship(foreign_keys=[kept_id], lazy="raise_on_sql")
    gone: Mapped[Position] = relationship(foreign_keys=[gone_id], lazy="raise_on_sql")
