"""Drafts of lines that are still being typed. Callers commit."""

from dataclasses import dataclass
from datetime import datetime

from tracker.core.actor import Actor
from tracker.core.db import db
from tracker.meetings.live import queries
from tracker.meetings.live.models import TypedLine
from tracker.meetings.models import Meeting


@dataclass(frozen=True, kw_only=True)
class Seen:
    key: str
    step: int


@dataclass(frozen=True, kw_only=True)
class Draft:
    """Content of the input of one window. The step increases with each save."""

    key: str
    text: str
    #: None if the user discards it, at whatever step.
    step: int | None = None
    #: The draft of another window that this one continues.
    adopts: Seen | None = None


def save_draft(meeting: Meeting, draft: Draft, *, by: Actor, at: datetime) -> None:
    """Save or, if empty, delete a draft. Outdated steps are ignored."""
    stored = queries.typed_line(draft.key, meeting.id, by.account_id)
    if stored and draft.step is not None and draft.step < stored.step:
        return
    if stored and not draft.text.strip():
        db.session.delete(stored)
    elif stored:
        stored.text, stored.typed_at, stored.step = draft.text, at, draft.step or stored.step
    elif draft.text.strip():
        db.session.add(
            TypedLine(
                key=draft.key, meeting_id=meeting.id, account_id=by.account_id, text=draft.text, typed_at=at,
                step=draft.step or 0,
            )
        )  # fmt: skip
    if draft.adopts:
        delete_draft(meeting, draft.adopts, by=by)


def delete_draft(meeting: Meeting, seen: Seen, *, by: Actor) -> None:
    """Delete a draft that was stored or continued elsewhere, unless it was edited in the meantime."""
    stored = queries.typed_line(seen.key, meeting.id, by.account_id)
    if stored and stored.step <= seen.step:
        db.session.delete(stored)
