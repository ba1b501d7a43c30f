"""Reading a line, and the choices of its chips."""

from collections.abc import Sequence

from tracker.core.fields import LONGEST_TEXT
from tracker.core.texts import shortened
from tracker.meetings import queries as meetings
from tracker.meetings.live import queries, rules
from tracker.meetings.live.forms import LineForm, Offered
from tracker.meetings.live.routes.parts import agenda_titles
from tracker.meetings.live.rules import Above, Known, Meant, Understood
from tracker.meetings.models import Meeting, Statement
from tracker.people import queries as people
from tracker.targets import queries as targets

LONGEST_ORIGIN = 60


def read_line(meeting: Meeting, form: LineForm) -> Understood:
    line, meant = (form.line.data or "")[:LONGEST_TEXT], form.meant()
    people = queries.people_known_to(meeting, line)
    return rules.understand_typed(
        line,
        said_on=meeting.date,
        people=people,
        targets=queries.targets_known(line, meant.target_id),
        above=_above(meeting, form, people) if rules.looks_up(line) else rules.NOTHING_ABOVE,
        meant=meant,
        references=queries.references_in(line, form.chosen().same_id),
    )


def _above(meeting: Meeting, form: LineForm, people: Sequence[Known]) -> Above:
    """Context of the line: the line it is inserted after, else the one its user saw or wrote last."""
    return queries.above(meeting, form.below() or form.last_seen(), form.agenda_item.data, people)


def offered_to(meeting: Meeting, form: LineForm, read: Understood | None, lines: Sequence[Statement] = ()) -> Offered:
    """Choices of the chips."""
    origin = queries.origin_of_next_action(lines, form.agenda_item.data)
    return Offered(
        speakers=meetings.speaker_choices(meeting),
        agenda=list(agenda_titles(meeting).items()),
        origin=shortened(origin.gist_id or origin.quote or "", LONGEST_ORIGIN) if origin else "",
        authority=_authority(read),
        targets=targets.TARGETS,
        posts=people.POSTS,
        lines=meetings.LINES_OF_MEETING,
        meeting_id=meeting.id,
    )


def _authority(read: Understood | None) -> str:
    """The post that decides, as read."""
    number = read.decision.authority_id if read and read.decision else None
    named = people.POSTS.named([number]) if number else {}
    return named[number].name if number in named else ""


def read_as_action(meeting: Meeting, line: Statement) -> Understood:
    """A stored line read as if it had been typed as an action."""
    words = line.quote or line.gist_id or ""
    return rules.understand(
        words,
        said_on=meeting.date,
        people=queries.people_known_to(meeting, words),
        targets=queries.targets_known(words, None),
        meant=Meant(is_action=True),
        references=queries.references_in(words, None),
    )
