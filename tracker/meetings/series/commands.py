"""Begin, join, leave and edit series, and plan the next meeting. Callers commit."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from tracker.audit.commands import record
from tracker.core.actor import Actor
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.texts import contains_words
from tracker.core.wording import lazy_gettext as _l
from tracker.meetings import queries as meetings
from tracker.meetings.commands import (
    AttendanceDraft,
    MeetingDraft,
    carry_agenda_item,
    log_meeting,
    note_source_of_name,
    source_of_name,
)
from tracker.meetings.models import AgendaItem, Attendance, Meeting
from tracker.meetings.rules import AttendanceRole, AttendanceStatus
from tracker.meetings.series import queries
from tracker.meetings.series.models import MeetingSeries, SeriesMeeting
from tracker.meetings.series.rules import Rhythm
from tracker.people import queries as people


@dataclass(frozen=True, kw_only=True)
class SeriesDraft:
    name_id: str
    name_en: str | None = None
    rhythm: Rhythm | None = None


def begin_series(meeting: Meeting, draft: SeriesDraft, *, by: Actor, at: datetime) -> MeetingSeries:
    _ensure_in_no_series(meeting)
    series = MeetingSeries(**asdict(draft))
    note_source_of_name(series, meeting)
    db.session.add(series)
    db.session.flush()  # the membership needs the id of the series
    db.session.add(SeriesMeeting(meeting_id=meeting.id, series_id=series.id))
    _record(meeting, "series_begun", series, draft.name_id, by=by, at=at)
    return series


def _ensure_in_no_series(meeting: Meeting) -> None:
    if queries.membership(meeting.id):
        raise NotPossible(_l("The meeting already belongs to a series."))


def _membership(meeting: Meeting) -> SeriesMeeting:
    membership = queries.membership(meeting.id)
    if membership is None:
        raise NotPossible(_l("The meeting belongs to no series."))
    return membership


def join_series(meeting: Meeting, series: MeetingSeries, *, by: Actor, at: datetime) -> None:
    _ensure_in_no_series(meeting)
    before, after = queries.neighbours(series.id, meeting)
    db.session.add(SeriesMeeting(meeting_id=meeting.id, series_id=series.id, previous_id=before and before.meeting_id))
    if after:
        after.previous_id = meeting.id
    _record(meeting, "series_joined", series, series.name_id, by=by, at=at)


def leave_series(meeting: Meeting, *, by: Actor, at: datetime) -> None:
    """Remove a meeting from its series; its neighbours are linked to each other. The last one deletes the series."""
    membership = _membership(meeting)
    for follower in queries.followers(meeting.id):
        follower.previous_id = membership.previous_id
    series, name = membership.series, membership.series.name_id
    _record(meeting, "series_left", series, name, by=by, at=at)
    db.session.delete(membership)
    db.session.flush()  # before the query below
    if queries.is_empty(series.id):
        db.session.delete(series)


def edit_series(series: MeetingSeries, draft: SeriesDraft, first: Meeting, *, by: Actor, at: datetime) -> None:
    series.named_after_id = source_of_name(series, draft)
    for name, value in asdict(draft).items():
        setattr(series, name, value)
    _record(first, "series_edited", series, draft.name_id, by=by, at=at)


def _record(meeting: Meeting, verb: str, series: MeetingSeries, name: str, *, by: Actor, at: datetime) -> None:
    """Record an event that shows the name of the series, and so mentions the meeting the name was copied from."""
    source = meetings.meeting_or_none(series.named_after_id)
    record(meeting, verb, by=by, at=at, reason=name, mentions=[source] if source and source is not meeting else ())


@dataclass(frozen=True, kw_only=True)
class NextDraft:
    name_id: str
    date: dt.date
    start_time: dt.time | None = None
    end_time: dt.time | None = None
    venue: str | None = None
    venue_detail: str | None = None
    #: The attendance row of the earlier meeting whose person or post will chair.
    chair_id: int | None = None


def plan_next(
    earlier: Meeting,
    following: NextDraft,
    agenda: Sequence[str],
    carried: Sequence[AgendaItem] = (),
    *,
    by: Actor,
    at: datetime,
) -> Meeting:
    """Schedule the next meeting of the series with the same people, as expected, and the items carried over."""
    membership = _membership(earlier)
    if following.date <= earlier.last_day:
        raise NotPossible(_l("The next meeting comes after this one."), field="date")
    draft = MeetingDraft(
        name_id=following.name_id, date=following.date, start_time=following.start_time, end_time=following.end_time,
        meeting_type=earlier.meeting_type, venue=following.venue, venue_detail=following.venue_detail,
        timezone=earlier.zone, city=earlier.city, mode=earlier.mode, organiser_unit_id=earlier.organiser_unit_id,
        classification=earlier.classification,
    )  # fmt: skip
    expected = _expected(earlier, following)
    meeting = log_meeting(draft, expected, agenda, by=by, at=at)
    if not note_source_of_name(meeting, membership.series):
        note_source_of_name(meeting, earlier)
    for item in meeting.agenda:
        item.about_meeting_id = (
            (earlier.named_after_id or earlier.id) if contains_words(item.text, earlier.name_id) else None
        )
    for item in carried:
        carry_agenda_item(item, meeting, by=by, at=at)
    db.session.add(SeriesMeeting(meeting_id=meeting.id, series_id=membership.series_id, previous_id=earlier.id))
    return meeting


def _expected(earlier: Meeting, following: NextDraft) -> list[AttendanceDraft]:
    """Rows for the people of the earlier meeting; each with the post held on the new day if that is unambiguous."""
    held = people.posts_held([row.person_id for row in earlier.attendance if row.person_id], following.date)
    expected = []
    for row in earlier.attendance:
        posts = held.get(row.person_id or 0, [])
        is_same_post = len(posts) != 1 or row.position_id == posts[0].position_id
        expected.append(
            AttendanceDraft(
                person_id=row.person_id,
                position_id=row.position_id if is_same_post else posts[0].position_id,
                post_as_written=row.post_as_written if is_same_post else posts[0].words,
                unit_as_written=row.unit_as_written,
                role=_role(row, following.chair_id),
                status=AttendanceStatus.EXPECTED,
            )
        )
    return expected


def _role(row: Attendance, chair_id: int | None) -> AttendanceRole:
    if row.id == chair_id:
        return AttendanceRole.CHAIR
    return AttendanceRole.PARTICIPANT if row.role is AttendanceRole.CHAIR else row.role
