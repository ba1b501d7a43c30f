"""Check in, and what the secretariat makes of it. Callers commit."""

from dataclasses import replace
from datetime import datetime

from tracker.audit.commands import record
from tracker.core.actor import SYSTEM, Actor
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.wording import lazy_gettext as _l
from tracker.meetings import commands as meetings
from tracker.meetings.check_in import queries, rules
from tracker.meetings.check_in.models import Arrival
from tracker.meetings.check_in.rules import ArrivalState, Outcome
from tracker.meetings.models import Attendance, Meeting
from tracker.meetings.queries import Seating
from tracker.meetings.rules import AttendanceStatus, Question
from tracker.people.rules import folded

NOT_CLEAR = _l("It is not clear who this is. Type the name into the roll-call, then dismiss this.")


def take_check_in(row: Attendance, represented_by: str | None, *, by: Actor, at: datetime) -> Outcome:
    """What the list says already stays; a second time changes nothing."""
    outcome, status = rules.effect(row.status, row.represented_by, represented_by)
    if row.checked_in_at is None:
        _note(row, status, represented_by if outcome is not Outcome.CONFLICT else None, by=by, at=at, when=at)
    return outcome


def _note(
    row: Attendance, status: AttendanceStatus, represented_by: str | None, *, by: Actor, at: datetime, when: datetime
) -> None:
    before, row.status, row.checked_in_at = row.status, status, when
    row.represented_by = row.represented_by or represented_by
    if status is AttendanceStatus.PRESENT:
        meetings.freeze_posts([row], row.meeting.date)
    record(row.meeting, "checked_in", by=by, at=at, row=row.id, before=before, after=status)


def announce(meeting: Meeting, name: str, on_behalf_of: str | None, *, at: datetime) -> Outcome:
    """Somebody who is not known: whether the list names them is not told, and the secretariat confirms it."""
    if not queries.waiting_named(meeting.id, folded(name)):
        arrival = Arrival(
            meeting_id=meeting.id, name=name, folded=folded(name), on_behalf_of=on_behalf_of, arrived_at=at,
            state=ArrivalState.WAITING,
        )  # fmt: skip
        db.session.add(arrival)
        db.session.flush()  # the event needs its id
        record(meeting, "arrival_announced", by=SYSTEM, at=at, arrival=arrival.id)
    return Outcome.WAITING


def confirm(arrival: Arrival, seating: Seating, *, by: Actor, at: datetime) -> None:
    """Put down as present whom the secretariat knows it to be, or as represented whom they stand for."""
    meetings.ensure_open(arrival.meeting)
    meetings.ensure_begun(arrival.meeting, at)
    if seating.questions - {Question.SECOND_ROW}:
        raise NotPossible(NOT_CLEAR)
    row = _represented(seating, arrival) if arrival.on_behalf_of else seating.row
    if row is None:
        row = meetings.seat(arrival.meeting, replace(seating, questions=frozenset()), by=by, at=at)
    status = AttendanceStatus.REPRESENTED if arrival.on_behalf_of else AttendanceStatus.PRESENT
    _note(row, status, arrival.name if arrival.on_behalf_of else None, by=by, at=at, when=arrival.arrived_at)
    arrival.state = ArrivalState.CONFIRMED
    record(arrival.meeting, "arrival_confirmed", by=by, at=at, arrival=arrival.id)


def _represented(seating: Seating, arrival: Arrival) -> Attendance:
    if seating.row is None:
        raise NotPossible(_l("Nobody called %(name)s is on the list.", name=arrival.on_behalf_of))
    return seating.row


def dismiss(arrival: Arrival, *, by: Actor, at: datetime) -> None:
    arrival.state = ArrivalState.DISMISSED
    record(arrival.meeting, "arrival_dismissed", by=by, at=at, arrival=arrival.id)


def undo(row: Attendance, *, by: Actor, at: datetime) -> None:
    """The row says again what it said before, unless the secretariat changed it since."""
    meetings.ensure_open(row.meeting)
    if row.checked_in_at is None:
        raise NotPossible(_l("There is nothing left to undo."))
    last = queries.last_check_in(row)
    if last is not None and last.details["after"] == row.status:
        row.status = AttendanceStatus(last.details["before"])
    if row.status is AttendanceStatus.EXPECTED:
        row.represented_by = None
    row.checked_in_at = None
    record(row.meeting, "check_in_undone", by=by, at=at, row=row.id)
