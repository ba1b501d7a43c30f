"""Context of a line that is being typed: what is above it."""

from collections.abc import Sequence

from tracker.core.texts import shortened
from tracker.meetings import queries as meetings
from tracker.meetings.live.queries.known import proposals_named
from tracker.meetings.live.rules import NOTHING_ABOVE, Above, Known, Line, Mention, Register
from tracker.meetings.models import Meeting, Statement

LONGEST_SHOWN = 60
#: «^» can be repeated up to this number.
MOST_PROPOSALS = 9


def above(meeting: Meeting, line_id: int | None, agenda_item_id: int | None, people: Sequence[Known]) -> Above:
    """What a new line refers to if inserted after the given one, else at the end of its agenda item."""
    lines = meetings.lines_with_links(meeting.id)
    last = next((line for line in lines if line.id == line_id), None)
    if line_id is None:
        of_item = [line for line in lines if line.agenda_item_id == agenda_item_id]
        last = next(reversed(of_item or lines), None)
    if last is None:
        return NOTHING_ABOVE
    preceding = lines[: lines.index(last) + 1]
    numbers = [link.proposal_id for line in reversed(preceding) for link in line.proposal_links]
    return Above(
        line=Line(id=last.id, words=shortened(last.gist_id or last.quote or "", LONGEST_SHOWN)),
        speaker=_speaker(last, people),
        proposals=proposals_named(list(dict.fromkeys(numbers))[:MOST_PROPOSALS]),
    )


def _speaker(line: Statement, people: Sequence[Known]) -> Mention | None:
    if line.speaker_note:
        return Mention(line.speaker_note, None)
    attendee = next(
        (person for person in people if (person.register, person.id) == (Register.ATTENDANCE, line.speaker_id)), None
    )
    return Mention(attendee.spellings[0], attendee) if attendee else None
