"""Decides which rows and values of audit entries the reader sees, and loads the rows' names."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import String, and_, cast, false, func, inspect, literal, null, or_, select, union_all

from tracker.audit.models import AuditEntry
from tracker.audit.rules import HIDDEN_COLUMNS, AuditedKind
from tracker.core.actor import Actor, Classification
from tracker.core.db import Model, db
from tracker.core.visibility import Classified, PartOfClassified

#: (table name, row id), as in audit entries.
Row = tuple[str, str]
#: Name columns of each table, one or one per language. Classified rows show only their code, which reveals nothing.
NAMES: Mapping[str, Sequence[str]] = {
    "meeting": ("code",), "proposal": ("code",), "action_item": ("code",), "person": ("name",), "review": ("week",),
    "position": ("title_id", "title_en"), "org_unit": ("name_id", "name_en"), "account": ("display_name",),
    "target": ("name_id", "name_en"), "meeting_series": ("name_id", "name_en"), "holiday": ("name_id", "name_en"),
    "period_scheme": ("name_id", "name_en"), "period": ("name_id", "name_en"), "statement": (), "import_run": (),
}  # fmt: skip
#: The most rows selected by one statement.
_BATCH = 500
#: Tables whose rows extend the row of `target` with the same id.
TARGETS = frozenset({AuditedKind.TARGET_DOCUMENT, AuditedKind.OBJECTIVE, AuditedKind.INDICATOR})


@dataclass(frozen=True)
class RowName:
    name: tuple[str | None, str | None]
    classification: Classification | None


@dataclass(frozen=True)
class ShownEntry:
    entry: AuditEntry
    #: The changed row, followed by the rows it refers to. Only rows that the reader sees have a name.
    about: Sequence[Row]
    #: (column, value before, value after); empty if the reader may not see the values.
    changes: Sequence[tuple[str, Any, Any]]


@dataclass(frozen=True)
class ShownEntries:
    entries: Sequence[ShownEntry]
    names: Mapping[Row, RowName]


def shown_entries(entries: Sequence[AuditEntry], reader: Actor) -> ShownEntries:
    """Values are shown for rows that everybody sees, and for visible rows that have not been secret since.

    Deleted and hidden rows look the same.
    """
    visible = _visible({(entry.table_name, entry.row_id) for entry in entries})
    links = {entry.id: _links(entry, visible.get((entry.table_name, entry.row_id), {})) for entry in entries}
    rows_to_name = {row for rows in links.values() for _, row in rows} | {
        row_of(entry.table_name, entry.row_id) for entry in entries
    }
    names = _names(rows_to_name | {row_of(*entry.page_of) for entry in entries if entry.page_of})
    secret = _secret_to(reader)
    guards = {entry.id: _guards(entry, links[entry.id]) for entry in entries}
    secret_until = _secret_until({row for rows in guards.values() for row in rows}, entries, secret)
    shown = []
    for entry in entries:
        is_visible = (entry.table_name, entry.row_id) in visible or not _depends_on_classification(entry.table_name)
        shows_values = is_visible and all(
            row in names and names[row].classification not in secret and secret_until.get(row, 0) < entry.id
            for row in guards[entry.id]
        )
        about = [row_of(entry.table_name, entry.row_id), *(row for _, row in links[entry.id])]
        shown.append(ShownEntry(entry, about, _changes(entry) if shows_values else []))
    return ShownEntries(shown, names)


@cache
def references(table: str) -> Mapping[str, str]:
    definition = Model.metadata.tables.get(table)
    return {
        column.name: key.target_fullname.partition(".")[0]
        for column in (definition.columns if definition is not None else ())
        for key in column.foreign_keys
    }


def row_of(table: str, number: str) -> Row:
    """The row that stands for this one: `target` for its extensions."""
    return ("target", number) if table in TARGETS else (table, number)


@cache
def _mapped() -> Mapping[str, type[Any]]:
    return {mapper.class_.__tablename__: mapper.class_ for mapper in Model.registry.mappers}


@cache
def may_be_hidden(table: str) -> bool:
    """Whether visibility criteria apply to this table."""
    mapped = _mapped().get(table)
    return mapped is not None and issubclass(mapped, Classified | PartOfClassified)


@cache
def _depends_on_classification(table: str) -> bool:
    """Whether rows of this table may be hidden, or refer to rows that may be, as those of association tables do."""
    return may_be_hidden(table) or any(_is_classified(other) for other in references(table).values())


def visible_rows(rows: Iterable[Row]) -> frozenset[Row]:
    """Those of the rows that the actor sees; without an actor, only rows that are open to everybody."""
    ordered = sorted(rows)
    batches = (ordered[start : start + _BATCH] for start in range(0, len(ordered), _BATCH))
    return frozenset(row for batch in batches for row in _visible(set(batch)))


def _is_classified(table: str) -> bool:
    return table in _mapped() and issubclass(_mapped()[table], Classified)


def _visible(rows: set[Row]) -> Mapping[Row, Mapping[str, str]]:
    numbers: dict[str, list[str]] = defaultdict(list)
    for table, number in sorted(rows):
        if table in Model.metadata.tables and all(part.isdecimal() for part in number.split("-")):
            numbers[table].append(number)
    queries = [_rows_query(table, numbers[table]) for table in numbers]
    if not queries:
        return {}
    return {
        (table, number): {
            name: value for name, value in zip(references(table), foreign_keys.split(","), strict=False) if value
        }
        for table, number, foreign_keys in db.session.execute(union_all(*queries))
    }


def _rows_query(table: str, numbers: Sequence[str]) -> Any:
    columns = _columns(table)
    keys = [columns[column.name] for column in Model.metadata.tables[table].primary_key]
    if len(keys) == 1:
        criterion = keys[0].in_([int(number) for number in numbers])
    else:
        values = [number.split("-") for number in numbers]
        criterion = or_(
            false(),
            *(
                and_(*(key == int(part) for key, part in zip(keys, parts, strict=True)))
                for parts in values if len(parts) == len(keys)
            ),
        )  # fmt: skip
    foreign_keys = [func.coalesce(cast(columns[name], String), "") for name in references(table)]
    return select(literal(table), _joined([cast(key, String) for key in keys], "-"), _joined(foreign_keys, ",")).where(
        criterion
    )


def _joined(parts: Sequence[Any], separator: str) -> Any:
    joined = parts[0] if parts else literal("")
    for part in parts[1:]:
        joined = joined.op("||")(literal(separator)).op("||")(part)
    return joined


def _columns(table: str) -> Mapping[str, Any]:
    """The mapped attributes of a table, to which visibility criteria apply. Association tables have no mapper."""
    mapped = _mapped().get(table)
    if mapped is None:
        return dict(Model.metadata.tables[table].columns.items())
    keys = {column.name: attribute.key for attribute in inspect(mapped).column_attrs for column in attribute.columns}
    return {name: getattr(mapped, key) for name, key in keys.items()}


def _links(entry: AuditEntry, foreign_keys: Mapping[str, str]) -> Sequence[tuple[str, Row]]:
    """(column, row) of all rows that the changed row refers to now, or referred to before or after the change."""
    links: dict[tuple[str, Row], None] = {}
    tables = references(entry.table_name)
    for values in (foreign_keys, entry.before or {}, entry.after or {}):
        for column, table in tables.items():
            if values.get(column) is not None:
                links[column, row_of(table, str(values[column]))] = None
    return list(links)


def _guards(entry: AuditEntry, links: Sequence[tuple[str, Row]]) -> Sequence[Row]:
    """The classified rows whose text the values may contain."""
    rows = [(entry.table_name, entry.row_id), *(row for _, row in links)]
    return [row for row in rows if _is_classified(row[0])]


def _names(rows: set[Row]) -> Mapping[Row, RowName]:
    numbers: dict[str, list[int]] = defaultdict(list)
    weeks: list[str] = []
    for table, number in sorted(rows):
        if table == AuditedKind.REVIEW and not number.isdecimal():
            weeks.append(number)
        elif (table in NAMES or _is_classified(table)) and number.isdecimal():
            numbers[table].append(int(number))
    queries = [_names_query(table, "id", numbers[table]) for table in numbers]
    queries += [_names_query(AuditedKind.REVIEW, "week", weeks)] if weeks else []
    if not queries:
        return {}
    rows_with_names = db.session.execute(union_all(*queries))
    return {
        (table, number): RowName((first, last), Classification(classification) if classification else None)
        for table, number, first, last, classification in rows_with_names
    }


def _names_query(table: str, key: str, values: Sequence[int | str]) -> Any:
    columns, names = _columns(table), NAMES.get(table, ())
    first, last = (cast(columns[name], String) if name else cast(null(), String)
                   for name in (names[0] if names else None, names[-1] if names else None))  # fmt: skip
    classification = columns["classification"] if _is_classified(table) else null()
    query = select(literal(table), cast(columns[key], String), first, last, cast(classification, String))
    query = query.where(columns[key].in_(values))
    # A review is visible only once it is closed.
    return query.where(columns["status"] == "closed") if table == AuditedKind.REVIEW else query


def _secret_to(reader: Actor) -> frozenset[Classification]:
    """Levels whose values are not shown here. Secret rows are read on their own page, where readings are recorded."""
    return frozenset(
        level for level in Classification
        if level.rank >= Classification.SECRET.rank or level.rank > reader.clearance.rank
    )  # fmt: skip


def _secret_until(
    rows: set[Row], entries: Sequence[AuditEntry], secret: frozenset[Classification]
) -> Mapping[Row, int]:
    """The last entry id up to which these rows had such a level; values written before stay hidden."""
    if not rows:
        return {}
    tables: dict[str, list[str]] = defaultdict(list)
    for table, number in sorted(rows):
        tables[table].append(number)
    query = (
        select(AuditEntry.table_name, AuditEntry.row_id, func.max(AuditEntry.id))
        .where(
            AuditEntry.change == "update",
            AuditEntry.id >= min(entry.id for entry in entries),
            AuditEntry.before["classification"].as_string().in_(sorted(secret)),
            or_(*(and_(AuditEntry.table_name == table, AuditEntry.row_id.in_(tables[table])) for table in tables)),
        )
        .group_by(AuditEntry.table_name, AuditEntry.row_id)
    )
    return {(table, number): last for table, number, last in db.session.execute(query)}


def _changes(entry: AuditEntry) -> Sequence[tuple[str, Any, Any]]:
    """Changed columns; for rows of SHOWN_IN_FULL also the columns of an added or deleted row."""
    before, after = entry.before or {}, entry.after or {}
    if entry.change == "read" or (entry.change != "update" and entry.table_name not in SHOWN_IN_FULL):
        return []
    return [
        (name, before.get(name), after.get(name)) for name in _in_order(entry, {**before, **after})
        if name not in HIDDEN_COLUMNS and f"{entry.table_name}.{name}" not in HIDDEN_COLUMNS
    ]  # fmt: skip


def _in_order(entry: AuditEntry, values: Mapping[str, Any]) -> Iterator[str]:
    table = Model.metadata.tables.get(entry.table_name)
    columns = [column.name for column in table.columns] if table is not None else []
    yield from (name for name in columns if name in values)


#: Tables whose added and deleted rows are shown with their values; other rows have a page that shows them.
SHOWN_IN_FULL = frozenset({
    AuditedKind.ROLE, AuditedKind.ACTION_SUPPORTING_UNIT, AuditedKind.STATEMENT_TARGET, AuditedKind.STATEMENT_PROPOSAL,
    AuditedKind.STATEMENT_ACTION, AuditedKind.STATEMENT_MEETING, AuditedKind.PREVIEW, AuditedKind.GRANT,
})  # fmt: skip
