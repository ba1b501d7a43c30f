"""Correct what was decided on or reported, and answer corrections. Callers commit."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel.speaklater import LazyString

from tracker.audit.commands import note_part, record, recorded
from tracker.audit.models import Event
from tracker.audit.queries import parts_of
from tracker.audit.rules import Part
from tracker.core.actor import Actor
from tracker.core.db import Model
from tracker.core.errors import NotPossible
from tracker.core.reasons import ensure_reason
from tracker.core.visibility import unrestricted
from tracker.core.wording import LANGUAGES, speaking
from tracker.core.wording import lazy_gettext as _l
from tracker.corrections import policy, queries
from tracker.corrections.models import Decidable

IS_DECIDED = _l("This has been decided. Give the reason for the correction.")
#: The field of `corrections.forms.WithCorrectionReason`.
REASON_FIELD = "correction_reason"
#: Functions that restore a value where setting the column is not enough, by table and name.
_restoring: dict[tuple[str, str], Callable[[Any, Any, Actor], None]] = {}


@dataclass(frozen=True, kw_only=True)
class Change:
    """A value before and after, as stored. `words` has both in each language, if the value itself is not a text."""

    before: Any
    after: Any
    words: tuple[Mapping[str, str], Mapping[str, str]] | None = None
    #: Rows that the words name and that not every account may see.
    named: Sequence[Model] = ()


def in_each_language(words: Callable[[], str]) -> Mapping[str, str]:
    """The same words in every language, for storing in an event."""
    said = {}
    for code in LANGUAGES:
        with speaking(code):
            said[code] = words()
    return said


def restores(kind: type[Decidable], name: str) -> Callable[[Any], Any]:
    """Register a function that restores a value of such rows; it gets the row, the former value and the actor."""

    def register(restore: Callable[[Any, Any, Actor], None]) -> Callable[[Any, Any, Actor], None]:
        _restoring[kind.__tablename__, name] = restore
        return restore

    return register


def apply_edit(
    subject: Decidable, values: Mapping[str, Any], *, reason: str | None, by: Actor, at: datetime,
    named: Mapping[str, Change] | None = None,
) -> bool:  # fmt: skip
    """Store these values. Return whether that was a correction: it then needs a reason, and the event has both texts.

    `named` has the changes, with words, of columns whose values are not texts.
    """
    changes = {
        name: (named or {}).get(name) or Change(before=getattr(subject, name), after=values[name])
        for name in subject.decided_columns
        if name in values and values[name] != getattr(subject, name)
    }
    is_correction = subject.is_decided and bool(changes)
    if is_correction:
        correct(subject, changes, reason=reason, by=by, at=at)
    for name, value in values.items():
        setattr(subject, name, value)
    return is_correction


def correct(
    subject: Decidable, changes: Mapping[str, Change], *, reason: str | None, mentions: Sequence[Model] = (), by: Actor,
    at: datetime,
) -> None:  # fmt: skip
    """Record a correction of what was decided on, and mark it as unanswered. The caller stores the new values."""
    mark_corrected(subject, reason=reason, by=by, at=at)
    keep_both(subject, "corrected", changes, reason=reason, mentions=mentions, by=by, at=at)


def keep_both(
    subject: Model, verb: str, changes: Mapping[str, Change], *, reason: str | None, sentence: LazyString = IS_DECIDED,
    mentions: Sequence[Model] = (), by: Actor, at: datetime, **details: Any,
) -> None:  # fmt: skip
    """Record an event with the reason, and the former and new values. Raises NotPossible without a reason."""
    ensure_reason(reason, sentence, field=REASON_FIELD)
    named = [row for change in changes.values() for row in change.named]
    record(
        subject, verb, by=by, at=at, reason=reason, mentions=[*mentions, *named],
        texts={name: _in_words(change) for name, change in changes.items()},
        values={name: _pair(change.before, change.after) for name, change in changes.items() if change.words},
        **details,
    )  # fmt: skip


def _in_words(change: Change) -> dict[str, Any]:
    return _pair(*change.words) if change.words else _pair(change.before, change.after)


def _pair(before: Any, after: Any) -> dict[str, Any]:
    return {"before": before, "after": after}


def mark_corrected(subject: Decidable, *, reason: str | None, by: Actor, at: datetime) -> None:
    """The subject counts as corrected until somebody who may judge it has answered."""
    ensure_reason(reason, IS_DECIDED, field=REASON_FIELD)
    subject.corrected_at = subject.corrected_at or at
    note_part(subject, Part.CORRECTED, by=by)


def confirm(subject: Decidable, note: str | None, *, by: Actor, at: datetime) -> None:
    _ensure_pending(subject)
    if not policy.may_confirm(by, subject, parts_of(by, subject)):
        raise NotPossible(
            _l("It has to be confirmed by somebody who did not correct it and is not responsible for it.")
        )
    subject.corrected_at = None
    record(subject, "correction_confirmed", by=by, at=at, reason=note)


def put_back(subject: Decidable, note: str | None, *, by: Actor, at: datetime) -> None:
    """Restore what was decided on. Features above restore the rest when this is recorded: attachments their files."""
    _ensure_pending(subject)
    since = subject.corrected_at
    texts: dict[str, dict[str, Any]] = {}
    values: dict[str, dict[str, Any]] = {}
    mentions: set[str] = set()
    with unrestricted():  # including corrections that the actor may not see
        unanswered = queries.unanswered_of(subject)
    for event in unanswered:  # newest first: the first event has the current value, the last the decided one
        for merged, stored in ((texts, event.details.get("texts", {})), (values, event.details.get("values", {}))):
            for name, both in stored.items():
                merged[name] = _pair(merged.get(name, {"before": both["after"]})["before"], both["before"])
        mentions |= set(event.mentions or ()) if event.details.get("texts") else set()
    for name, both in (texts | values).items():
        _restore(subject, name, both["after"], by)
    subject.corrected_at = None
    record(
        subject, "correction_put_back", by=by, at=at, reason=note, since=since.isoformat() if since else None,
        texts=texts, values=values, mentions=sorted(mentions),
    )  # fmt: skip


def _restore(subject: Decidable, name: str, value: Any, by: Actor) -> None:
    if (subject.__tablename__, name) in _restoring:
        _restoring[subject.__tablename__, name](subject, value, by)
    else:
        setattr(subject, name, value)


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
