"""Rules of meetings: kinds, states, who was there. Pure."""

from tracker.meetings.rules.attendees import ROLE_MARKS, Attendee, Doubt, Question, is_heading, under_heading
from tracker.meetings.rules.fragments import letter_of_status, looks_like_person, looks_like_post, looks_like_unit
from tracker.meetings.rules.kinds import (
    ACTIONABLE,
    AWAY,
    BEFORE_THE_DAY,
    BY_HAND,
    NEEDS_REASON,
    NEXT,
    NOT_THERE,
    SERVED,
    SOURCES,
    WEEKDAYS,
    AttendanceRole,
    AttendanceStatus,
    Bearing,
    MeetingMode,
    MeetingStatus,
    MeetingType,
    SetAside,
    SourceType,
    StatementKind,
    bearing_of,
    can_move,
    fights_weekday,
    is_ahead,
    steps_by_hand,
    takes_minutes,
)
from tracker.meetings.rules.lines import understand_attendee, understand_attendees

__all__ = [
    "ACTIONABLE", "AWAY", "BEFORE_THE_DAY", "BY_HAND", "NEEDS_REASON", "NEXT", "NOT_THERE", "ROLE_MARKS", "SERVED",
    "SOURCES", "WEEKDAYS", "AttendanceRole", "AttendanceStatus", "Attendee", "Bearing", "Doubt", "MeetingMode",
    "MeetingStatus", "MeetingType", "Question", "SetAside", "SourceType", "StatementKind", "bearing_of", "can_move",
    "fights_weekday", "is_ahead", "is_heading", "letter_of_status", "looks_like_person", "looks_like_post",
    "looks_like_unit", "steps_by_hand", "takes_minutes", "under_heading", "understand_attendee", "understand_attendees",
]  # fmt: skip
