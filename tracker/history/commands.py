"""Writing history down. Nothing here commits."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from blinker import Signal
from sqlalchemy import Column, Connection, event, insert, inspect, select, update
from sqlalchemy.orm import Session, UOWTransaction, scoped_session

from tracker.core import anchors, clock
from tracker.core.actor import SYSTEM, Actor, Classification, current
from tracker.core.db import Model, db
from tracker.core.visibility import Classified, is_unrestricted
from tracker.history.models import AuditEntry, AuditHead, Event
from tracker.history.rules import GENESIS, digest

# Bookkeeping that says nothing about the record, and the chain itself.
UNAUDITED = frozenset({"audit_entry", "audit_head", "event", "spent_key", "code_series", "sign_in", "throttle_count",
                       "typed_line", "notice", "follow", "reset_request", "search_entry", "search_word"})  # fmt: skip
# Never copied into the audit, not even hashed.
SECRET_COLUMNS = frozenset({"password_hash", "token_hash", "sealed_seed", "code_hash", "undo_data"})
_PENDING, _HEAD, _READ = "audit_pending", "audit_head", "secrets_read"
#: Sent with each new event: features above end what the event has settled or overtaken (ADR 49).
recorded = Signal()
#: Change, table, row, before, after.
_Noted = tuple[str, str, str, dict[str, Any] | None, dict[str, Any] | None]


def record(
    subject: Model,
    verb: str,
    *,
    by: Actor,
    at: datetime,
    on: date | None = None,
    meeting_id: int | None = None,
    from_state: str | None = None,
    to_state: str | None = None,
    reason: str | None = None,
    evidence: str | None = None,
    **details: Any,
) -> Event:
    """Add an event to a thing that is already stored (it has its number). `details` must be JSON values."""
    told = Event(
        subject=subject.__tablename__,
        subject_id=inspect(subject).mapper.primary_key_from_instance(subject)[0],
        verb=verb,
        at=at,
        on=on,
        by_account_id=by.account_id,
        by_name=by.name,
        meeting_id=meeting_id,
        from_state=from_state,
        to_state=to_state,
        reason=reason,
        evidence=evidence,
        details=details,
    )
    db.session.add(told)
    recorded.send(subject, event=told)
    return told


def keep_audit(session: scoped_session[Any]) -> None:
    """Audit every change this session stores. Called once by the factory."""
    if not event.contains(session, "before_flush", _note_changes):
        event.listen(session, "before_flush", _note_changes)
        event.listen(session, "after_flush", _note_additions)
        event.listen(session, "before_commit", _write_chain)
        event.listen(session, "after_commit", _anchor)
        event.listen(session, "after_soft_rollback", _forget)


def _note_changes(session: Session, _: UOWTransaction, __: Any) -> None:
    pending = session.info.setdefault(_PENDING, [])
    for row in session.dirty:
        before, after = _difference(row)
        if row.__tablename__ not in UNAUDITED and after:
            pending.append(("update", row.__tablename__, _row_id(row), before, after))
    for row in session.deleted:
        if row.__tablename__ not in UNAUDITED:
            pending.append(("delete", row.__tablename__, _row_id(row), _content(row), None))


def _note_additions(session: Session, _: UOWTransaction) -> None:
    pending = session.info.setdefault(_PENDING, [])
    for row in session.new:
        if row.__tablename__ not in UNAUDITED:
            pending.append(("insert", row.__tablename__, _row_id(row), None, _content(row)))


def _write_chain(session: Session) -> None:
    session.flush()  # what is about to be committed must be noted first
    pending = session.info.pop(_PENDING, [])
    if pending:
        session.info[_HEAD] = _append(session, pending)


def _append(session: Session | Connection, noted: Sequence[_Noted]) -> tuple[int, str, datetime]:
    """Add entries to the chain; answers its new length, its end, and when. Whoever writes holds the head."""
    actor = (current() or SYSTEM).real
    head = session.execute(select(AuditHead.length, AuditHead.hash).with_for_update()).one_or_none()
    length, previous = head or (0, GENESIS)
    at = clock.now().replace(microsecond=0)
    entries = []
    for change, table_name, row_id, before, after in noted:
        length += 1
        content = {
            "id": length, "at": at.isoformat(), "account_id": actor.account_id, "by_name": actor.name,
            "change": change, "table_name": table_name, "row_id": row_id, "before": before, "after": after,
        }  # fmt: skip
        entry_hash = digest(content, previous)
        entries.append({**content, "at": at, "previous_hash": previous, "hash": entry_hash})
        previous = entry_hash
    session.execute(insert(AuditEntry), entries)
    if head is None:
        session.execute(insert(AuditHead), {"id": 1, "length": length, "hash": previous})
    else:
        session.execute(update(AuditHead).values(length=length, hash=previous))
    return length, previous, at


def _anchor(session: Session) -> None:
    head = session.info.pop(_HEAD, None)
    if head:
        anchors.anchors().keep(*head)


def _forget(session: Session, _: Any) -> None:
    session.info.pop(_PENDING, None)
    session.info.pop(_HEAD, None)


@event.listens_for(Classified, "load", propagate=True)
def _note_reading(row: Any, context: Any) -> None:
    if not is_unrestricted():
        note_reading(row.__tablename__, row.id, row.__dict__.get("classification"))


def note_reading(table_name: str, row_id: int, classification: Classification | None) -> None:
    """Remember that somebody was given this row, where it is secret. Rows read whole are noted by themselves."""
    if classification is not None and classification.rank >= Classification.SECRET.rank and current():
        db.session().info.setdefault(_READ, {})[table_name, str(row_id)] = None


def readings() -> list[tuple[str, str]]:
    """The secret rows given out so far, by table and number; they are forgotten with it."""
    return list(db.session().info.pop(_READ, {}))


def record_readings(rows: Sequence[tuple[str, str]], page: str) -> None:
    """Write who read what, on which page, into the chain: its own transaction, before the answer leaves."""
    db.session.rollback()  # whatever the answer needed is read; SQLite lets one write at a time
    actor = current()
    told = {"page": page, "seen_as": actor.name} if actor and actor.behind else {"page": page}
    noted = [("read", table_name, row_id, None, told) for table_name, row_id in rows]
    with db.engine.execution_options(is_writing=True).begin() as connection:
        head = _append(connection, noted)
    anchors.anchors().keep(*head)


def _row_id(row: Any) -> str:
    return "-".join(str(part) for part in inspect(row).mapper.primary_key_from_instance(row))


def _difference(row: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """What changed in a row: the values before and after, column by column."""
    before, after = {}, {}
    state = inspect(row)
    for column in _stored(state):
        changes = state.attrs[column.key].history
        if column.key not in SECRET_COLUMNS and changes.has_changes():
            before[column.key] = _plain(changes.deleted[0]) if changes.deleted else None
            after[column.key] = _plain(changes.added[0]) if changes.added else None
    return before, after


def _stored(state: Any) -> list[Any]:
    """The columns of a row; what a mapper computes beside them is no part of it."""
    return [column for column in state.mapper.column_attrs if isinstance(column.columns[0], Column)]


def _content(row: Any) -> dict[str, Any]:
    state = inspect(row)
    return {
        column.key: _plain(state.dict.get(column.key)) for column in _stored(state) if column.key not in SECRET_COLUMNS
    }


def _plain(value: Any) -> Any:
    """A value as JSON keeps it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if hasattr(value, "isoformat") else value
