"""The audit chain: every stored change of a row becomes an entry, linked by hash to the entry before it."""

import re
from collections.abc import Iterator, Sequence
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Engine, bindparam, event, insert, inspect, select, update
from sqlalchemy.orm import Session, UOWTransaction, scoped_session

from tracker.audit.models import AuditEntry, AuditHead
from tracker.audit.rules import AUDITED, GENESIS, UNAUDITED, digest
from tracker.core import anchors, clock
from tracker.core.actor import SYSTEM, current
from tracker.core.json_values import as_json
from tracker.core.pending import forget_at_rollback, is_ending

# Never copied into the audit, not even as a hash.
SECRET_COLUMNS = frozenset({
    "password_hash", "token_hash", "sealed_seed", "sealed_secret", "former_sealed_secret", "code_hash", "undo_data",
    "plan", "answers",
})  # fmt: skip
_PENDING, _HEAD = "audit_pending", "audit_head"
#: (change, table name, row id, values before, values after).
ChangedRow = tuple[str, str, str, dict[str, Any] | None, dict[str, Any] | None]
#: Execution option of connections that run migrations, which may change rows without the session.
IS_MIGRATION = "is_migration"
_BETWEEN = r"(?:\s|/\*.*?\*/|--[^\n]*\n)"
#: The table that a statement changes, also with comments, a schema, or a quoted name.
_CHANGES = re.compile(
    rf"\b(?:(?:INSERT|REPLACE|UPDATE|MERGE)(?:{_BETWEEN}+OR{_BETWEEN}+\w+)?(?:{_BETWEEN}+INTO)?|DELETE{_BETWEEN}+FROM|TRUNCATE"
    rf"(?:{_BETWEEN}+TABLE)?|COPY){_BETWEEN}+(?:ONLY{_BETWEEN}+)?(?:[\"`\[]?\w+[\"`\]]?\.)?[\"`\[]?(\w+)",
    re.IGNORECASE | re.DOTALL,
)
#: Set during a flush of the session, the only moment in which audited tables may be changed.
_is_flushing: ContextVar[bool] = ContextVar("is_flushing", default=False)


class UnauditedChangeError(Exception):
    """A statement would change an audited table outside a flush of the session, so it would not be audited."""


def audit_session(session: scoped_session[Any], engine: Engine) -> None:
    """Audit every change of this session, and refuse any other change on this engine. Called once by the factory."""
    event.listen(engine, "before_cursor_execute", _refuse_unaudited)
    if not event.contains(session, "before_flush", _note_changes):
        event.listen(session, "before_flush", _note_changes)
        event.listen(session, "after_flush", _note_additions)
        event.listen(session, "before_commit", _write_chain)
        event.listen(session, "after_commit", _anchor)
        event.listen(session, "after_soft_rollback", _end_flush)
        forget_at_rollback(session, _PENDING, _HEAD)


def _refuse_unaudited(connection: Connection, _: Any, statement: str, *__: Any) -> None:
    only_asks = statement.startswith("SELECT") and ";" not in statement
    if _is_flushing.get() or only_asks or connection.get_execution_options().get(IS_MIGRATION):
        return
    for change in _CHANGES.finditer(statement):
        table = change[1].lower()
        if table in AUDITED:
            raise UnauditedChangeError(
                f"change rows of {table} through the session, which audits them: {statement:.80}"
            )


def _note_changes(session: Session, _: UOWTransaction, __: Any) -> None:
    _is_flushing.set(True)
    pending = session.info.setdefault(_PENDING, [])
    for row in session.dirty:
        before, after = _difference(row)
        if row.__tablename__ not in UNAUDITED and after:
            pending.append(("update", row.__tablename__, _row_id(row), before, after))
    for row in session.deleted:
        if row.__tablename__ not in UNAUDITED:
            pending.append(("delete", row.__tablename__, _row_id(row), _content(row), None))


def _note_additions(session: Session, _: UOWTransaction) -> None:
    _is_flushing.set(False)
    pending = session.info.setdefault(_PENDING, [])
    for row in session.new:
        if row.__tablename__ not in UNAUDITED:
            pending.append(("insert", row.__tablename__, _row_id(row), None, _content(row)))
    for row in (*session.new, *session.dirty):
        pending += _links(row)


def _links(row: Any) -> Iterator[ChangedRow]:
    """Changed rows of association tables, which have no class: the flush stores them with the rows they link."""
    state = inspect(row)
    for relation in state.mapper.relationships:
        if relation.secondary is None or relation.viewonly:
            continue
        history = state.attrs[relation.key].history
        for change, ends in (("insert", history.added), ("delete", history.deleted)):
            for end in ends or ():
                link = {
                    **{there.name: getattr(row, here.key) for here, there in relation.synchronize_pairs},
                    **{there.name: getattr(end, here.key) for here, there in relation.secondary_synchronize_pairs},
                }
                before, after = (None, link) if change == "insert" else (link, None)
                yield change, relation.secondary.name, "-".join(map(str, link.values())), before, after


def _write_chain(session: Session) -> None:
    if not is_ending(session):
        return
    session.flush()  # so that all pending changes are recorded
    pending = session.info.pop(_PENDING, [])
    if pending:
        session.info[_HEAD] = append(session, pending)


_LAST = select(AuditHead.length, AuditHead.hash).with_for_update()
_ENTRY = insert(AuditEntry)
_NEW_LAST = update(AuditHead).values(length=bindparam("new_length"), hash=bindparam("new_hash"))


def append(session: Session | Connection, changes: Sequence[ChangedRow]) -> tuple[int, str, datetime]:
    """Add entries to the chain. Return its new length, its last hash and the time. Locks the head of the chain."""
    actor = (current() or SYSTEM).real
    head = session.execute(_LAST).one_or_none()
    length, previous = head or (0, GENESIS)
    at = clock.now().replace(microsecond=0)
    entries = []
    for change, table_name, row_id, before, after in changes:
        length += 1
        content = {
            "id": length, "at": at.isoformat(), "account_id": actor.account_id, "by_name": actor.signature,
            "change": change, "table_name": table_name, "row_id": row_id, "before": before, "after": after,
        }  # fmt: skip
        entry_hash = digest(content, previous)
        entries.append({**content, "at": at, "previous_hash": previous, "hash": entry_hash})
        previous = entry_hash
    session.execute(_ENTRY, entries)
    if head is None:
        session.execute(insert(AuditHead), {"id": 1, "length": length, "hash": previous})
    else:
        session.execute(_NEW_LAST, {"new_length": length, "new_hash": previous})
    return length, previous, at


def _anchor(session: Session) -> None:
    head = session.info.pop(_HEAD, None)
    if head:
        anchors.anchors().keep(*head)


def _end_flush(_: Session, __: Any) -> None:
    _is_flushing.set(False)


def _row_id(row: Any) -> str:
    return "-".join(str(part) for part in inspect(row).mapper.primary_key_from_instance(row))


def _difference(row: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    before, after = {}, {}
    state = inspect(row)
    for column in _stored(state):
        changes = state.attrs[column.key].history
        if column.key not in SECRET_COLUMNS and changes.has_changes():
            before[column.key] = as_json(changes.deleted[0]) if changes.deleted else None
            after[column.key] = as_json(changes.added[0]) if changes.added else None
    return before, after


def _stored(state: Any) -> list[Any]:
    return [column for column in state.mapper.column_attrs if isinstance(column.columns[0], Column)]


def _content(row: Any) -> dict[str, Any]:
    state = inspect(row)
    return {
        column.key: as_json(state.dict.get(column.key)) for column in _stored(state) if column.key not in SECRET_COLUMNS
    }
