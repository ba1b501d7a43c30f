"""The organisation as it was on a day: which unit stood where, and who held what."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from tracker.core.db import db
from tracker.people.models import FormerPosition, FormerUnitName, OrgUnit, Position, PositionHolding
from tracker.people.queries.register import holders_on
from tracker.people.rules import covers


@dataclass(frozen=True)
class UnitThen:
    id: int
    name_id: str
    name_en: str | None
    short: str | None
    parent_id: int | None
    #: Whether it existed on that day.
    existed: bool


@dataclass(frozen=True)
class PostThen:
    id: int
    title_id: str
    title_en: str | None
    unit: UnitThen | None
    existed: bool


def units_on(day: date) -> dict[int, UnitThen]:
    """Every unit by id, with its name and the unit above it on that day."""
    former = {}
    rows = select(FormerUnitName).where(FormerUnitName.until_on >= day)
    for name in db.session.scalars(rows.order_by(FormerUnitName.until_on.desc())):
        former[name.unit_id] = name
    columns = (OrgUnit.id, OrgUnit.name_id, OrgUnit.name_en, OrgUnit.short, OrgUnit.parent_id)
    units = db.session.execute(select(*columns, OrgUnit.valid_from, OrgUnit.valid_to).order_by(OrgUnit.id))
    return {
        row.id: UnitThen(
            row.id,
            then.name_id,
            then.name_en,
            row.short if then is row else None,
            then.parent_id,
            covers(row.valid_from, row.valid_to, day),
        )
        for row in units
        for then in [former.get(row.id, row)]
    }


def posts_on(
    day: date, position_ids: Collection[int] | None = None, units: Mapping[int, UnitThen] | None = None
) -> dict[int, PostThen]:
    """These posts by id, or all that existed, with title and unit of that day."""
    units = units_on(day) if units is None else units
    former = {}
    rows = select(FormerPosition).where(FormerPosition.until_on >= day)
    for title in db.session.scalars(rows.order_by(FormerPosition.until_on.desc(), FormerPosition.id.desc())):
        former[title.position_id] = title
    columns = (Position.id, Position.title_id, Position.title_en, Position.unit_id)
    query = select(*columns, Position.valid_from, Position.valid_to).where(Position.is_listed)
    query = query if position_ids is None else query.where(Position.id.in_(position_ids))
    posts = {
        row.id: PostThen(
            row.id,
            then.title_id,
            then.title_en,
            units.get(then.unit_id or 0),
            covers(row.valid_from, row.valid_to, day),
        )
        for row in db.session.execute(query)
        for then in [former.get(row.id, row)]
    }
    return {number: post for number, post in posts.items() if post.existed or position_ids is not None}


class FormerTitle(NamedTuple):
    title_id: str
    title_en: str | None
    until_on: date
    unit_name_id: str | None
    unit_name_en: str | None


def former_titles_of(position_id: int) -> Sequence[FormerTitle]:
    """What the post was called, and where it stood, until a day; the latest first."""
    then, unit = FormerPosition, OrgUnit
    query = select(then.title_id, then.title_en, then.until_on, unit.name_id, unit.name_en)
    query = query.outerjoin(unit, unit.id == then.unit_id).where(then.position_id == position_id)
    return [FormerTitle(*row) for row in db.session.execute(query.order_by(then.until_on.desc(), then.id))]


def held_on(day: date, posts: Collection[int]) -> dict[int, list[PositionHolding]]:
    """Who held these posts on that day, permanent holders first."""
    held = holders_on(day, list(posts))
    return {post: sorted(rows, key=lambda row: (row.kind != "definitive", row.id)) for post, rows in held.items()}
