"""Writing history down. Nothing here commits."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from blinker import Signal
from sqlalchemy import Connection, event, insert, inspect

from tracker.audit import queries
from tracker.audit.models import Event, Involvement, NamesSomebody
from tracker.audit.rules import Part
from tracker.core import anchors, clock
from tracker.core.actor import Actor
from tracker.core.db import Model, db

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


@dataclass(frozen=True)
class NotAnchored:
    """Why the chain is not written down outside the database, and since when, where entries are missing there."""

    why: str
    since: datetime | None


def anchor() -> NotAnchored | None:
    """Write down what was missed, where that works again, and answer what hinders it. One line covers all before it."""
    kept, at = anchors.anchors(), clock.now()
    since = queries.first_after(kept.last())
    why = kept.keep(*queries.head(), at) if since else kept.fault(at)
    return NotAnchored(why, since) if why else None


def note_part(thing: Model, part: Part, *, by: Actor) -> None:
    """Remember that somebody has had this part in a thing that is already stored. Machines have none."""
    if by.account_id is None and by.person_id is None:
        return
    subject_id = inspect(thing).mapper.primary_key_from_instance(thing)[0]
    db.session.add(
        Involvement(
            subject=thing.__tablename__, subject_id=subject_id, part=part,
            account_id=by.account_id, person_id=by.person_id,
        )
    )  # fmt: skip


#: While two entries of one person become one, or two again, nobody new is named.
_is_renaming: ContextVar[bool] = ContextVar("is_renaming", default=False)


@contextmanager
def renaming() -> Iterator[None]:
    """Store what only calls the same person by another number; it gives nobody a part."""
    token = _is_renaming.set(True)
    try:
        yield
        db.session.flush()
    finally:
        _is_renaming.reset(token)


@event.listens_for(NamesSomebody, "after_insert", propagate=True)
@event.listens_for(NamesSomebody, "after_update", propagate=True)
def _note_who_is_named(_: Any, connection: Connection, row: Any) -> None:
    """Whatever stores the row (a form, a bulk change, an undo), whoever it names is remembered."""
    if _is_renaming.get():
        return
    for column, part in row.parts.items():
        named = inspect(row).attrs[column].history.added
        if named and named[0] is not None:
            subject_id = inspect(row).mapper.primary_key_from_instance(row)[0]
            told = {"subject": row.__tablename__, "subject_id": subject_id, "part": part, "person_id": named[0]}
            connection.execute(insert(Involvement).values(**told))
