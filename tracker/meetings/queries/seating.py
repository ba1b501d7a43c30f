"""Resolves a line of the roll-call: which person and post it means, and what must be asked first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from tracker.audit.models import Event
from tracker.core.db import db
from tracker.meetings.models import Attendance, Meeting
from tracker.meetings.rules import (
    NOT_PRESENT,
    POSSIBLE_BEFORE_THE_DAY,
    AttendanceRole,
    AttendanceStatus,
    Attendee,
    Question,
    takes_minutes,
)
from tracker.people import queries as people
from tracker.people.queries import HeldPost, KnownPerson
from tracker.people.rules import NameIndex, NameMatches, folded

MAX_CANDIDATES = 8


@dataclass(frozen=True)
class SeatAnswer:
    person_id: int | None = None
    is_new: bool = False
    is_post: bool = False
    position_id: int | None = None
    has_no_post: bool = False
    is_second_row: bool = False


NO_ANSWER = SeatAnswer()


@dataclass(frozen=True)
class Candidate:
    person: KnownPerson
    posts: Sequence[HeldPost]
    is_on_the_list: bool


@dataclass(frozen=True)
class Seating:
    """How a line was resolved: an existing row, a known person, a post without a person, or a new person."""

    attendee: Attendee
    #: The day of the meeting.
    day: date
    person: KnownPerson | None = None
    position_id: int | None = None
    #: The existing row of the person, or of the post without a person.
    row: Attendance | None = None
    candidates: tuple[Candidate, ...] = ()
    #: Posts that the person held on the day, if the line names none.
    posts: tuple[HeldPost, ...] = ()
    questions: frozenset[Question] = frozenset()
    #: Whether it is a post without a person.
    is_post: bool = False

    @property
    def is_up_to_date(self) -> bool:
        if self.row is None or self.attendee.role not in {AttendanceRole.PARTICIPANT, self.row.role}:
            return False
        return self.row.status is self.attendee.status or self.row.status not in NOT_PRESENT


class Seats:
    """Resolves lines of one meeting's roll-call; loads the registers and the attendance list once."""

    def __init__(self, meeting: Meeting, today: date) -> None:
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

    def preload_posts(self, attendees: Iterable[Attendee]) -> None:
        matches = [
            names.find(attendee.name).all for attendee in attendees for names in (self._on_the_list, self._persons)
        ]
        self._posts_of({person_id for person_ids in matches for person_id in person_ids})

    def seating(self, attendee: Attendee, answer: SeatAnswer = NO_ANSWER) -> Seating:
        """Resolve a line. Before the day of the meeting, «present» becomes «expected»."""
        if not self._has_begun and attendee.status not in POSSIBLE_BEFORE_THE_DAY:
            attendee = replace(attendee, status=AttendanceStatus.EXPECTED)
        if answer.is_post or (attendee.is_post and answer.person_id is None and not answer.is_new):
            return self._ask_second_row(self._of_post(attendee), answer)
        person_id, candidates = self._who(attendee, answer)
        if person_id is None:
            return Seating(
                attendee,
                self.meeting.date,
                candidates=candidates,
                position_id=self._position_named(attendee, ()),
                questions=frozenset({Question.WHO} if candidates else ()),
            )
        held = self._posts_of([person_id])[person_id]
        seating = Seating(
            attendee,
            self.meeting.date,
            self._persons.by_id[person_id],
            self._position_named(attendee, held),
            self._rows.get(person_id),
        )
        return self._with_post(self._ask_second_row(seating, answer), held, answer)

    def add_row(self, row: Attendance) -> None:
        """Take a row into account that was added after loading."""
        if row.person_id is not None:
            self._rows.setdefault(row.person_id, row)

    def _who(self, attendee: Attendee, answer: SeatAnswer) -> tuple[int | None, tuple[Candidate, ...]]:
        """The person's id, or candidates to ask about; neither for a new person."""
        if answer.person_id in self._persons.by_id:
            return answer.person_id, ()
        if answer.is_new:
            return None, ()
        by_number = self._persons.with_number(attendee.nip)
        if by_number is not None:
            return by_number, ()
        on_list, in_register = self._on_the_list.find(attendee.name), self._persons.find(attendee.name)
        certain = _certain(on_list, in_register)
        if certain is not None:
            return certain, ()
        matches = (*on_list.same, *in_register.same, *on_list.all, *in_register.all)
        return None, self._candidates(dict.fromkeys(matches))

    def _candidates(self, person_ids: dict[int, None]) -> tuple[Candidate, ...]:
        ids = [person_id for person_id in person_ids if person_id in self._persons.by_id][:MAX_CANDIDATES]
        held = self._posts_of(ids)
        return tuple(
            Candidate(self._persons.by_id[person_id], held[person_id], person_id in self._rows) for person_id in ids
        )

    def _posts_of(self, person_ids: Iterable[int]) -> dict[int, tuple[HeldPost, ...]]:
        """Posts held on the day of the meeting by person; each person is loaded once."""
        missing = [person_id for person_id in person_ids if person_id not in self._held]
        held = people.posts_held(missing, self.meeting.date) if missing else {}
        self._held |= {person_id: tuple(held.get(person_id, ())) for person_id in missing}
        return self._held

    def _of_post(self, attendee: Attendee) -> Seating:
        position_id = self._posts.find(attendee.name)
        name = folded(attendee.name)
        row = next(
            (row for row in self.meeting.attendance
             if (position_id and row.position_id == position_id) or folded(row.post_as_written or "") == name),
            None,
        )  # fmt: skip
        return Seating(attendee, self.meeting.date, position_id=position_id, row=row, is_post=True)

    def _position_named(self, attendee: Attendee, held: Sequence[HeldPost]) -> int | None:
        if not attendee.post:
            return None
        own = next((post.position_id for post in held if folded(post.words) == folded(attendee.post)), None)
        return own or self._posts.find(attendee.post)

    def _ask_second_row(self, seating: Seating, answer: SeatAnswer) -> Seating:
        if answer.is_second_row:
            return replace(seating, row=None)
        if seating.is_up_to_date:
            return replace(seating, questions=seating.questions | {Question.SECOND_ROW})
        return seating

    def _with_post(self, seating: Seating, held: tuple[HeldPost, ...], answer: SeatAnswer) -> Seating:
        """Add the posts held on the day if neither the line nor the row has one."""
        has_post = seating.attendee.post or (seating.row and seating.row.post_as_written)
        if has_post or answer.has_no_post:
            return seating
        posts = tuple(post for post in held if post.position_id == answer.position_id) or held
        questions = {Question.POST} if len(posts) > 1 and not seating.is_up_to_date else set()
        return replace(seating, posts=posts, questions=seating.questions | questions)


def _certain(on_list: NameMatches[int], in_register: NameMatches[int]) -> int | None:
    """The only person with exactly this name; if there is none, the only one on the list whose name contains it."""
    exact = dict.fromkeys((*on_list.same, *in_register.same))
    if not exact:
        return on_list.partial[0] if len(on_list.partial) == 1 else None
    others = [person_id for person_id in on_list.partial if person_id not in exact]
    return next(iter(exact)) if len(exact) == 1 and not others else None


def flag_duplicates(seatings: Sequence[Seating]) -> list[Seating]:
    """Add the question about a second row where a line names somebody for the second time."""
    seen: set[object] = set()
    flagged = []
    for seating in seatings:
        key = seating.person.id if seating.person else folded(seating.attendee.name)
        if key in seen and not seating.candidates:
            flagged.append(replace(seating, questions=seating.questions | {Question.SECOND_ROW}))
        else:
            flagged.append(seating)
        seen.add(key)
    return flagged


def row_of(meeting_id: int, person_id: int) -> Attendance | None:
    query = select(Attendance).filter_by(meeting_id=meeting_id, person_id=person_id).order_by(Attendance.id)
    return db.session.scalars(query.limit(1)).first()


def marked_present_together(meeting: Meeting) -> list[Attendance]:
    """Rows that were last marked as present together and still are; empty if that was undone."""
    verbs = ("everybody_present", "everybody_present_undone")
    query = select(Event).filter_by(subject="meeting", subject_id=meeting.id).where(Event.verb.in_(verbs))
    last = db.session.scalars(query.order_by(Event.id.desc()).limit(1)).first()
    if last is None or last.verb != verbs[0]:
        return []
    marked = set(last.details.get("rows", ()))
    return [row for row in meeting.attendance if row.id in marked and row.status is AttendanceStatus.PRESENT]
