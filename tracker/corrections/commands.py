"""Correct texts that were decided on, and answer corrections. Callers commit."""

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


def apply_edit(subject: Decidable, values: Mapping[str, Any], *, reason: str | None, by: Actor, at: datetime) -> bool:
    """Store the values and return whether this is a correction: it needs a reason, and both texts are recorded."""
    names = [name for name in subject.decided_columns if name in values and values[name] != getattr(subject, name)]
    texts = (
        {name: {"before": getattr(subject, name), "after": values[name]} for name in names}
        if subject.is_decided
        else {}
    )
    if texts:
        mark_corrected(subject, reason=reason, by=by, at=at)
        record(subject, "corrected", by=by, at=at, reason=reason, texts=texts)
    for name, value in values.items():
        setattr(subject, name, value)
    return bool(texts)


def mark_corrected(subject: Decidable, *, reason: str | None, by: Actor, at: datetime) -> None:
    """Mark as corrected until somebody answers. Raises NotPossible without a reason."""
    if not reason:
        raise NotPossible(_l("This has been decided. Give the reason for the correction."), field="correction_reason")
    subject.corrected_at = subject.corrected_at or at
    note_part(subject, Part.CORRECTED, by=by)


def confirm(subject: Decidable, note: str | None, *, by: Actor, at: datetime) -> None:
    """Confirm that the decision remains valid for the corrected text."""
    _ensure_pending(subject)
    if not policy.may_confirm(by, subject, parts_of(by, subject)):
        raise NotPossible(
            _l("It has to be confirmed by somebody who did not correct it and is not responsible for it.")
        )
    subject.corrected_at = None
    record(subject, "correction_confirmed", by=by, at=at, reason=note)


def put_back(subject: Decidable, note: str | None, *, by: Actor, at: datetime) -> None:
    """Restore the texts that were decided on. Removed files are restored by features above."""
    _ensure_pending(subject)
    since = subject.corrected_at
    former: dict[str, str | None] = {}
    for event in queries.unanswered_of(subject):  # newest first, so that the oldest text wins
        former |= {name: text["before"] for name, text in event.details.get("texts", {}).items()}
    texts = {name: {"before": getattr(subject, name), "after": value} for name, value in former.items()}
    for name, value in former.items():
        setattr(subject, name, value)
    subject.corrected_at = None
    record(
        subject,
        "correction_put_back",
        by=by,
        at=at,
        reason=note,
        since=since.isoformat() if since else None,
        texts=texts,
    )


def _ensure_pending(subject: Decidable) -> None:
    if subject.corrected_at is None:
        raise NotPossible(_l("No correction is waiting for an answer."))


@recorded.connect
def follow(subject: object, event: Event) -> None:
    """Reopening by somebody who did not correct it answers the correction: the next decision is about the new text."""
    if not isinstance(subject, Decidable) or subject.corrected_at is None or subject.is_decided or not event.to_state:
        return
    if Part.CORRECTED not in parts_of(Actor(account_id=event.by_account_id, name=event.by_name), subject):
        subject.corrected_at = None
