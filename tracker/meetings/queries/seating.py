"""What a line of a roll-call becomes at a meeting: who it is, with which post, and what has to be asked first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from tracker.audit.models import Event
from tracker.core.db import db
from tracker.meetings.models import Attendance, Meeting
from tracker.meetings.rules import (
    BEFORE_THE_DAY,
    NOT_THERE,
    AttendanceRole,
    AttendanceStatus,
    Attendee,
    Question,
    takes_minutes,
)
from tracker.people import queries as people
from tracker.people.queries import HeldPost, KnownPerson
from tracker.people.rules import NameIndex, NameMatches, folded

MOST_CANDIDATES = 8


@dataclass(frozen=True)
class SeatAnswer:
    """What somebody said where a line could mean more than one thing."""

    person_id: int | None = None
    is_new: bool = False
    is_post: bool = False
    position_id: int | None = None
    has_no_post: bool = False
    is_second_row: bool = False


NOTHING_SAID = SeatAnswer()


@dataclass(frozen=True)
class Candidate:
    """Somebody whom a name may mean, with what tells them from others."""

    person: KnownPerson
    posts: Sequence[HeldPost]
    is_on_the_list: bool


@dataclass(frozen=True)
class Seating:
    """What a line becomes: a row that is there, a known person, a post alone, or somebody new."""

    attendee: Attendee
    #: The day of the meeting.
    day: date
    person: KnownPerson | None = None
    position_id: int | None = None
    #: The row of this person, or of this post without a person.
    row: Attendance | None = None
    candidates: tuple[Candidate, ...] = ()
    #: The posts that the person held on the day, where the line names none.
    posts: tuple[HeldPost, ...] = ()
    questions: frozenset[Question] = frozenset()
    #: Whether a post alone is meant.
    is_post: bool = False

    @property
    def is_there(self) -> bool:
        """Whether the row says already what the line says of them."""
        if self.row is None or self.attendee.role not in {AttendanceRole.PARTICIPANT, self.row.role}:
            return False
        return self.row.status is self.attendee.status or self.row.status not in NOT_THERE


class Seats:
    """The registers and the list of one meeting, read once for all the lines of a roll-call."""

    def __init__(self, meeting: Meeting, today: date) -> None:
        """Read them."""
        self.meeting = meeting
        self._has_begun = takes_minutes(meeting.status, meeting.date, today)
        self._persons = people.KnownPersons()
        self._posts = people.KnownPosts()
        named = [row for row in meeting.attendance if row.person]
        self._rows = {row.person_id: row for row in reversed(named)}
        self._held: dict[int, tuple[HeldPost, ...]] = {}
        self._on_the_list = NameIndex(
            (row.person.id, (row.person.full_name, *row.person.aliases)) for row in named if row.person
        )

    def read_ahead(self, attendees: Iterable[Attendee]) -> None:
        """Read the posts of everybody whom these lines may mean in one question, instead of line by line."""
        found = [
            names.find(attendee.name).all for attendee in attendees for names in (self._on_the_list, self._persons)
        ]
        self._posts_of({person_id for person_ids in found for person_id in person_ids})

    def seating(self, attendee: Attendee, answer: SeatAnswer = NOTHING_SAID) -> Seating:
        """What a line becomes, after what somebody said. Nobody has come yet to a meeting that is still to come."""
        if not self._has_begun and attendee.status not in BEFORE_THE_DAY:
            attendee = replace(attendee, status=AttendanceStatus.EXPECTED)
        if answer.is_post or (attendee.is_post and answer.person_id is None and not answer.is_new):
            return self._again(self._of_post(attendee), answer)
        person_id, candidates = self._who(attendee, answer)
        if person_id is None:
            found = Seating(
                attendee, self.meeting.date, candidates=candidates, position_id=self._position_named(attendee, ())
            )
            return replace(found, questions=frozenset({Question.WHO} if candidates else ()))
        held = self._posts_of([person_id])[person_id]
        found = Seating(
            attendee,
            self.meeting.date,
            self._persons.by_id[person_id],
            self._position_named(attendee, held),
            self._rows.get(person_id),
        )
        return self._with_post(self._again(found, answer), held, answer)

    def take(self, row: Attendance) -> None:
        """Know of a row that was just added."""
        if row.person_id is not None:
            self._rows.setdefault(row.person_id, row)

    def _who(self, attendee: Attendee, answer: SeatAnswer) -> tuple[int | None, tuple[Candidate, ...]]:
        """The person, or whom to ask about; nobody at all is somebody new."""
        if answer.person_id in self._persons.by_id:
            return answer.person_id, ()
        if answer.is_new:
            return None, ()
        numbered = self._persons.with_number(attendee.nip)
        if numbered is not None:
            return numbered, ()
        here, known = self._on_the_list.find(attendee.name), self._persons.find(attendee.name)
        certain = _certain(here, known)
        if certain is not None:
            return certain, ()
        return None, self._candidates(dict.fromkeys((*here.same, *known.same, *here.all, *known.all)))

    def _candidates(self, person_ids: dict[int, None]) -> tuple[Candidate, ...]:
        chosen = [number for number in person_ids if number in self._persons.by_id][:MOST_CANDIDATES]
        held = self._posts_of(chosen)
        return tuple(Candidate(self._persons.by_id[number], held[number], number in self._rows) for number in chosen)

    def _posts_of(self, person_ids: Iterable[int]) -> dict[int, tuple[HeldPost, ...]]:
        """The posts they held on the day of the meeting, each person asked about once."""
        missing = [number for number in person_ids if number not in self._held]
        held = people.posts_held(missing, self.meeting.date) if missing else {}
        self._held |= {number: tuple(held.get(number, ())) for number in missing}
        return self._held

    def _of_post(self, attendee: Attendee) -> Seating:
        position_id = self._posts.find(attendee.name)
        written = folded(attendee.name)
        row = next(
            (row for row in self.meeting.attendance
             if (position_id and row.position_id == position_id) or folded(row.post_as_written or "") == written),
            None,
        )  # fmt: skip
        return Seating(attendee, self.meeting.date, position_id=position_id, row=row, is_post=True)

    def _position_named(self, attendee: Attendee, held: Sequence[HeldPost]) -> int | None:
        """The post of the register that the line names beside a person."""
        if not attendee.post:
            return None
        own = next((post.position_id for post in held if folded(post.words) == folded(attendee.post)), None)
        return own or self._posts.find(attendee.post)

    def _again(self, found: Seating, answer: SeatAnswer) -> Seating:
        if not found.is_there or answer.is_second_row:
            return replace(found, row=None) if answer.is_second_row else found
        return replace(found, questions=found.questions | {Question.SECOND_ROW})

    def _with_post(self, found: Seating, held: tuple[HeldPost, ...], answer: SeatAnswer) -> Seating:
        """The post of the day where the line names none and the row has none."""
        has_post = found.attendee.post or (found.row and found.row.post_as_written)
        if has_post or answer.has_no_post:
            return found
        chosen = tuple(post for post in held if post.position_id == answer.position_id) or held
        asks = {Question.POST} if len(chosen) > 1 and not found.is_there else set()
        return replace(found, posts=chosen, questions=found.questions | asks)


def _certain(here: NameMatches[int], known: NameMatches[int]) -> int | None:
    """Who alone bears the name; or of whom alone on the list it is a part, where nobody in the register bears it."""
    bearing = dict.fromkeys((*here.same, *known.same))
    if not bearing:
        return here.partial[0] if len(here.partial) == 1 else None
    others = [number for number in here.partial if number not in bearing]
    return next(iter(bearing)) if len(bearing) == 1 and not others else None


def once_each(seatings: Sequence[Seating]) -> list[Seating]:
    """The same lines, where somebody who is named twice is asked about the second time."""
    seen: set[object] = set()
    found = []
    for seating in seatings:
        key = seating.person.id if seating.person else folded(seating.attendee.name)
        is_double = key in seen and not seating.candidates
        found.append(replace(seating, questions=seating.questions | {Question.SECOND_ROW}) if is_double else seating)
        seen.add(key)
    return found


def row_of(meeting_id: int, person_id: int) -> Attendance | None:
    """The first row of a person on the list of a meeting."""
    question = select(Attendance).filter_by(meeting_id=meeting_id, person_id=person_id).order_by(Attendance.id)
    return db.session.scalars(question.limit(1)).first()


def marked_all_at_once(meeting: Meeting) -> list[Attendance]:
    """The rows that were last marked as present all at once and still are; none once that was undone."""
    verbs = ("everybody_present", "everybody_present_undone")
    question = select(Event).filter_by(subject="meeting", subject_id=meeting.id).where(Event.verb.in_(verbs))
    last = db.session.scalars(question.order_by(Event.id.desc()).limit(1)).first()
    if last is None or last.verb != verbs[0]:
        return []
    marked = set(last.details.get("rows", ()))
    return [row for row in meeting.attendance if row.id in marked and row.status is AttendanceStatus.PRESENT]
