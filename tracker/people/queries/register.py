"""Queries for persons, units, posts and holdings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from tracker.core import clock
from tracker.core.db import db
from tracker.core.errors import NotFound
from tracker.core.office import office
from tracker.core.paging import Page, page_of
from tracker.core.sorting import Order, Orders, by_words, ordered, sort_keys
from tracker.people import rules
from tracker.people.models import FormerUnitName, LetterheadSetting, OrgUnit, Person, Position, PositionHolding

Row = TypeVar("Row")


@dataclass(frozen=True, kw_only=True)
class PeopleFilter:
    q: str | None = None
    is_provisional: bool = False
    order: Order | None = None


def _one_or_not_found(query: Select[Row], kind: Any, *, to_change: bool) -> Row:
    row: Row | None = db.session.scalar(query.with_for_update(of=kind) if to_change else query)
    if row is None:
        raise NotFound
    return row


def person(person_id: int, *, to_change: bool = False) -> Person:
    query = select(Person).filter_by(id=person_id)
    loaded = selectinload(Person.holdings).selectinload(PositionHolding.position)
    return _one_or_not_found(query.options(loaded), Person, to_change=to_change)


def unit(unit_id: int, *, to_change: bool = False) -> OrgUnit:
    parts = (OrgUnit.parent, OrgUnit.children, OrgUnit.positions, OrgUnit.former_names)
    loaded = [selectinload(part) for part in parts]
    return _one_or_not_found(select(OrgUnit).filter_by(id=unit_id).options(*loaded), OrgUnit, to_change=to_change)


def former_name(name_id: int, *, to_change: bool = False) -> FormerUnitName:
    query = select(FormerUnitName).filter_by(id=name_id).options(selectinload(FormerUnitName.unit))
    return _one_or_not_found(query, FormerUnitName, to_change=to_change)


def former_names_of(unit_id: int) -> Sequence[FormerUnitName]:
    query = select(FormerUnitName).filter_by(unit_id=unit_id).order_by(FormerUnitName.until_on.desc())
    return db.session.scalars(query).all()


def position(position_id: int, *, to_change: bool = False) -> Position:
    loaded = (selectinload(Position.unit), selectinload(Position.holdings).selectinload(PositionHolding.person))
    return _one_or_not_found(select(Position).filter_by(id=position_id).options(*loaded), Position, to_change=to_change)


def holding(holding_id: int, *, to_change: bool = False) -> PositionHolding:
    loaded = (selectinload(PositionHolding.person), selectinload(PositionHolding.position))
    query = select(PositionHolding).filter_by(id=holding_id).options(*loaded)
    return _one_or_not_found(query, PositionHolding, to_change=to_change)


def persons_query(filters: PeopleFilter) -> Select[Person]:
    query = select(Person).where(Person.is_listed)
    if filters.q:
        query = query.where(Person.folded.contains(rules.folded(filters.q), autoescape=True))
    if filters.is_provisional:
        query = query.where(Person.is_provisional)
    return ordered(query, PEOPLE_ORDERS, filters.order, Person.name, Person.id)


def matching(filters: PeopleFilter, bookmark: str | None) -> Page[Person]:
    """With the posts that they hold today."""
    held = selectinload(Person.holdings.and_(covers_day(clock.today()))).selectinload(PositionHolding.position)
    query = persons_query(filters).add_columns(*sort_keys(PEOPLE_ORDERS, filters.order))
    return page_of(query.options(held), bookmark)


def units_query(order: Order | None) -> Select[OrgUnit]:
    return ordered(select(OrgUnit), UNIT_ORDERS, order, OrgUnit.id)


def all_units(order: Order | None = None) -> Sequence[OrgUnit]:
    return db.session.scalars(units_query(order)).all()


def posts_query(order: Order | None) -> Select[Position]:
    loaded = (joinedload(Position.unit), selectinload(Position.holdings).joinedload(PositionHolding.person))
    query = select(Position).where(Position.is_listed).options(*loaded)
    return ordered(query, POST_ORDERS, order, Position.title_id, Position.id)


def all_positions(order: Order | None = None) -> Sequence[Position]:
    return db.session.scalars(posts_query(order)).all()


def covers_day(day: date | ColumnElement[date]) -> ColumnElement[bool]:
    return and_(
        or_(PositionHolding.start_on.is_(None), PositionHolding.start_on <= day),
        or_(PositionHolding.end_on.is_(None), PositionHolding.end_on >= day),
    )


_post, _person = aliased(Position), aliased(Person)


def _post_today(title: Any) -> Any:
    query = select(func.min(title)).join(PositionHolding, PositionHolding.position_id == _post.id)
    query = query.where(PositionHolding.person_id == Person.id, covers_day(clock.today()))
    return func.coalesce(query.correlate(Person).scalar_subquery(), "")


def _holder_today(_: bool) -> Any:
    query = select(func.min(_person.folded)).join(PositionHolding, PositionHolding.person_id == _person.id)
    query = query.where(PositionHolding.position_id == Position.id, covers_day(clock.today()))
    return func.coalesce(query.correlate(Position).scalar_subquery(), "")


_UNIT = select(OrgUnit.name_id).where(OrgUnit.id == Position.unit_id).correlate(Position)
_UNIT_EN = select(OrgUnit.name_en).where(OrgUnit.id == Position.unit_id).correlate(Position)
PEOPLE_ORDERS: Orders = {
    "name": lambda _: Person.folded,
    "post": lambda is_descending: by_words(_post_today(_post.title_id), _post_today(_post.title_en))(is_descending),
}
POST_ORDERS: Orders = {
    "title": by_words(Position.title_id, Position.title_en),
    "unit": by_words(_UNIT.scalar_subquery(), _UNIT_EN.scalar_subquery()),
    "holder": _holder_today,
}
UNIT_ORDERS: Orders = {
    "name": by_words(OrgUnit.name_id, OrgUnit.name_en),
    "short": lambda _: func.lower(func.coalesce(OrgUnit.short, "")),
    "echelon": lambda _: func.coalesce(OrgUnit.echelon, ""),
}


def posts_of(person_id: int | None, day: date) -> frozenset[int]:
    query = select(PositionHolding.position_id).where(PositionHolding.person_id == person_id, covers_day(day))
    return frozenset(db.session.scalars(query)) if person_id is not None else frozenset()


def holders_on(day: date, position_ids: Sequence[int]) -> dict[int, list[PositionHolding]]:
    """Holdings of these posts on that day, by post id. They are suggestions; nothing is filled in automatically."""
    query = select(PositionHolding).where(PositionHolding.position_id.in_(position_ids), covers_day(day))
    holders: dict[int, list[PositionHolding]] = {}
    for holding in db.session.scalars(query.options(selectinload(PositionHolding.person))):
        holders.setdefault(holding.position_id, []).append(holding)
    return holders


def overlapping(holding: PositionHolding) -> PositionHolding | None:
    """Another definitive holding of the same post at the same time, if any."""
    for other in db.session.scalars(
        select(PositionHolding)
        .filter_by(position_id=holding.position_id, kind=rules.HoldingKind.DEFINITIVE)
        .options(selectinload(PositionHolding.person))
    ):
        if other.id != holding.id and rules.overlap((holding.start_on, holding.end_on), (other.start_on, other.end_on)):
            return other
    return None


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """Letterhead of a document: unit names from the top down, and the address of the lowest unit."""

    lines: Sequence[str]
    address: str | None


def letterhead_setting() -> LetterheadSetting | None:
    return db.session.scalar(select(LetterheadSetting).order_by(LetterheadSetting.id.desc()).limit(1))


def letterhead(unit_id: int | None, day: date) -> Letterhead:
    """The letterhead of a unit as it was on that day: names and places of that day, and only units that existed then.

    Without a unit, or for a unit without address, the setting of the office is used: the organiser of the newest
    setting that existed on that day, and where none is named, the name of the office.
    """
    settings = db.session.scalars(select(LetterheadSetting).order_by(LetterheadSetting.id.desc())).all()
    setting = settings[0] if settings else None
    units = {other.id: other for other in all_units()}
    borne = _names_borne_on(day)
    above: list[OrgUnit] = []
    unit = units.get(unit_id or _organiser_on(day, settings, units) or 0)
    while unit is not None and unit not in above:
        if not above or rules.covers(unit.valid_from, unit.valid_to, day):
            above.insert(0, unit)
        unit = units.get(borne.get(unit.id, unit).parent_id or 0)
    named = [borne.get(unit.id, unit) for unit in above]
    address = (named[-1].address if named else None) or (setting.address if setting else None)
    lines = [row.name_id for row in named] or [name for name in (office().name,) if name]
    return Letterhead(lines=lines, address=address)


def _organiser_on(day: date, settings: Sequence[LetterheadSetting], units: Mapping[int, OrgUnit]) -> int | None:
    """The organiser for meetings that name none: an earlier one, if the present one did not exist yet."""
    organisers = [setting.organiser_unit_id for setting in settings]
    for number in organisers:
        unit = units.get(number or 0)
        if unit is not None and rules.covers(unit.valid_from, unit.valid_to, day):
            return number
    return organisers[0] if organisers else None


def _names_borne_on(day: date) -> dict[int, FormerUnitName]:
    """Former names in force on that day, by unit id. Units not included had their present name."""
    query = select(FormerUnitName).where(FormerUnitName.until_on >= day).order_by(FormerUnitName.until_on.desc())
    return {name.unit_id: name for name in db.session.scalars(query)}
