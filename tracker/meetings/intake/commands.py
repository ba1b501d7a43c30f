"""Store what was confirmed of a pasted text. Callers commit."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from tracker.core.actor import Actor
from tracker.core.clock import day_at
from tracker.meetings import commands as meetings
from tracker.meetings import queries as meeting_queries
from tracker.meetings.commands import MeetingDraft, StatementDraft, StatementLinks
from tracker.meetings.intake.rules import who_is
from tracker.meetings.live import commands as live
from tracker.meetings.live import queries
from tracker.meetings.live.commands import Seen
from tracker.meetings.live.rules import Directory, Known, Register, title_of, understand
from tracker.meetings.models import Attendance, Meeting
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


def write_pieces(
    meeting: Meeting, drafts: Sequence[StatementDraft], typed: Seen | None, *, by: Actor, at: datetime
) -> None:
    """Store the confirmed statements in order, create their proposals, and delete the draft they came from."""
    for draft in drafts:
        named = StatementLinks(targets=_targets_in(draft, meeting))
        statement = meetings.add_statement(meeting, draft, named, by=by, at=at)
        if draft.kind is StatementKind.PROPOSAL:
            title = title_of(draft.gist_id or draft.quote or "")
            meetings.raise_proposal(meeting_queries.statement(statement.id), title, None, by=by, at=at)
    if typed:
        live.delete_draft(meeting, typed, by=by)


def with_speakers(drafts: Sequence[StatementDraft], people: Sequence[Known]) -> list[StatementDraft]:
    """The statements given to people of the attendance list, where the name of their speaker means one."""
    directory = Directory(people)
    found = []
    for draft in drafts:
        known = who_is(draft.speaker_note, people, directory).known if draft.speaker_note else None
        found.append(replace(draft, speaker_id=known.id, speaker_note=None) if known else draft)
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
