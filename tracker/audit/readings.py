"""The session records who reads secret rows, whatever query reads them (ADR 28, 66).

A reading of a whole row is noted when the ORM loads it. A query that selects text columns of a classified table must
also select its id and classification, and is noted as its rows are fetched; otherwise it is refused.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import JSON, ColumnClause, Enum, Exists, Label, ScalarSelect, String, TypeDecorator, event, inspect
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
from tracker.core.restarts import restarting
from tracker.core.visibility import Classified, is_unrestricted

_READ, _HOLDS_CLASSIFIED = "secrets_read", "holds_classified"
#: Text columns that reveal nothing: codes, sort keys, hashes and types of files.
_HARMLESS = frozenset({"code", "place", "mark", "media_type", "timezone"})


class UnnotedReadingError(Exception):
    """A query selects text columns of a classified table without its id and classification."""


def note_reading(table_name: str, row_id: int, classification: Classification | None) -> None:
    """Note a reading of this row if it is secret. Call it only for text that is read from stored copies."""
    if classification is not None and classification.rank >= Classification.SECRET.rank and current():
        db.session().info.setdefault(_READ, {})[table_name, str(row_id)] = None


@event.listens_for(Classified, "load", propagate=True)
def _note_row(row: Any, context: Any) -> None:
    classification = row.__dict__.get("classification")
    if is_unrestricted() or classification is None:
        return
    note_reading(row.__tablename__, row.id, classification)
    if classification is not Classification.ORDINARY:
        context.session.info[_HOLDS_CLASSIFIED] = True


def holds_classified() -> bool:
    """Whether a whole row above ordinary was loaded for this request."""
    return _HOLDS_CLASSIFIED in db.session().info


def _note_columns(state: ORMExecuteState) -> Result[Any] | None:
    if not state.is_select or state.is_column_load or state.is_relationship_load or is_unrestricted():
        return None
    if state.statement not in _known:
        _known[state.statement] = _tables_read(state.statement)
    tables = _known[state.statement]
    if not tables:
        return None
    result = state.invoke_statement()
    noted: Result[Any] = IteratorResult(SimpleResultMetaData(list(result.keys())), _noted(result, tables))
    batch_size = state.execution_options.get("yield_per")
    return noted.yield_per(batch_size) if batch_size else noted


#: The tables that statements read, for those that are kept and asked again.
_known: WeakKeyDictionary[Any, "list[_TableRead]"] = WeakKeyDictionary()


@dataclass
class _Selection:
    table_name: str
    number: int | None = None
    classification: int | None = None
    has_text: bool = False


class _TableRead(NamedTuple):
    table_name: str
    number: int
    classification: int


def _noted(rows: Result[Any], tables: Sequence[_TableRead]) -> Iterator[tuple[Any, ...]]:
    with rows:  # closes the cursor even if the caller stops half-way
        for row in rows:
            for table_name, number, classification in tables:
                if row[number] is not None:  # otherwise an outer join had no match
                    note_reading(table_name, row[number], row[classification])
            yield tuple(row)


def _tables_read(statement: Any) -> list[_TableRead]:
    """The classified tables of which this query selects text columns. Raises if a reading could not be noted."""
    selections: dict[int, _Selection] = {}
    of_whole_rows = set()  # these are noted when they are loaded
    for index, described in enumerate(getattr(statement, "column_descriptions", ())):
        expression = described["expr"]
        if not isinstance(expression, ColumnOperators):
            of_whole_rows.add(hash(getattr(inspect(expression), "selectable", None)))
            continue
        clause = coercions.expect(roles.ColumnsClauseRole, expression)
        bare = clause.element if isinstance(clause, Label) else clause
        for column in _columns(bare) if _may_contain_text(clause) else [bare] if isinstance(bare, ColumnClause) else ():
            _add_column(selections, column, index, is_whole=column is bare)
    tables = []
    for table, selection in selections.items():
        if not selection.has_text or table in of_whole_rows:
            continue
        if selection.number is None or selection.classification is None:
            raise UnnotedReadingError(f"text of {selection.table_name} without its id and classification: {statement}")
        tables.append(_TableRead(selection.table_name, selection.number, selection.classification))
    return tables


def _add_column(selections: dict[int, _Selection], column: Any, index: int, *, is_whole: bool) -> None:
    root = next(iter(column.base_columns))
    table_name = _classified().get(getattr(root, "table", None))
    if table_name is None:
        return
    selection = selections.setdefault(hash(column.table), _Selection(table_name))
    if _is_text(root.type):
        selection.has_text = selection.has_text or root.name not in _HARMLESS
    elif is_whole and root.name == "id":
        selection.number = index
    elif is_whole and root.name == "classification":
        selection.classification = index


def _may_contain_text(clause: Any) -> bool:
    return _is_text(clause.type) or isinstance(clause.type, JSON | NullType)


def _is_text(kind: TypeEngine[Any]) -> bool:
    plain = kind.impl_instance if isinstance(kind, TypeDecorator) else kind
    return isinstance(plain, String) and not isinstance(plain, Enum)


def _columns(clause: Any) -> Iterator[Any]:
    """The columns whose values this expression returns; columns used only in conditions do not count."""
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
    mappers = (mapper for mapper in Model.registry.mappers if issubclass(mapper.class_, Classified))
    return {mapper.local_table: mapper.class_.__tablename__ for mapper in mappers}


def guard(session: scoped_session[Any]) -> None:
    if not event.contains(session, "do_orm_execute", _note_columns):
        event.listen(session, "do_orm_execute", _note_columns)


def take_readings() -> list[tuple[str, str]]:
    db.session().info.pop(_HOLDS_CLASSIFIED, None)
    return list(db.session().info.pop(_READ, {}))


def record_readings(rows: Sequence[tuple[str, str]], page: str, of: str | None, reason: str | None = None) -> None:
    """Add the readings to the chain, in their own transaction, before the response is sent. `of`: the page's row."""
    db.session.rollback()  # the response is complete; SQLite allows one writer at a time
    actor = current()
    seen_as = actor.name if actor and actor.behind else None
    values = {"page": page, "of": of, "seen_as": seen_as, "reason": reason}
    details = {name: value for name, value in values.items() if value}
    entries = [("read", table_name, row_id, None, details) for table_name, row_id in rows]

    def add() -> tuple[int, str, datetime]:
        with db.engine.execution_options(is_writing=True).begin() as connection:
            return chain.append(connection, entries)

    anchors.anchors().keep(*restarting(add))
