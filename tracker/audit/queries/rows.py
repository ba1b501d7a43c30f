"""What the entries of a page are about: which of the rows the reader sees, and what they are called."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import String, and_, cast, false, func, inspect, literal, null, or_, select, union_all

from tracker.audit.models import AuditEntry
from tracker.audit.rules import NOT_TOLD, AuditedKind
from tracker.core.actor import Actor, Classification
from tracker.core.db import Model, db
from tracker.core.visibility import Classified, PartOfClassified, RegisterEntry

#: A row: its table and its number, as the chain writes them.
Row = tuple[str, str]
#: What rows are called: a column, or one for each language. Of classified rows the code alone, which says nothing.
NAMES: Mapping[str, Sequence[str]] = {
    "meeting": ("code",), "proposal": ("code",), "action_item": ("code",), "person": ("name",), "review": ("week",),
    "position": ("title_id", "title_en"), "org_unit": ("name_id", "name_en"), "account": ("display_name",),
    "target": ("name_id", "name_en"), "meeting_series": ("name_id", "name_en"), "holiday": ("name_id", "name_en"),
    "period_scheme": ("name_id", "name_en"), "period": ("name_id", "name_en"), "statement": (),
}  # fmt: skip
#: So many rows are asked for in one statement.
_AT_ONCE = 500
#: Tables whose rows are one row with another of the same number.
TARGETS = frozenset({AuditedKind.TARGET_DOCUMENT, AuditedKind.OBJECTIVE, AuditedKind.INDICATOR})


@dataclass(frozen=True)
class Named:
    """What a row that the reader sees is called, and how secret it is."""

    name: tuple[str | None, str | None]
    classification: Classification | None


@dataclass(frozen=True)
class Telling:
    """An entry as it is told."""

    entry: AuditEntry
    #: The rows it is about, the row itself first: only those that the reader sees have a name.
    about: Sequence[Row]
    #: Column, value before, value after; empty where the values are not told.
    changes: Sequence[tuple[str, Any, Any]]


@dataclass(frozen=True)
class Told:
    """The entries of a page, and the names of the rows they tell of."""

    tellings: Sequence[Telling]
    names: Mapping[Row, Named]


def told(entries: Sequence[AuditEntry], reader: Actor) -> Told:
    """What the reader is told of these entries.

    Values are told of rows that the reader sees and that are not secret, nor were since; and of rows that are open to
    everybody. What is gone and what is hidden are told alike.
    """
    seen = _seen({(entry.table_name, entry.row_id) for entry in entries})
    links = {entry.id: _links(entry, seen.get((entry.table_name, entry.row_id), {})) for entry in entries}
    wanted = {row for rows in links.values() for _, row in rows} | {
        one(entry.table_name, entry.row_id) for entry in entries
    }
    names = _names(wanted | {one(*entry.page_of) for entry in entries if entry.page_of})
    secret = _secret_to(reader)
    guards = {entry.id: _guards(entry, links[entry.id]) for entry in entries}
    were = _were_secret({row for rows in guards.values() for row in rows}, entries, secret)
    tellings = []
    for entry in entries:
        is_seen = (entry.table_name, entry.row_id) in seen or not _may_hide(entry.table_name)
        is_told = is_seen and all(
            row in names and names[row].classification not in secret and were.get(row, 0) < entry.id
            for row in guards[entry.id]
        )
        about = [one(entry.table_name, entry.row_id), *(row for _, row in links[entry.id])]
        tellings.append(Telling(entry, about, _changes(entry) if is_told else []))
    return Told(tellings, names)


@cache
def references(table: str) -> Mapping[str, str]:
    """The tables that the columns of a table lead to."""
    known = Model.metadata.tables.get(table)
    return {
        column.name: key.target_fullname.partition(".")[0]
        for column in (known.columns if known is not None else ())
        for key in column.foreign_keys
    }


def one(table: str, number: str) -> Row:
    """A row by its table and number; those of targets are one."""
    return ("target", number) if table in TARGETS else (table, number)


@cache
def _mapped() -> Mapping[str, type[Any]]:
    return {mapper.class_.__tablename__: mapper.class_ for mapper in Model.registry.mappers}


@cache
def _may_hide(table: str) -> bool:
    """Whether rows of this table may be hidden from somebody: by themselves, or by what they belong to."""
    mapped = _mapped().get(table)
    is_guarded = mapped is not None and issubclass(mapped, Classified | PartOfClassified)
    return is_guarded or any(_is_classified(other) for other in references(table).values())


@cache
def may_be_hidden(table: str) -> bool:
    """Whether a row of this table may itself be hidden from somebody."""
    mapped = _mapped().get(table)
    return mapped is not None and issubclass(mapped, Classified | PartOfClassified | RegisterEntry)


def seen(rows: Iterable[Row]) -> frozenset[Row]:
    """Those of the rows, however many, that the reader sees; only what is open where nobody is signed in."""
    asked = sorted(rows)
    return frozenset(row for at in range(0, len(asked), _AT_ONCE) for row in _seen(set(asked[at : at + _AT_ONCE])))


def _is_classified(table: str) -> bool:
    return table in _mapped() and issubclass(_mapped()[table], Classified)


def _seen(rows: set[Row]) -> Mapping[Row, Mapping[str, str]]:
    """Those of the rows that the reader sees, with the numbers that their columns lead to."""
    numbers: dict[str, list[str]] = defaultdict(list)
    for table, number in sorted(rows):
        if table in Model.metadata.tables and all(part.isdecimal() for part in number.split("-")):
            numbers[table].append(number)
    asked = [_asked(table, numbers[table]) for table in numbers]
    if not asked:
        return {}
    return {
        (table, number): {
            name: value for name, value in zip(references(table), led_to.split(","), strict=False) if value
        }
        for table, number, led_to in db.session.execute(union_all(*asked))
    }


def _asked(table: str, numbers: Sequence[str]) -> Any:
    """A question for these rows of a table: its name, their numbers, and where their columns lead."""
    columns = _columns(table)
    keys = [columns[column.name] for column in Model.metadata.tables[table].primary_key]
    if len(keys) == 1:
        are_these = keys[0].in_([int(number) for number in numbers])
    else:
        given = [number.split("-") for number in numbers]
        these = [parts for parts in given if len(parts) == len(keys)]
        are_these = or_(
            false(), *(and_(*(key == int(part) for key, part in zip(keys, parts, strict=True))) for parts in these)
        )
    led_to = [func.coalesce(cast(columns[name], String), "") for name in references(table)]
    return select(literal(table), _joined([cast(key, String) for key in keys], "-"), _joined(led_to, ",")).where(
        are_these
    )


def _joined(parts: Sequence[Any], sign: str) -> Any:
    joined = parts[0] if parts else literal("")
    for part in parts[1:]:
        joined = joined.op("||")(literal(sign)).op("||")(part)
    return joined


def _columns(table: str) -> Mapping[str, Any]:
    """The columns of a table as the criteria of visibility know them; a table that links two others has none."""
    mapped = _mapped().get(table)
    if mapped is None:
        return dict(Model.metadata.tables[table].columns.items())
    keys = {column.name: attribute.key for attribute in inspect(mapped).column_attrs for column in attribute.columns}
    return {name: getattr(mapped, key) for name, key in keys.items()}


def _links(entry: AuditEntry, led_to: Mapping[str, str]) -> Sequence[tuple[str, Row]]:
    """Where the row leads now, and where it led before and after, by column."""
    found: dict[tuple[str, Row], None] = {}
    tables = references(entry.table_name)
    for values in (led_to, entry.before or {}, entry.after or {}):
        for column, table in tables.items():
            if values.get(column) is not None:
                found[column, one(table, str(values[column]))] = None
    return list(found)


def _guards(entry: AuditEntry, links: Sequence[tuple[str, Row]]) -> Sequence[Row]:
    """The classified rows whose words the values may be."""
    rows = [(entry.table_name, entry.row_id), *(row for _, row in links)]
    return [row for row in rows if _is_classified(row[0])]


def _names(rows: set[Row]) -> Mapping[Row, Named]:
    """What those rows are called that the reader sees; a review is asked for by its number, or by its week."""
    numbers: dict[str, list[int]] = defaultdict(list)
    weeks: list[str] = []
    for table, number in sorted(rows):
        if table == AuditedKind.REVIEW and not number.isdecimal():
            weeks.append(number)
        elif (table in NAMES or _is_classified(table)) and number.isdecimal():
            numbers[table].append(int(number))
    asked = [_named(table, "id", numbers[table]) for table in numbers]
    asked += [_named(AuditedKind.REVIEW, "week", weeks)] if weeks else []
    if not asked:
        return {}
    found = db.session.execute(union_all(*asked))
    return {
        (table, number): Named((first, last), Classification(classification) if classification else None)
        for table, number, first, last, classification in found
    }


def _named(table: str, key: str, are_these: Sequence[int | str]) -> Any:
    columns, names = _columns(table), NAMES.get(table, ())
    first, last = (cast(columns[name], String) if name else cast(null(), String)
                   for name in (names[0] if names else None, names[-1] if names else None))  # fmt: skip
    classification = columns["classification"] if _is_classified(table) else null()
    named = select(literal(table), cast(columns[key], String), first, last, cast(classification, String))
    named = named.where(columns[key].in_(are_these))
    return named.where(columns["status"] == "closed") if table == AuditedKind.REVIEW else named  # an open one is shut


def _secret_to(reader: Actor) -> frozenset[Classification]:
    """Whose words are not told here: what is secret is read on its own page, which is noted as a reading."""
    return frozenset(
        level for level in Classification
        if level.rank >= Classification.SECRET.rank or level.rank > reader.clearance.rank
    )  # fmt: skip


def _were_secret(rows: set[Row], entries: Sequence[AuditEntry], secret: frozenset[Classification]) -> Mapping[Row, int]:
    """Until which entry these rows were more secret than is told: what was written before stays untold."""
    if not rows:
        return {}
    tables: dict[str, list[str]] = defaultdict(list)
    for table, number in sorted(rows):
        tables[table].append(number)
    question = (
        select(AuditEntry.table_name, AuditEntry.row_id, func.max(AuditEntry.id))
        .where(
            AuditEntry.change == "update",
            AuditEntry.id >= min(entry.id for entry in entries),
            AuditEntry.before["classification"].as_string().in_(sorted(secret)),
            or_(*(and_(AuditEntry.table_name == table, AuditEntry.row_id.in_(tables[table])) for table in tables)),
        )
        .group_by(AuditEntry.table_name, AuditEntry.row_id)
    )
    return {(table, number): last for table, number, last in db.session.execute(question)}


def _changes(entry: AuditEntry) -> Sequence[tuple[str, Any, Any]]:
    """What changed; of rows that are only added and taken away (a role, a link of two others), what they say."""
    before, after = entry.before or {}, entry.after or {}
    is_page_of_its_own = entry.change != "update" and entry.table_name not in TOLD_WHOLE
    if entry.change == "read" or is_page_of_its_own:
        return []
    return [
        (name, before.get(name), after.get(name)) for name in _in_order(entry, {**before, **after})
        if name not in NOT_TOLD and f"{entry.table_name}.{name}" not in NOT_TOLD
    ]  # fmt: skip


def _in_order(entry: AuditEntry, values: Mapping[str, Any]) -> Iterator[str]:
    table = Model.metadata.tables.get(entry.table_name)
    known = [column.name for column in table.columns] if table is not None else []
    yield from (name for name in known if name in values)


#: Of these an entry that adds or takes away tells what the row says; others say it on their page.
TOLD_WHOLE = frozenset({
    AuditedKind.ROLE, AuditedKind.ACTION_SUPPORTING_UNIT, AuditedKind.STATEMENT_TARGET, AuditedKind.STATEMENT_PROPOSAL,
    AuditedKind.STATEMENT_ACTION, AuditedKind.STATEMENT_MEETING, AuditedKind.PREVIEW, AuditedKind.GRANT,
})  # fmt: skip
