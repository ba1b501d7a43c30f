"""Everything the database stores about a person. Foreign keys lead to it, so new tables are covered."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import JSON, Column, Table, Text, and_, cast, false, or_, select

from tracker.audit.chain import SECRET_COLUMNS
from tracker.audit.models import AuditEntry
from tracker.audit.queries import rows as audited
from tracker.audit.queries.rows import Row
from tracker.core.db import Model, db
from tracker.core.errors import NotFound
from tracker.core.request import LARGEST_ID
from tracker.people.models import Person
from tracker.people.rules import folded

Rows = Sequence[Mapping[str, Any]]
#: Tables left out: the audit chain is covered by readings, the search index repeats other tables.
_LEFT_OUT = frozenset({"audit_entry", "audit_head", "person", "search_entry", "search_word", "proposal_meaning"})


@dataclass(frozen=True, kw_only=True)
class Held:
    person: Mapping[str, Any]
    #: Rows that refer to the person or their accounts, by table.
    rows: Mapping[str, Rows]
    #: (table, row id, column) of each text that contains the name.
    named_in: Sequence[tuple[str, str, str]]
    #: Readings of these rows. Only readings of secret rows are recorded.
    readings: Rows
    #: Number of rows per table left out because they are classified, or belong to or repeat a classified row.
    withheld: Mapping[str, int]
    #: Number of texts and readings left out for the same reason.
    named_in_withheld: int = 0
    readings_withheld: int = 0


@dataclass(frozen=True)
class Gathered:
    """Everything stored, with the rows that each row refers to: it is exported if all of them are open."""

    held: Held
    #: By table, as `held.rows`.
    references: Mapping[str, Sequence[frozenset[Row]]]
    named_references: Sequence[frozenset[Row]]

    @property
    def closed(self) -> frozenset[Row]:
        """The rows that are not open to everybody. Call it outside `unrestricted` and without an actor."""
        of_rows = [referenced for rows in self.references.values() for referenced in rows]
        of_readings = [frozenset({(reading["table"], reading["row"])}) for reading in self.held.readings]
        rows = frozenset[Row]().union(*of_rows, *self.named_references, *of_readings)
        return rows - audited.visible_rows(rows)

    def without(self, closed: Collection[Row]) -> Held:
        shown, withheld = {}, Counter[str]()
        for table, rows in self.held.rows.items():
            is_open = [referenced.isdisjoint(closed) for referenced in self.references[table]]
            shown[table] = [row for row, may in zip(rows, is_open, strict=True) if may]
            withheld[table] = len(rows) - len(shown[table])
        named = [
            named_in
            for named_in, references in zip(self.held.named_in, self.named_references, strict=True)
            if references.isdisjoint(closed)
        ]
        readings = [reading for reading in self.held.readings if (reading["table"], reading["row"]) not in closed]
        return replace(
            self.held, rows={table: rows for table, rows in shown.items() if rows}, named_in=named, readings=readings,
            withheld=dict(+withheld), named_in_withheld=len(self.held.named_in) - len(named),
            readings_withheld=len(self.held.readings) - len(readings),
        )  # fmt: skip


def find_person(text: str) -> Person:
    query = select(Person)
    if text.isdecimal() and int(text) <= LARGEST_ID:
        query = query.filter_by(id=int(text))
    else:
        query = query.where(Person.folded.contains(folded(text), autoescape=True))
    persons = db.session.scalars(query.limit(2)).all()
    if len(persons) != 1:
        raise NotFound
    return persons[0]


def gathered_about(person: Person) -> Gathered:
    """Call it only within `unrestricted`."""
    accounts = [row["id"] for row in _rows_of("account", {"person": [person.id]})]
    owned = {"person": [person.id], "account": accounts}
    own = {(table, str(number)) for table, numbers in owned.items() for number in numbers}
    rows = {table.name: found for table in _tables() if (found := _rows_of(table.name, owned))}
    named = [*_named_in(person)]
    about = Model.metadata.tables["person"]
    held = Held(
        person=_plain(about, db.session.execute(select(about).filter_by(id=person.id)).mappings().one()), rows=rows,
        named_in=[place for place, _ in named], readings=_readings(person, rows), withheld={},
    )  # fmt: skip
    references = {
        name: [_references_of(Model.metadata.tables[name], row) - own for row in found] for name, found in rows.items()
    }
    return Gathered(
        held, references, [_references_of(Model.metadata.tables[place[0]], row) - own for place, row in named]
    )


def _references_of(table: Table, row: Mapping[str, Any]) -> frozenset[Row]:
    """The row itself, the rows it refers to, and the subject and mentions of an event; only rows that may be hidden."""
    references = {(table.name, "-".join(str(row[key.name]) for key in table.primary_key))}
    references |= {(to, str(row[name])) for name, to in audited.references(table.name).items() if row[name] is not None}
    if {"subject", "subject_id"} <= set(table.columns.keys()):
        references.add((row["subject"], str(row["subject_id"])))
    references |= {(mention.partition(":")[0], mention.partition(":")[2]) for mention in row.get("mentions") or ()}
    return frozenset(reference for reference in references if audited.may_be_hidden(reference[0]))


def _tables() -> Iterator[Table]:
    yield from (table for table in Model.metadata.sorted_tables if table.name not in _LEFT_OUT)


def _rows_of(name: str, owned: Mapping[str, Sequence[int]]) -> Rows:
    table = Model.metadata.tables[name]
    criteria = [
        column.in_(owned.get(key.column.table.name, ()))
        for column in table.columns
        for key in column.foreign_keys
        if owned.get(key.column.table.name)
    ]
    own = table.c.id.in_(owned["account"]) if name == "account" and owned.get("account") else false()
    if not criteria:
        return []
    return [_plain(table, row) for row in db.session.execute(select(table).where(or_(own, *criteria))).mappings()]


def _plain(table: Table, row: Mapping[Any, Any]) -> dict[str, Any]:
    return {column.name: row[column.name] for column in table.columns if column.name not in SECRET_COLUMNS}


def _named_in(person: Person) -> Iterator[tuple[tuple[str, str, str], Mapping[str, Any]]]:
    names = [person.name, *person.aliases]
    for table in _tables():
        for column in table.columns:
            if isinstance(column.type, Text | JSON) and column.name not in SECRET_COLUMNS:
                yield from _rows_naming(table, column, names)


def _rows_naming(
    table: Table, column: Column[Any], names: Sequence[str]
) -> Iterator[tuple[tuple[str, str, str], Mapping[str, Any]]]:
    contains_name = or_(*(cast(column, Text).icontains(name, autoescape=True) for name in names))
    for row in db.session.execute(select(table).where(contains_name)).mappings():
        plain = _plain(table, row)
        yield (table.name, "-".join(str(plain[key.name]) for key in table.primary_key), column.name), plain


def _readings(person: Person, rows: Mapping[str, Rows]) -> Rows:
    about = [
        and_(
            AuditEntry.table_name == name,
            AuditEntry.row_id.in_([str(row["id"]) for row in of_table if "id" in row]),
        )
        for name, of_table in rows.items()
    ]
    parts = {f"{kind}_id": kind for kind in ("meeting", "proposal")} | {"action_id": "action_item"}
    for of_table in rows.values():  # whoever read the meeting also read who attended
        for column, name in parts.items():
            ids = {str(row[column]) for row in of_table if row.get(column)}
            about.append(and_(AuditEntry.table_name == name, AuditEntry.row_id.in_(ids)))
    about.append(and_(AuditEntry.table_name == "person", AuditEntry.row_id == str(person.id)))
    query = select(AuditEntry).filter_by(change="read").where(or_(*about)).order_by(AuditEntry.id)
    return [
        {
            "at": entry.at,
            "by": entry.by_name,
            "table": entry.table_name,
            "row": entry.row_id,
            "page": entry.page,
            "seen_as": entry.seen_as,
        }
        for entry in db.session.scalars(query)
    ]
