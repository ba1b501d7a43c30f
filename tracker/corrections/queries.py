"""Queries for corrections."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tracker.audit.models import Event
from tracker.audit.queries import events_about, events_of, parts_of
from tracker.core.actor import Actor
from tracker.corrections import policy
from tracker.corrections.models import Decidable

#: Verbs of corrections: of texts, and of files on which a decision was based.
CORRECTIONS = frozenset({"corrected", "file_removed"})


def unanswered(subject: Any, events: Iterable[Event]) -> Sequence[Event]:
    since = subject.corrected_at
    return [
        event
        for event in events
        if since is not None and event.verb in CORRECTIONS and event.reason and event.at >= since
    ]


def unanswered_of(subject: Decidable) -> Sequence[Event]:
    return unanswered(subject, events_of(subject))


def newest_of(kind: type[Decidable], rows: Iterable[Any]) -> Mapping[int, Event]:
    """The last unanswered correction of each row, by id; rows without one that the viewer may see are left out."""
    corrected = {row.id: row for row in rows if row.corrected_at is not None}
    newest: dict[int, Event] = {}
    for event in events_about({kind.__tablename__: [*corrected]}):  # newest first
        if unanswered(corrected[event.subject_id], [event]):
            newest.setdefault(event.subject_id, event)
    return newest


@dataclass(frozen=True, kw_only=True)
class Pending:
    """Corrections without an answer, and what the viewer may do about them."""

    events: Sequence[Event]
    may_confirm: bool
    #: The roles of the viewer would allow it, but not their parts in the row.
    is_left_to_others: bool
    may_put_back: bool

    @property
    def newest(self) -> Event | None:
        return self.events[0] if self.events else None


def pending(viewer: Actor, subject: Decidable, events: Iterable[Event]) -> Pending | None:
    """Pending corrections of a subject, or None; `events` are all events of the subject."""
    if subject.corrected_at is None:
        return None
    may_confirm = policy.may_confirm(viewer, subject, parts_of(viewer, subject))
    return Pending(
        events=unanswered(subject, events),
        may_confirm=may_confirm,
        is_left_to_others=policy.may_confirm(viewer, subject, frozenset()) and not may_confirm,
        may_put_back=policy.may_put_back(viewer, subject),
    )
