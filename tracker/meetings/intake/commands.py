"""Store what was confirmed of a pasted text. Callers commit."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from blinker import Signal

from tracker.core import storage
from tracker.core.actor import Actor
from tracker.core.clock import day_at
from tracker.core.db import db
from tracker.core.errors import NotFound
from tracker.meetings import commands as meetings
from tracker.meetings import queries as meeting_queries
from tracker.meetings.commands import MeetingDraft, StatementDraft, StatementLinks
from tracker.meetings.intake.queries import Source
from tracker.meetings.intake.rules import who_is
from tracker.meetings.live import commands as live
from tracker.meetings.live import queries
from tracker.meetings.live.commands import Seen
from tracker.meetings.live.rules import Directory, Known, Mention, Register, Understood, title_of, understand
from tracker.meetings.models import Attendance, Meeting, StatementSource
from tracker.meetings.queries import SeatAnswer
from tracker.meetings.rules import Attendee, StatementKind
from tracker.people.rules import folded
from tracker.targets import queries as targets
from tracker.targets.models import Target


def begin_meeting(
    draft: MeetingDraft, lines: Sequence[tuple[Attendee, SeatAnswer]], agenda: Sequence[str], *, by: Actor, at: datetime
) -> tuple[Meeting, Sequence[Known]]:
    """Record a meeting with its people; also as those who can be named as speakers."""
    meeting = meetings.log_meeting(draft, (), agenda, by=by, at=at)
    rows = seat_all(meeting, lines, by=by, at=at)
    named = zip((attendee for attendee, _ in lines), rows, strict=True)
    return meeting, [
        Known(Register.ATTENDANCE, row.id, tuple(filter(None, (attendee.name, attendee.post))))
        for attendee, row in named
    ]


#: Sent with the meeting when minutes were read in a text: `source`, `stream`, `by` and `at`.
text_read = Signal()


@dataclass(frozen=True, kw_only=True)
class TaskDraft:
    what: str
    #: Who is to do it, as written.
    pic: str | None = None
    due_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class PieceDraft:
    """A confirmed statement, the action that follows from it, and where it begins in the source."""

    statement: StatementDraft
    task: TaskDraft | None = None
    start: int | None = None

    @property
    def words(self) -> str:
        return self.statement.quote or self.statement.gist_id or ""


def write_pieces(
    meeting: Meeting,
    drafts: Sequence[PieceDraft],
    typed: Seen | None,
    *,
    source: Source,
    people: Sequence[Known],
    by: Actor,
    at: datetime,
) -> None:
    """Store the confirmed statements in order with their proposals and actions, and keep their source.

    The draft they came from is deleted. `people`: whom an assignee may be.
    """
    mark = _keep(meeting, source, by=by, at=at)
    directory = Directory(people)
    for draft in drafts:
        named = StatementLinks(targets=_targets_in(draft.statement, meeting))
        statement = meetings.add_statement(meeting, draft.statement, named, by=by, at=at)
        if draft.start is not None:
            place = source.plain.place(draft.start)
            db.session.add(
                StatementSource(statement_id=statement.id, mark=mark, start=draft.start, length=len(draft.words),
                                line=place.line, page=place.page, second=place.second)
            )  # fmt: skip
        if draft.statement.kind is StatementKind.PROPOSAL:
            title = title_of(draft.words)
            meetings.raise_proposal(meeting_queries.statement(statement.id), title, None, by=by, at=at)
        if draft.task:
            told = _as_action(draft.task, people, directory)
            live.turn_into_action(meeting_queries.statement(statement.id), told, by=by, at=at)
    if typed:
        live.delete_draft(meeting, typed, by=by)


def _keep(meeting: Meeting, source: Source, *, by: Actor, at: datetime) -> str:
    """Keep the source as a file of the meeting; returns its digest."""
    stream = storage.waiting().open(source.mark) if source.mark else io.BytesIO(source.pasted.encode())
    if stream is None:
        raise NotFound
    with stream:
        mark = source.mark or storage.sha256_of(stream)
        stream.seek(0)
        text_read.send(meeting, source=source, mark=mark, stream=stream, by=by, at=at)
    return mark


_BETWEEN_NAMES = re.compile(r"\s*(?:[,;/&]|\bdan\b|\band\b)\s*")


def _as_action(task: TaskDraft, people: Sequence[Known], directory: Directory) -> Understood:
    """The task as if it had been typed in the live minutes."""
    whole = who_is(task.pic, people, directory) if task.pic else None
    named = [whole] if whole else []
    parts = [part for part in _BETWEEN_NAMES.split(task.pic or "") if part]
    if whole and whole.known is None and len(parts) > 1:
        several = [who_is(part, people, directory) for part in parts]
        named = several if all(who.known for who in several) else named
    mentions = tuple(Mention(who.name, who.known) for who in named)
    return Understood(kind=None, quote=None, gist=task.what, people=mentions, due_on=task.due_on)


def with_speakers(drafts: Sequence[PieceDraft], people: Sequence[Known]) -> list[PieceDraft]:
    """The statements given to people of the attendance list, where the name of their speaker means one."""
    directory = Directory(people)
    found = []
    for draft in drafts:
        said = draft.statement
        known = who_is(said.speaker_note, people, directory).known if said.speaker_note else None
        said = replace(said, speaker_id=known.id, speaker_note=None) if known else said
        found.append(replace(draft, statement=said))
    return found


def _targets_in(draft: StatementDraft, meeting: Meeting) -> Sequence[Target]:
    """Targets named after `#` in a statement; its text is not changed."""
    words = draft.gist_id or draft.quote or ""
    if "#" not in words:
        return ()
    understood = understand(words, said_on=meeting.date, people=(), targets=queries.targets_known(words))
    return targets.several([mention.known.id for mention in understood.targets if mention.known])


def seat_all(
    meeting: Meeting, lines: Sequence[tuple[Attendee, SeatAnswer]], *, by: Actor, at: datetime
) -> Sequence[Attendance]:
    seats = meeting_queries.Seats(meeting, day_at(at, meeting.zone))
    seats.preload_posts(attendee for attendee, _ in lines)
    rows, added = [], dict[str, Attendance]()
    for attendee, answer in lines:
        seating = seats.seating(attendee, answer)
        if seating.person is None and seating.row is None:  # named twice in one list, it is still one person
            seating = replace(seating, row=added.get(folded(attendee.name)))
        row = meetings.seat(meeting, seating, by=by, at=at)
        seats.add_row(row)
        rows.append(added.setdefault(folded(attendee.name), row))
    return rows
