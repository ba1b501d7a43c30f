"""Writing history down. Nothing here commits."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from blinker import Signal
from sqlalchemy import event, inspect

from tracker.core import anchors
from tracker.core.actor import Actor, Classification, current
from tracker.core.db import Model, db
from tracker.core.visibility import Classified, is_unrestricted
from tracker.history import chain
from tracker.history.models import Event

_READ = "secrets_read"
#: Sent with each new event: features above end what the event has settled or overtaken (ADR 49).
recorded = Signal()


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
    mentions: Sequence[Model] = (),
    **details: Any,
) -> Event:
    """Add an event to a thing that is already stored (it has its number). `details` must be JSON values.

    `mentions` are the other rows whose words, name or code it repeats; they are stored, too. Whoever may not see one of
    them is not shown the event.
    """
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
        mentions=[_number(row) for row in mentions] or None,
    )
    db.session.add(told)
    recorded.send(subject, event=told)
    return told


def _number(row: Model) -> str:
    return f"{row.__tablename__}:{inspect(row).mapper.primary_key_from_instance(row)[0]}"


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
        head = chain.append(connection, noted)
    anchors.anchors().keep(*head)
