"""References to a person or post, found through the foreign keys of all tables, and merges."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from tracker.core.actor import acting
from tracker.core.db import Model, db
from tracker.core.errors import NotFound
from tracker.people import rules
from tracker.people.models import Merge, Person, PersonMerge, Position, PositionMerge

#: A row of a register whose rows can be merged.
Entry = Person | Position
MERGES: dict[type[Entry], type[Any]] = {Person: PersonMerge, Position: PositionMerge}
_TWINS: dict[type[Any], Mapping[str, str]] = {Person: rules.TWINS_OF_PERSONS, Position: rules.TWINS_OF_POSTS}


@dataclass(frozen=True)
class Reference:
    model: type[Any]
    attribute: str

    @property
    def name(self) -> str:
        """«table.column», the key used in `labels.FOLLOWS`."""
        return f"{self.model.__tablename__}.{self.attribute}"


@dataclass(frozen=True)
class Twin:
    """Two rows about the same matter, one for each of two persons or posts."""

    first: Any
    second: Any
    #: Name of the relationship that leads to the matter.
    relation: str

    @property
    def key(self) -> str:
        return f"{self.first.__tablename__}-{self.first.id}-{self.second.id}"

    @property
    def matter(self) -> Any:
        """The meeting, proposal, post or person that both rows are about."""
        return getattr(self.first, self.relation)


def references(model: type[Any]) -> tuple[Reference, ...]:
    """All foreign keys to this table, except those that record merges."""
    return tuple(
        Reference(mapper.class_, mapper.get_property_by_column(column).key)
        for mapper in Model.registry.mappers
        if mapper.inherits is None and not issubclass(mapper.class_, Merge)
        for column in mapper.local_table.columns
        if column.key != "merged_into_id" and any(key.column is model.__table__.c.id for key in column.foreign_keys)
    )


def is_public(entry: Entry) -> bool:
    """Whether a user without any special access sees this row."""
    with acting(None):
        return db.session.scalar(select(type(entry).id).filter_by(id=entry.id)) is not None


def uses(entry: Entry) -> dict[str, int]:
    """Number of rows visible to the user that reference this entry, by reference name."""
    counted = {
        reference.name: db.session.scalar(
            select(func.count())
            .select_from(reference.model)
            .where(getattr(reference.model, reference.attribute) == entry.id)
        )
        for reference in references(type(entry))
    }
    return {name: count for name, count in counted.items() if count}


def twins(first: Entry, second: Entry) -> list[Twin]:
    """Pairs of rows about the same matter, as far as the user may see them."""
    tables = _TWINS[type(first)]
    return [
        twin
        for reference in references(type(first))
        if reference.model.__tablename__ in tables
        for twin in _paired(reference, tables[reference.model.__tablename__], first.id, second.id)
    ]


def _paired(reference: Reference, relation: str, first_id: int, second_id: int) -> Iterator[Twin]:
    model, attribute = reference.model, getattr(reference.model, reference.attribute)
    query = select(model).where(attribute.in_((first_id, second_id))).order_by(model.id)
    relations = [getattr(model, name) for name in (relation, "person", "position") if hasattr(model, name)]
    rows = db.session.scalars(query.options(*(selectinload(loaded) for loaded in relations))).all()
    seconds = [row for row in rows if getattr(row, reference.attribute) == second_id]
    for row in rows:
        if getattr(row, reference.attribute) != first_id:
            continue
        other = next((second for second in seconds if _is_about_the_same(row, second, relation)), None)
        if other is not None:
            seconds.remove(other)
            yield Twin(row, other, relation)


def _is_about_the_same(one: Any, other: Any, relation: str) -> bool:
    is_same = bool(getattr(one, relation).id == getattr(other, relation).id)
    if not hasattr(one, "start_on"):
        return is_same
    return is_same and rules.may_overlap((one.start_on, one.end_on), (other.start_on, other.end_on))


def current_id(kind: type[Entry], number: int) -> int:
    """The id of the row that this one was finally merged into, or its own id."""
    return merged_ids(kind).get(number, number)


def merged_ids(kind: type[Entry]) -> dict[int, int]:
    """Maps the id of every merged row to the id of the row it was finally merged into."""
    query = select(kind.id, kind.merged_into_id).where(kind.merged_into_id.is_not(None))
    return rules.ends_of({number: into for number, into in db.session.execute(query) if into is not None})


def ids_of(entry: Entry) -> list[int]:
    """The id of the row and of all rows merged into it."""
    merged = merged_ids(type(entry))
    return [entry.id, *sorted(number for number, into in merged.items() if into == entry.id)]


def find_merge(kind: type[Entry], number: int, *, to_change: bool = False) -> Merge:
    model = MERGES[kind]
    query = select(model).filter_by(id=number).options(selectinload(model.kept), selectinload(model.gone))
    merge_record: Merge | None = db.session.scalar(query.with_for_update(of=model) if to_change else query)
    if merge_record is None:
        raise NotFound
    return merge_record


def merges_into(entry: Entry) -> Sequence[Merge]:
    kind = MERGES[type(entry)]
    query = select(kind).filter_by(kept_id=entry.id, undone_at=None).options(selectinload(kind.gone))
    merges: Sequence[Merge] = db.session.scalars(query.order_by(kind.id.desc())).all()
    return merges
