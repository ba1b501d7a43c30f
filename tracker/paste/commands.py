"""Storing what somebody confirmed of a pasted text. Nothing here commits."""

from collections.abc import Sequence
from datetime import datetime

from tracker.core.actor import Actor
from tracker.live import commands as live
from tracker.live.rules import title_of
from tracker.meetings import commands as meetings
from tracker.meetings import queries as meeting_queries
from tracker.meetings.commands import StatementDraft
from tracker.meetings.models import Meeting
from tracker.meetings.rules import Attendee, StatementKind


def write_pieces(
    meeting: Meeting, drafts: Sequence[StatementDraft], typed_key: str | None, *, by: Actor, at: datetime
) -> None:
    """Write the confirmed pieces down in their order; a proposal raises one. What was in the box is done with."""
    for draft in drafts:
        said = meetings.add_statement(meeting, draft, by=by, at=at)
        if draft.kind is StatementKind.PROPOSAL:
            title = title_of(draft.gist_id or draft.quote or "")
            meetings.raise_proposal(meeting_queries.statement(said.id), title, None, by=by, at=at)
    if typed_key:
        live.keep_typing(meeting, typed_key, "", by=by, at=at)


def call_all(meeting: Meeting, attendees: Sequence[Attendee], *, by: Actor, at: datetime) -> None:
    """Add the confirmed lines to the attendance list in their order."""
    for attendee in attendees:
        live.call(meeting, attendee, by=by, at=at)
