"""Questions about corrections."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracker.audit.models import Event
from tracker.audit.queries import events_of, parts_of
from tracker.core.actor import Actor
from tracker.corrections import policy
from tracker.corrections.models import Decidable

#: What may happen to words that were decided on, and to files that a decision rests on.
CORRECTIONS = frozenset({"corrected", "file_removed"})


def unanswered(thing: Decidable, events: Iterable[Event]) -> Sequence[Event]:
    """Of the events of a thing those that correct it and wait for an answer."""
    since = thing.corrected_at
    return [
        event
        for event in events
        if since is not None and event.verb in CORRECTIONS and event.reason and event.at >= since
    ]


def unanswered_of(thing: Decidable) -> Sequence[Event]:
    """The corrections of a thing that wait for an answer, newest first."""
    return unanswered(thing, events_of(thing))


@dataclass(frozen=True, kw_only=True)
class Pending:
    """What was corrected after a decision and waits for an answer, and what this viewer may answer."""

    events: Sequence[Event]
    may_confirm: bool
    #: The viewer's roles would allow it, but the viewer had a part in it.
    is_left_to_others: bool
    may_put_back: bool


def pending(viewer: Actor, thing: Decidable, events: Iterable[Event]) -> Pending | None:
    """What the page of a thing shows of its corrections; `events` are those of the thing."""
    if thing.corrected_at is None:
        return None
    may_confirm = policy.may_confirm(viewer, thing, parts_of(viewer, thing))
    return Pending(
        events=unanswered(thing, events),
        may_confirm=may_confirm,
        is_left_to_others=policy.may_confirm(viewer, thing, frozenset()) and not may_confirm,
        may_put_back=policy.may_put_back(viewer, thing),
    )
