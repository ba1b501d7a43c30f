"""Log and edit a meeting, and change its status. Callers commit."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from tracker.audit.commands import record
from tracker.core.actor import Actor
from tracker.core.clock import Zone, day_at
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.numbering import next_code
from tracker.core.occurrence import history_until
from tracker.core.places import nth
from tracker.core.reasons import ensure_reason
from tracker.core.wording import lazy_gettext as _l
from tracker.meetings import rules
from tracker.meetings.commands.agenda import rewrite_agenda
from tracker.meetings.commands.attendance import with_post_of_the_day
from tracker.meetings.commands.copied_names import source_of_name
from tracker.meetings.commands.drafts import AttendanceDraft, MeetingDraft
from tracker.meetings.commands.lock import ensure_open
from tracker.meetings.models import AgendaItem, Attendance, Meeting
from tracker.meetings.rules import (
    AttendanceStatus,
    MeetingStatus,
)
from tracker.people import queries as people


def log_meeting(
    draft: MeetingDraft, attendance: Sequence[AttendanceDraft], agenda: Sequence[str], *,
    status: MeetingStatus | None = None, by: Actor, at: datetime,
) -> Meeting:  # fmt: skip
    """Record a meeting. Without a status, it is scheduled if its date is in the future, otherwise held."""
    zone = zone_of(draft)
    is_future = draft.date > day_at(at, zone)
    status = status or (MeetingStatus.SCHEDULED if is_future else MeetingStatus.HELD)
    rows = [with_post_of_the_day(_as_expected_before(row, status), draft.date) for row in attendance]
    meeting = Meeting(
        **{**asdict(draft), "timezone": zone.value},
        code=next_code("R", draft.date.year),
        status=status,
        recorded_by_id=by.account_id,
        recorded_at=at,
        history_until=history_until(draft.date, at=at),
        agenda=[AgendaItem(place=nth(number), text=text) for number, text in enumerate(agenda, 1)],
        attendance=[Attendance(**asdict(row), place=nth(number)) for number, row in enumerate(rows, 1)],
        statements=[],
    )
    db.session.add(meeting)
    db.session.flush()  # the event needs the meeting's id
    on = meeting.date if meeting.history_until else None
    record(meeting, "logged", by=by, at=at, on=on, meeting_id=meeting.id, to_state=status)
    return meeting


def zone_of(draft: MeetingDraft) -> Zone:
    return draft.timezone or people.zone_of_unit(draft.organiser_unit_id)


def _as_expected_before(row: AttendanceDraft, status: MeetingStatus) -> AttendanceDraft:
    is_possible = status is not MeetingStatus.SCHEDULED or row.status in rules.POSSIBLE_BEFORE_THE_DAY
    return row if is_possible else replace(row, status=AttendanceStatus.EXPECTED)


def edit_meeting(meeting: Meeting, draft: MeetingDraft, agenda: Sequence[str], *, by: Actor, at: datetime) -> None:
    ensure_open(meeting)
    zone = zone_of(draft)
    if meeting.status in {MeetingStatus.HELD, MeetingStatus.CLOSED} and draft.date > day_at(at, zone):
        raise NotPossible(_l("A meeting that was held cannot have a date in the future."), field="date")
    meeting.named_after_id = source_of_name(meeting, draft)
    for name, value in {**asdict(draft), "timezone": zone.value}.items():
        if name != "classification":  # changed only by `classification.commands`
            setattr(meeting, name, value)
    rewrite_agenda(meeting, agenda, by=by, at=at)
    record(meeting, "edited", by=by, at=at)


def move_meeting(
    meeting: Meeting, to: MeetingStatus, *, reason: str | None, day: date | None = None, by: Actor, at: datetime
) -> None:
    ensure_open(meeting)
    before = meeting.status
    if not rules.can_move(before, to) or to not in rules.MANUAL_STEPS:
        raise NotPossible(_l("The meeting cannot change from its current status to that one."))
    if to is MeetingStatus.HELD and meeting.date > day_at(at, meeting.zone):
        raise NotPossible(_l("A meeting in the future cannot have been held already."))
    if to in rules.NEEDS_REASON:
        ensure_reason(reason)
    details: dict[str, Any] = _reschedule(meeting, day) if to is MeetingStatus.SCHEDULED else {}
    meeting.status = to
    record(meeting, f"moved_{to}", by=by, at=at, from_state=before, to_state=to, reason=reason, **details)


def _reschedule(meeting: Meeting, day: date | None) -> dict[str, Any]:
    """Set the new date; a meeting of several days keeps its length."""
    if day is None:
        raise NotPossible(_l("Enter the new date."), field="date")
    before, meeting.date = meeting.date, day
    meeting.end_on = meeting.end_on + (day - before) if meeting.end_on else None
    return {"before": before.isoformat(), "after": day.isoformat()}
