"""Lines that are still being typed. Nothing here commits."""

from dataclasses import dataclass
from datetime import datetime

from tracker.core.actor import Actor
from tracker.core.db import db
from tracker.meetings.live import queries
from tracker.meetings.live.models import TypedLine
from tracker.meetings.models import Meeting


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A draft as a window knew it."""

    key: str
    step: int


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What is in the box of one window. Each saving of a key has a higher step."""

    key: str
    text: str
    #: None where a person throws it away: whatever step it has come to.
    step: int | None = None
    #: The draft of another window that this one goes on from.
    adopts: Seen | None = None


def keep_typing(meeting: Meeting, draft: Draft, *, by: Actor, at: datetime) -> None:
    """Remember what is being typed; nothing left means forget it. What arrives late changes nothing."""
    known = queries.typed_line(draft.key, meeting.id, by.account_id)
    if known and draft.step is not None and draft.step < known.step:
        return
    if known and not draft.text.strip():
        db.session.delete(known)
    elif known:
        known.text, known.typed_at, known.step = draft.text, at, draft.step or known.step
    elif draft.text.strip():
        db.session.add(
            TypedLine(
                key=draft.key, meeting_id=meeting.id, account_id=by.account_id, text=draft.text, typed_at=at,
                step=draft.step or 0,
            )
        )  # fmt: skip
    if draft.adopts:
        forget_draft(meeting, draft.adopts, by=by)


def forget_draft(meeting: Meeting, seen: Seen, *, by: Actor) -> None:
    """Forget a draft that is stored, or goes on under another key, unless it has been typed on elsewhere since."""
    known = queries.typed_line(seen.key, meeting.id, by.account_id)
    if known and known.step <= seen.step:
        db.session.delete(known)
