"""Questions of the live minutes: what came of the lines, who is called, what is still being typed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from tracker.actions import queries as actions
from tracker.actions.models import ActionItem
from tracker.core.db import db
from tracker.core.wording import label
from tracker.live.models import TypedLine
from tracker.live.queries.known import post_spellings
from tracker.meetings import queries as meetings
from tracker.meetings.models import Attendance, Meeting, Statement
from tracker.meetings.rules import ACTIONABLE, AttendanceStatus
from tracker.people.models import Person, Position
from tracker.people.rules import folded
from tracker.proposals import queries as proposals
from tracker.proposals.models import Proposal


@dataclass(frozen=True)
class Minutes:
    """What the one screen shows besides the meeting itself."""

    lines: Sequence[Statement]
    removed: Sequence[Statement]
    #: By the statement they follow from, directly or through its proposal.
    actions: dict[int, list[ActionItem]]
    #: What lives on although no line of the minutes stands behind it.
    detached_proposals: Sequence[Proposal]
    detached_actions: Sequence[ActionItem]
    #: How many statements, proposals and actions of the meeting the viewer may not see.
    hidden: int


def minutes_of(meeting: Meeting) -> Minutes:
    """The lines of a meeting in order, each with what came of it, and what has lost its line."""
    lines, removed = meetings.statements_of(meeting.id), meetings.removed_from(meeting.id)
    raised = proposals.raised_in(meeting.id)
    behind = {link.proposal_id: line.id for line in reversed(lines) for link in line.proposal_links}
    numbers = [line.id for line in (*lines, *removed)]
    found = actions.of_meeting([*{*behind, *(proposal.id for proposal in raised)}], numbers)
    standing = {line.id for line in lines}
    by_line: dict[int, list[ActionItem]] = defaultdict(list)
    detached: list[ActionItem] = []
    for action in found:
        line_id = behind.get(action.proposal_id or 0) or action.statement_id
        (by_line[line_id] if line_id in standing else detached).append(action)
    came = {proposal.id for proposal in raised}
    promised = [one for one in found if one.proposal_id in came or one.statement_id in standing]
    return Minutes(
        lines, removed, dict(by_line), [proposal for proposal in raised if proposal.id not in behind], detached,
        hidden=meetings.items_in_all(meeting) - len(lines) - len(raised) - len(promised),
    )  # fmt: skip


def person_called(name: str) -> Person | None:
    """The one person of the register who is written so, with or without degrees after the name."""
    return _person_written(folded(name)) or _person_written(folded(name.partition(",")[0]))


def _person_written(wanted: str) -> Person | None:
    if not wanted:
        return None
    near = db.session.scalars(select(Person).where(Person.folded.contains(wanted, autoescape=True)))
    fitting = [person for person in near if wanted in person.folded.split("\n")]
    return fitting[0] if len(fitting) == 1 else None


def expected_row(meeting: Meeting, name: str, person: Person | None) -> Attendance | None:
    """The row of somebody expected, who now comes."""
    waiting = [row for row in meeting.attendance if row.status is AttendanceStatus.EXPECTED]
    if person:
        return next((row for row in waiting if row.person_id == person.id), None)
    wanted = folded(name)
    return next((row for row in waiting if not row.person_id and folded(row.post_as_written or "") == wanted), None)


def position_called(name: str) -> Position | None:
    """The one post of the register that is written so."""
    wanted = folded(name)
    everything = db.session.scalars(select(Position).order_by(Position.id))
    fitting = [post for post in everything if wanted in {folded(words) for words in post_spellings(post)}]
    return fitting[0] if wanted and len(fitting) == 1 else None


def names_to_offer(meeting: Meeting) -> list[str]:
    """Names and posts for the roll-call, without those on the list."""
    there = {row.person_id for row in meeting.attendance}
    persons = db.session.scalars(select(Person).order_by(Person.name).limit(300))
    posts = db.session.scalars(select(Position).order_by(Position.title_id).limit(300))
    return [person.full_name for person in persons if person.id not in there] + [post.title_id for post in posts]


def origin_of_next_action(lines: Iterable[Statement]) -> Statement | None:
    """The line that an action typed now follows from: the last proposal, decision or directive above."""
    return next((line for line in reversed(list(lines)) if line.proposal_links or line.kind in ACTIONABLE), None)


@dataclass(frozen=True, kw_only=True)
class OriginOfAction:
    """A line that an action can follow from."""

    id: int
    words: str
    #: Whether an action typed now follows from it if nothing is chosen.
    is_next: bool


def origins_of_action(lines: Sequence[Statement]) -> list[OriginOfAction]:
    """Those of the lines of a meeting that an action can follow from, the last first."""
    following = origin_of_next_action(lines)
    return [
        OriginOfAction(id=line.id, words=_shown(line), is_next=line is following)
        for line in reversed(lines)
        if line.proposal_links or line.kind in ACTIONABLE
    ]


def _shown(line: Statement) -> str:
    """A line in a list to choose from: its number, kind and first words."""
    words = " ".join((line.gist_id or line.quote or "").split())
    return f"{line.number}. {label(line.kind)}: {words[:60]}{'…' if len(words) > len(words[:60]) else ''}"


def being_typed(meeting_id: int, account_id: int | None) -> Sequence[TypedLine]:
    """What this account has typed here and not entered, the latest first."""
    question = select(TypedLine).filter_by(meeting_id=meeting_id, account_id=account_id)
    return db.session.scalars(question.order_by(TypedLine.typed_at.desc())).all()


def typed_line(key: str, meeting_id: int, account_id: int | None) -> TypedLine | None:
    """One such line."""
    return db.session.scalar(select(TypedLine).filter_by(key=key, meeting_id=meeting_id, account_id=account_id))


def line(statement_id: int) -> Statement:
    """A line, to change it."""
    return meetings.statement(statement_id, to_change=True)


def row_with_names(attendance_id: int) -> Attendance | None:
    """A row of the attendance list with its person and post."""
    loaded = (selectinload(Attendance.person), selectinload(Attendance.position))
    return db.session.scalar(select(Attendance).filter_by(id=attendance_id).options(*loaded))
