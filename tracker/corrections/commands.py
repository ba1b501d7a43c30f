"""Changing words that were decided on, and answering that. Nothing here commits."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tracker.audit.commands import note_part, record, recorded
from tracker.audit.models import Event
from tracker.audit.queries import parts_of
from tracker.audit.rules import Part
from tracker.core.actor import Actor
from tracker.core.errors import NotPossible
from tracker.core.wording import lazy as _l
from tracker.corrections import policy, queries
from tracker.corrections.models import Decidable


def take(thing: Decidable, values: Mapping[str, Any], *, reason: str | None, by: Actor, at: datetime) -> bool:
    """Store these values; whether that corrects words that were decided on: with a reason, keeping both texts."""
    names = [name for name in thing.decided_words if name in values and values[name] != getattr(thing, name)]
    texts = (
        {name: {"before": getattr(thing, name), "after": values[name]} for name in names} if thing.is_decided else {}
    )
    if texts:
        mark(thing, reason=reason, by=by, at=at)
        record(thing, "corrected", by=by, at=at, reason=reason, texts=texts)
    for name, value in values.items():
        setattr(thing, name, value)
    return bool(texts)


def mark(thing: Decidable, *, reason: str | None, by: Actor, at: datetime) -> None:
    """Let it stand corrected until somebody who decides has answered."""
    if not reason:
        raise NotPossible(_l("This has been decided. Give the reason for the correction."), field="correction_reason")
    thing.corrected_at = thing.corrected_at or at
    note_part(thing, Part.CORRECTED, by=by)


def confirm(thing: Decidable, note: str | None, *, by: Actor, at: datetime) -> None:
    """Say that the decision stands on the corrected words."""
    _ensure_unanswered(thing)
    if not policy.may_confirm(by, thing, parts_of(by, thing)):
        raise NotPossible(
            _l("It has to be confirmed by somebody who did not correct it and is not responsible for it.")
        )
    thing.corrected_at = None
    record(thing, "correction_confirmed", by=by, at=at, reason=note)


def put_back(thing: Decidable, note: str | None, *, by: Actor, at: datetime) -> None:
    """Put back the words that were decided on; what else was corrected, files for instance, is put back above."""
    _ensure_unanswered(thing)
    since = thing.corrected_at
    former: dict[str, str | None] = {}
    for event in queries.unanswered_of(thing):  # newest first: the oldest words stay
        former |= {name: text["before"] for name, text in event.details.get("texts", {}).items()}
    texts = {name: {"before": getattr(thing, name), "after": words} for name, words in former.items()}
    for name, words in former.items():
        setattr(thing, name, words)
    thing.corrected_at = None
    record(
        thing, "correction_put_back", by=by, at=at, reason=note, since=since.isoformat() if since else None, texts=texts
    )


def _ensure_unanswered(thing: Decidable) -> None:
    if thing.corrected_at is None:
        raise NotPossible(_l("No correction is waiting for an answer."))


@recorded.connect
def follow(thing: object, event: Event) -> None:
    """Reopening by others than who corrected it answers a correction: the next decision is about the new words."""
    if not isinstance(thing, Decidable) or thing.corrected_at is None or thing.is_decided or not event.to_state:
        return
    if Part.CORRECTED not in parts_of(Actor(account_id=event.by_account_id, name=event.by_name), thing):
        thing.corrected_at = None
