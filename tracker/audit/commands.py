"""Records events and who took part in what. Callers commit."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from blinker import Signal
from sqlalchemy import Connection, event, insert, inspect

from tracker.audit import queries
from tracker.audit.models import Event, Historic, Involvement, NamesSomebody
from tracker.audit.rules import Part
from tracker.core import anchors, clock
from tracker.core.actor import Actor
from tracker.core.db import Model, db
from tracker.core.occurrence import is_recording_history

#: Sent with each new event, so that features in higher layers can end what the event settles (ADR 49).
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
    mentions: Sequence[Model | str] = (),
    **details: Any,
) -> Event:
    """Add an event about `subject`, which must have its id already. `details` must be JSON values.

    `mentions` are the other rows whose text, name or code the event repeats. Those who may not see one of them do not
    see the event.
    """
    new_event = Event(
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
        details={**details, "through": "link"} if by.is_through_link else details,
        mentions=[row if isinstance(row, str) else _reference(row) for row in mentions] or None,
        is_history=is_recording_history() or (isinstance(subject, Historic) and subject.is_history_on(on)),
    )
    db.session.add(new_event)
    recorded.send(subject, event=new_event)
    return new_event


def _reference(row: Model) -> str:
    return f"{row.__tablename__}:{inspect(row).mapper.primary_key_from_instance(row)[0]}"


@dataclass(frozen=True)
class NotAnchored:
    """Why anchors cannot be written. `since`: the time of the first entry without an anchor, if there is one."""

    why: str
    since: datetime | None


def anchor() -> NotAnchored | None:
    """Write a missing anchor if that is possible again, or return why not. One anchor covers all earlier entries."""
    files, at = anchors.anchors(), clock.now()
    since = queries.first_after(files.last())
    why = files.keep(*queries.head(), at) if since else files.fault(at)
    return NotAnchored(why, since) if why else None


def note_part(subject: Model, part: Part, *, by: Actor) -> None:
    """Record that the actor had this part in `subject`, which must have its id already. The system has no parts."""
    if by.account_id is None and by.person_id is None:
        return
    subject_id = inspect(subject).mapper.primary_key_from_instance(subject)[0]
    db.session.add(
        Involvement(
            subject=subject.__tablename__, subject_id=subject_id, part=part,
            account_id=by.account_id, person_id=by.person_id,
        )
    )  # fmt: skip


#: Set while two persons are merged or split: rows then get another person id, but nobody new is named.
_is_renaming: ContextVar[bool] = ContextVar("is_renaming", default=False)


@contextmanager
def renaming() -> Iterator[None]:
    """Within this block, a changed person id gives nobody a new part: it is the same person under another id."""
    token = _is_renaming.set(True)
    try:
        yield
        db.session.flush()
    finally:
        _is_renaming.reset(token)


@event.listens_for(NamesSomebody, "after_insert", propagate=True)
@event.listens_for(NamesSomebody, "after_update", propagate=True)
def _note_named_persons(_: Any, connection: Connection, row: Any) -> None:
    if _is_renaming.get():
        return
    for column, part in row.parts.items():
        named = inspect(row).attrs[column].history.added
        if named and named[0] is not None:
            subject_id = inspect(row).mapper.primary_key_from_instance(row)[0]
            values = {"subject": row.__tablename__, "subject_id": subject_id, "part": part, "person_id": named[0]}
            connection.execute(insert(Involvement).values(**values))
