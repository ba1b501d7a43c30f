"""What the whole database holds about one person: found by its foreign keys, so that a new table is never forgotten."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, Column, Table, Text, and_, cast, false, or_, select

from tracker.audit.chain import SECRET_COLUMNS
from tracker.audit.models import AuditEntry
from tracker.core.db import Model, db
from tracker.core.errors import NotFound
from tracker.people.models import Person
from tracker.people.rules import folded

Rows = Sequence[Mapping[str, Any]]
#: What account numbers stand for there is told by `read_by_whom` and the audit chain itself.
_TOLD_ELSEWHERE = frozenset({"audit_entry", "audit_head", "person", "search_entry", "search_word"})


@dataclass(frozen=True, kw_only=True)
class Held:
    """All of it, by table: rows that are this person's, rows that name them in running text, and who read what."""

    person: Mapping[str, Any]
    #: Tied by a foreign key: posts held, attendance, proposals, actions; accounts, and what was done with them.
    rows: Mapping[str, Rows]
    #: (table, number, column) of each text that has the name.
    named_in: Sequence[tuple[str, str, str]]
    #: Who read what of it, when, where: only readings of what is secret are kept.
    readings: Rows


def person_meant(told: str) -> Person:
    """The one person with this number, or with this name or alias."""
    question = select(Person)
    if told.isdecimal():
        question = question.filter_by(id=int(told))
    else:
        question = question.where(Person.folded.contains(folded(told), autoescape=True))
    found = db.session.scalars(question.limit(2)).all()
    if len(found) != 1:
        raise NotFound
    return found[0]


def held_about(person: Person) -> Held:
    """Everything; only inside `unrestricted`, for whoever answers the person."""
    accounts = [row["id"] for row in _tied("account", {"person": [person.id]})]
    owned = {"person": [person.id], "account": accounts}
    rows = {table.name: found for table in _tables() if (found := _tied(table.name, owned))}
    return Held(
        person=_plain(Model.metadata.tables["person"], db.session.execute(select(Person.__table__).filter_by(
            id=person.id)).mappings().one()),
        rows=rows,
        named_in=[*_named_in(person)],
        readings=_read_by_whom(person, rows),
    )  # fmt: skip


def _tables() -> Iterator[Table]:
    yield from (table for table in Model.metadata.sorted_tables if table.name not in _TOLD_ELSEWHERE)


def _tied(name: str, owned: Mapping[str, Sequence[int]]) -> Rows:
    """The rows of a table that point at these persons or accounts."""
    table = Model.metadata.tables[name]
    points = [
        column.in_(owned.get(key.column.table.name, ()))
        for column in table.columns
        for key in column.foreign_keys
        if owned.get(key.column.table.name)
    ]
    own = table.c.id.in_(owned["account"]) if name == "account" and owned.get("account") else false()
    if not points:
        return []
    return [_plain(table, row) for row in db.session.execute(select(table).where(or_(own, *points))).mappings()]


def _plain(table: Table, row: Mapping[Any, Any]) -> dict[str, Any]:
    return {column.name: row[column.name] for column in table.columns if column.name not in SECRET_COLUMNS}


def _named_in(person: Person) -> Iterator[tuple[str, str, str]]:
    names = [person.name, *person.aliases]
    for table in _tables():
        for column in table.columns:
            if isinstance(column.type, Text | JSON) and column.name not in SECRET_COLUMNS:
                yield from _naming(table, column, names)


def _naming(table: Table, column: Column[Any], names: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    keys = [*table.primary_key.columns]
    having = or_(*(cast(column, Text).icontains(name, autoescape=True) for name in names))
    for key in db.session.execute(select(*keys).where(having)):
        yield table.name, "-".join(map(str, key)), column.name


def _read_by_whom(person: Person, rows: Mapping[str, Rows]) -> Rows:
    about = [
        and_(AuditEntry.table_name == name, AuditEntry.row_id.in_([str(row["id"]) for row in found if "id" in row]))
        for name, found in rows.items()
    ]
    parts = {f"{kind}_id": kind for kind in ("meeting", "proposal")} | {"action_id": "action_item"}
    for found in rows.values():  # who read the meeting, read who attended it
        for column, name in parts.items():
            ids = {str(row[column]) for row in found if row.get(column)}
            about.append(and_(AuditEntry.table_name == name, AuditEntry.row_id.in_(ids)))
    about.append(and_(AuditEntry.table_name == "person", AuditEntry.row_id == str(person.id)))
    question = select(AuditEntry).filter_by(change="read").where(or_(*about)).order_by(AuditEntry.id)
    return [
        {
            "at": one.at,
            "by": one.by_name,
            "table": one.table_name,
            "row": one.row_id,
            "page": one.page,
            "seen_as": one.seen_as,
        }
        for one in db.session.scalars(question)
    ]
