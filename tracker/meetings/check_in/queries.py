"""Queries for checking in."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from tracker.audit.models import Event
from tracker.core.clock import day_at
from tracker.core.db import db
from tracker.core.errors import NotFound
from tracker.core.visibility import unrestricted
from tracker.meetings.check_in.models import Arrival
from tracker.meetings.check_in.rules import TAKES_CHECK_INS, ArrivalState, is_current, takes_check_ins
from tracker.meetings.invitations.models import Invitation
from tracker.meetings.invitations.rules import InvitationState
from tracker.meetings.models import Attendance, Meeting
from tracker.meetings.queries.detail import WITH_ATTENDANCE
from tracker.people import queries as people


@dataclass(frozen=True)
class Guest:
    """A row of the list, and who is known to stand before it."""

    row: Attendance
    person_id: int
    name: str


def is_open(meeting: Meeting, now: datetime) -> bool:
    """Whether anybody with the code may check in."""
    return takes_check_ins(meeting, now)


def meeting_of(code: str, now: datetime, secret_key: str) -> int | None:
    """The meeting whose code this is now. The code itself is the right to check in there, and to nothing else."""
    day, near = day_at(now), timedelta(days=1)
    is_near = or_(Meeting.date.between(day - near, day + near), Meeting.end_on >= day - near)
    query = select(Meeting).where(is_near, Meeting.status.in_(sorted(TAKES_CHECK_INS)), Meeting.locked_at.is_(None))
    with unrestricted():
        going_on = [one for one in db.session.scalars(query) if is_open(one, now)]
    found = [one.id for one in going_on if is_current(code, one.id, now, secret_key)]
    return found[0] if len(found) == 1 else None


def meeting(meeting_id: int | None) -> Meeting | None:
    """What whoever holds its code may see of it."""
    if meeting_id is None:
        return None
    query = select(Meeting).filter_by(id=meeting_id).options(*WITH_ATTENDANCE)
    with unrestricted():
        return db.session.scalars(query.execution_options(populate_existing=True)).unique().one()


def guest(meeting: Meeting, person_id: int | None, invitation_ids: Collection[int]) -> Guest | None:
    """Who is signed in; otherwise whose invitation was opened in this browser."""
    with unrestricted():
        return _listed(meeting, person_id) or _invited(meeting, invitation_ids)


def _listed(meeting: Meeting, person_id: int | None) -> Guest | None:
    if person_id is None:
        return None
    own = next((row for row in meeting.attendance if row.person_id == person_id), None)
    if own is not None and own.person is not None:
        return Guest(own, person_id, own.person.full_name)
    posts = {row.position_id: row for row in meeting.attendance if row.person_id is None and row.position_id}
    held = people.holders_on(meeting.date, list(posts)) if posts else {}
    return next(
        (Guest(posts[post], person_id, holding.person.full_name)
         for post, holdings in held.items() for holding in holdings if holding.person_id == person_id), None
    )  # fmt: skip


def _invited(meeting: Meeting, invitation_ids: Collection[int]) -> Guest | None:
    query = select(Invitation).where(
        Invitation.id.in_(invitation_ids), Invitation.meeting_id == meeting.id, Invitation.state == InvitationState.SENT
    )
    found = db.session.scalars(query.options(joinedload(Invitation.person)).order_by(Invitation.id.desc()))
    return next(
        (Guest(row, one.person_id, one.person.full_name)
         for one in (found if invitation_ids else ()) for row in meeting.attendance if one.is_of(row)), None
    )  # fmt: skip


def locked(row_id: int) -> Attendance:
    """The row as it is now, for a change by whoever was recognised."""
    query = select(Attendance).filter_by(id=row_id).options(joinedload(Attendance.meeting))
    with unrestricted():
        fresh = query.with_for_update(of=Attendance).execution_options(populate_existing=True)
        return db.session.scalars(fresh).one()


def waiting_named(meeting_id: int, name: str) -> bool:
    query = select(Arrival.id).filter_by(meeting_id=meeting_id, folded=name, state=ArrivalState.WAITING)
    with unrestricted():
        return db.session.scalar(query) is not None


def waiting(meeting_id: int) -> Sequence[Arrival]:
    query = select(Arrival).filter_by(meeting_id=meeting_id, state=ArrivalState.WAITING)
    return db.session.scalars(query.order_by(Arrival.id)).all()


def arrival(arrival_id: int, *, to_change: bool = False) -> Arrival:
    query = select(Arrival).filter_by(id=arrival_id, state=ArrivalState.WAITING).options(joinedload(Arrival.meeting))
    found = db.session.scalar(query.with_for_update(of=Arrival) if to_change else query)
    if found is None:
        raise NotFound
    return found


def counts(meeting_id: int) -> tuple[int, int, int]:
    """How many checked in, how many are listed, how many wait for the secretariat."""
    listed = select(func.count(Attendance.checked_in_at), func.count(Attendance.id)).filter_by(meeting_id=meeting_id)
    waits = select(func.count(Arrival.id)).filter_by(meeting_id=meeting_id, state=ArrivalState.WAITING)
    checked_in, rows = db.session.execute(listed).one()
    return checked_in, rows, db.session.scalar(waits) or 0


def last_check_in(row: Attendance) -> Event | None:
    query = select(Event).filter_by(subject="meeting", subject_id=row.meeting_id, verb="checked_in")
    events = db.session.scalars(query.order_by(Event.id.desc()))
    return next((event for event in events if event.details.get("row") == row.id), None)
