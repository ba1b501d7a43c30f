"""Who is given something secret is noted here, by the session itself, whatever way it is read (ADR 28, 66).

A row read whole is noted when the ORM loads it. A query by columns that reads words of a classified table reads its
number and classification, too, and its rows are noted as they are fetched; one that does not is refused.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import JSON, ColumnClause, Enum, Exists, Label, ScalarSelect, String, TypeDecorator, event
from sqlalchemy.engine import IteratorResult, Result
from sqlalchemy.engine.result import SimpleResultMetaData
from sqlalchemy.orm import ORMExecuteState, scoped_session
from sqlalchemy.sql import coercions, roles
from sqlalchemy.sql.operators import ColumnOperators
from sqlalchemy.types import NullType, TypeEngine

from tracker.audit import chain
from tracker.core import anchors
from tracker.core.actor import Classification, current
from tracker.core.db import Model, db
from tracker.core.visibility import Classified, is_unrestricted

_READ = "secrets_read"
#: Texts that say nothing of the matter: codes, places in a list, marks and types of files.
_WORDLESS = frozenset({"code", "place", "mark", "media_type", "timezone"})


class UnnotedReadingError(Exception):
    """A query by columns reads words of a classified table without its number and classification."""


def note_reading(table_name: str, row_id: int, classification: Classification | None) -> None:
    """Remember that somebody was given this row, where it is secret. Only for what is read from stored copies."""
    if classification is not None and classification.rank >= Classification.SECRET.rank and current():
        db.session().info.setdefault(_READ, {})[table_name, str(row_id)] = None


@event.listens_for(Classified, "load", propagate=True)
def _note_row(row: Any, context: Any) -> None:
    if not is_unrestricted():
        note_reading(row.__tablename__, row.id, row.__dict__.get("classification"))


def _note_columns(state: ORMExecuteState) -> Result[Any] | None:
    if not state.is_select or state.is_column_load or state.is_relationship_load or is_unrestricted():
        return None
    told = _told_by(state.statement)
    if not told:
        return None
    found = state.invoke_statement()
    noted: Result[Any] = IteratorResult(SimpleResultMetaData(list(found.keys())), _noted(found, told))
    at_once = state.execution_options.get("yield_per")
    return noted.yield_per(at_once) if at_once else noted


@dataclass
class _Read:
    """What a query by columns reads of a table: where its number and classification stand, and whether words."""

    table_name: str
    number: int | None = None
    classification: int | None = None
    has_words: bool = False


class _Told(NamedTuple):
    """A table whose words a query gives out, and at which places its number and classification stand."""

    table_name: str
    number: int
    classification: int


def _noted(rows: Result[Any], told: Sequence[_Told]) -> Iterator[tuple[Any, ...]]:
    with rows:  # who stops half-way leaves no cursor open
        for row in rows:
            for table_name, number, classification in told:
                if row[number] is not None:  # an outer join found none
                    note_reading(table_name, row[number], row[classification])
            yield tuple(row)


def _told_by(statement: Any) -> list[_Told]:
    """The classified tables whose words this query by columns gives out; refuses what could not be noted."""
    read: dict[int, _Read] = {}
    for index, described in enumerate(getattr(statement, "column_descriptions", ())):
        expression = described["expr"]
        if not isinstance(expression, ColumnOperators):
            continue  # a row read whole
        clause = coercions.expect(roles.ColumnsClauseRole, expression)
        bare = clause.element if isinstance(clause, Label) else clause
        for column in _columns(bare) if _may_hold_words(clause) else [bare] if isinstance(bare, ColumnClause) else ():
            _mark(read, column, index, is_whole=column is bare)
    told = []
    for one in read.values():
        if not one.has_words:
            continue
        if one.number is None or one.classification is None:
            raise UnnotedReadingError(f"words of {one.table_name} without its id and classification: {statement}")
        told.append(_Told(one.table_name, one.number, one.classification))
    return told


def _mark(read: dict[int, _Read], column: Any, index: int, *, is_whole: bool) -> None:
    root = next(iter(column.base_columns))
    table_name = _classified().get(getattr(root, "table", None))
    if table_name is None:
        return
    one = read.setdefault(hash(column.table), _Read(table_name))
    if _is_text(root.type):
        one.has_words = one.has_words or root.name not in _WORDLESS
    elif is_whole and root.name == "id":
        one.number = index
    elif is_whole and root.name == "classification":
        one.classification = index


def _may_hold_words(clause: Any) -> bool:
    return _is_text(clause.type) or isinstance(clause.type, JSON | NullType)


def _is_text(kind: TypeEngine[Any]) -> bool:
    plain = kind.impl_instance if isinstance(kind, TypeDecorator) else kind
    return isinstance(plain, String) and not isinstance(plain, Enum)


def _columns(clause: Any) -> Iterator[Any]:
    """The columns whose values this expression gives out; what it merely asks for does not count."""
    if isinstance(clause, ScalarSelect):
        for column in clause.element.selected_columns:
            yield from _columns(column)
    elif isinstance(clause, ColumnClause):
        yield clause
    elif not isinstance(clause, Exists):
        for part in clause.get_children():
            yield from _columns(part)


@cache
def _classified() -> Mapping[Any, str]:
    """The names of classified tables, by table."""
    mappers = (mapper for mapper in Model.registry.mappers if issubclass(mapper.class_, Classified))
    return {mapper.local_table: mapper.class_.__tablename__ for mapper in mappers}


def guard(session: scoped_session[Any]) -> None:
    """Note what this session's queries give out. Called once by the factory."""
    if not event.contains(session, "do_orm_execute", _note_columns):
        event.listen(session, "do_orm_execute", _note_columns)


def readings() -> list[tuple[str, str]]:
    """The secret rows given out so far, by table and number; they are forgotten with it."""
    return list(db.session().info.pop(_READ, {}))


def record_readings(rows: Sequence[tuple[str, str]], page: str, of: str | None, reason: str | None = None) -> None:
    """Write who read what, on which page of what, into the chain: its own transaction, before the answer leaves."""
    db.session.rollback()  # whatever the answer needed is read; SQLite lets one write at a time
    actor = current()
    seen_as = actor.name if actor and actor.behind else None
    known = {"page": page, "of": of, "seen_as": seen_as, "reason": reason}
    told = {name: value for name, value in known.items() if value}
    noted = [("read", table_name, row_id, None, told) for table_name, row_id in rows]
    with db.engine.execution_options(is_writing=True).begin() as connection:
        head = chain.append(connection, noted)
    anchors.anchors().keep(*head)
