"""Persons, posts and units as choices of form fields."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import aliased

from tracker.core import clock
from tracker.core.choices import Choice, Source
from tracker.core.db import db
from tracker.core.wording import either, gettext
from tracker.people.models import OrgUnit, Person, Position, PositionHolding
from tracker.people.queries.register import covers_day
from tracker.people.rules import ends_of, folded

_ABOVE = aliased(OrgUnit)


def _persons(without: int | None = None) -> Select[Any]:
    query = select(Person.id).where(Person.is_listed)
    return query.where(Person.id != without) if without else query


def _described_persons(ids: Collection[int]) -> Sequence[Choice]:
    """With the posts they hold today, and their other spellings."""
    held = and_(PositionHolding.person_id == Person.id, covers_day(clock.today()))
    columns = (Person.id, Person.name, Person.full_name, Person.aliases, Position.title_id, Position.title_en)
    query = select(*columns).outerjoin(PositionHolding, held).outerjoin(Position)
    persons: dict[int, tuple[Any, list[str]]] = {}
    for row in db.session.execute(query.where(Person.id.in_(ids), Person.is_listed).order_by(PositionHolding.id)):
        _, posts = persons.setdefault(row.id, (row, []))
        if row.title_id:
            posts.append(either(row.title_id, row.title_en))
    return [
        Choice(row.id, row.full_name, ", ".join([*posts, *row.aliases]), (row.name, *row.aliases))
        for row, posts in persons.values()
    ]


def _posts(without: int | None = None) -> Select[Any]:
    query = select(Position.id).where(Position.is_listed)
    return query.where(Position.id != without) if without else query


def _described_posts(ids: Collection[int]) -> Sequence[Choice]:
    columns = (Position.id, Position.title_id, Position.title_en, Position.short, Position.valid_to)
    query = (
        select(*columns, OrgUnit.name_id, OrgUnit.name_en)
        .outerjoin(OrgUnit)
        .where(Position.id.in_(ids), Position.is_listed)
    )
    return [
        Choice(
            row.id,
            either(row.title_id, row.title_en),
            _with_end(either(row.name_id, row.name_en) if row.name_id else "", row.valid_to),
            _given(row.title_id, row.title_en, row.short),
        )
        for row in db.session.execute(query)
    ]


def _units() -> Select[Any]:
    return select(OrgUnit.id)


def _described_units(ids: Collection[int]) -> Sequence[Choice]:
    above = (_ABOVE.name_id.label("above_id"), _ABOVE.name_en.label("above_en"))
    columns = (OrgUnit.id, OrgUnit.name_id, OrgUnit.name_en, OrgUnit.short, OrgUnit.valid_to, *above)
    query = select(*columns).outerjoin(_ABOVE, _ABOVE.id == OrgUnit.parent_id).where(OrgUnit.id.in_(ids))
    return [
        Choice(row.id, either(row.name_id, row.name_en), _beside(row), _given(row.name_id, row.name_en, row.short))
        for row in db.session.execute(query)
    ]


def _beside(unit: Any) -> str:
    """The unit above, and the year in which the unit ended."""
    above = either(unit.above_id, unit.above_en) if unit.above_id else ""
    return _with_end(above, unit.valid_to)


def _with_end(above: str, valid_to: date | None) -> str:
    ended = gettext("until %(year)s", year=valid_to.year) if valid_to and valid_to < clock.today() else ""
    return ", ".join(filter(None, (above, ended)))


def _given(*spellings: str | None) -> tuple[str, ...]:
    return tuple(spelling for spelling in spellings if spelling)


def _ends(kind: type[Person] | type[Position], ids: Collection[int]) -> Mapping[int, int]:
    merged = db.session.execute(select(kind.id, kind.merged_into_id).where(kind.merged_into_id.is_not(None)))
    ends = ends_of({row.id: row.merged_into_id for row in merged})
    return {number: ends[number] for number in ids if number in ends}


PERSONS = Source(
    "people",
    _persons,
    Person.id,
    (Person.name, Person.id),
    (Person.folded, Person.title_prefix, Person.title_suffix),
    _described_persons,
    lambda ids: _ends(Person, ids),
    fold=folded,
    narrows=frozenset({"without"}),
)
POSTS = Source(
    "posts",
    _posts,
    Position.id,
    (Position.title_id, Position.id),
    (Position.title_id, Position.title_en, Position.short),
    _described_posts,
    lambda ids: _ends(Position, ids),
    narrows=frozenset({"without"}),
)
UNITS = Source(
    "units", _units, OrgUnit.id, (OrgUnit.id,), (OrgUnit.name_id, OrgUnit.name_en, OrgUnit.short), _described_units
)
SOURCES = (PERSONS, POSTS, UNITS)


def post_choices() -> list[tuple[int, str]]:
    """(id, title) of every post, for the chips of a line."""
    query = select(Position.id, Position.title_id, Position.title_en).where(Position.is_listed)
    rows = db.session.execute(query.order_by(Position.title_id))
    return [(row.id, either(row.title_id, row.title_en)) for row in rows]
