"""Codes of meetings, attendance and statements, and the life cycle of a meeting. Pure."""

from datetime import date
from enum import StrEnum


class MeetingType(StrEnum):
    LEADERSHIP = "leadership_meeting"
    COORDINATION = "coordination_meeting"
    WORKING = "working_meeting"
    FOCUS_GROUP = "focus_group_discussion"
    MONITORING = "monitoring_meeting"
    WEEKLY_REVIEW = "weekly_review"
    PREPARATION = "preparation_meeting"
    OTHER = "other"


class MeetingStatus(StrEnum):
    SCHEDULED = "scheduled"
    HELD = "held"
    CLOSED = "closed"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


M = MeetingStatus

#: The statuses that may follow each status. A meeting is closed only by approving its minutes.
NEXT: dict[MeetingStatus, frozenset[MeetingStatus]] = {
    M.SCHEDULED: frozenset({M.HELD, M.POSTPONED, M.CANCELLED}),
    M.POSTPONED: frozenset({M.SCHEDULED}),
    M.HELD: frozenset({M.CLOSED}),
    M.CLOSED: frozenset(),
    M.CANCELLED: frozenset(),
}
#: Statuses that users can set on the page of the meeting.
MANUAL_STEPS = frozenset(MeetingStatus) - {M.CLOSED}


class MeetingMode(StrEnum):
    IN_PERSON = "in_person"
    IN_PERSON_ASSUMED = "in_person_assumed"
    ONLINE = "online"
    HYBRID = "hybrid"


class SourceType(StrEnum):
    OWN_NOTES = "own_notes"
    PRESS_RELEASE = "press_release"
    SIGNED_MINUTES = "signed_minutes"
    OTHER = "other"
    #: Invented for the demo; not offered in forms.
    ILLUSTRATION = "illustration"


#: Sources that forms offer.
SOURCES = tuple(source for source in SourceType if source is not SourceType.ILLUSTRATION)


class AttendanceRole(StrEnum):
    CHAIR = "chair"
    ACCOMPANYING = "accompanying"
    SECRETARY = "secretary"
    MINUTE_TAKER = "minute_taker"
    PARTICIPANT = "participant"
    INVITEE = "invitee"


class AttendanceStatus(StrEnum):
    PRESENT = "present"
    PRESENT_ONLINE = "present_online"
    PARTIAL = "partial"
    REPRESENTED = "represented"
    EXCUSED = "excused"
    ABSENT = "absent"
    #: Invited; whether they attended is not recorded yet.
    EXPECTED = "expected"


#: Did not attend in person.
AWAY = frozenset({AttendanceStatus.REPRESENTED, AttendanceStatus.EXCUSED, AttendanceStatus.ABSENT})
#: Typing the name of somebody with one of these statuses in the roll-call marks them as present.
NOT_PRESENT = AWAY | {AttendanceStatus.EXPECTED}


class StatementKind(StrEnum):
    PROPOSAL = "proposal"
    DECISION = "decision"
    DIRECTIVE = "directive"
    HOPE = "hope"
    REMARK = "remark"
    EXHORTATION = "exhortation"
    RESPONSE = "response"
    INFORMATION = "information"


#: Kinds that an action may carry out.
ACTIONABLE = frozenset({StatementKind.DECISION, StatementKind.DIRECTIVE})


class SetAside(StrEnum):
    NOT_REACHED = "not_reached"
    DEFERRED = "deferred"


class Bearing(StrEnum):
    RAISES = "raises"
    DISCUSSES = "discusses"
    MOTIVATES = "motivates"
    DECIDES = "decides"


def bearing_of(kind: StatementKind, *, is_open: bool, only_discusses: bool = False) -> Bearing:
    """How a statement of this kind relates to an earlier proposal it mentions. A closed proposal cannot be decided."""
    decides = kind is StatementKind.DECISION and is_open and not only_discusses
    return Bearing.DECIDES if decides else Bearing.DISCUSSES


#: An action under a statement serves the proposal to which the statement relates like this, the strongest first.
SERVED_BEARINGS = (Bearing.DECIDES, Bearing.RAISES, Bearing.DISCUSSES)


#: Names and abbreviations of weekdays, Monday first.
WEEKDAYS = (
    ("senin", "monday", "mon", "sen"),
    ("selasa", "tuesday", "tue", "sel"),
    ("rabu", "wednesday", "wed", "rab"),
    ("kamis", "thursday", "thu", "kam"),
    ("jumat", "jum'at", "friday", "fri", "jum"),
    ("sabtu", "saturday", "sat", "sab"),
    ("minggu", "ahad", "sunday", "sun", "min"),
)


def can_move(before: MeetingStatus, after: MeetingStatus) -> bool:
    return after in NEXT[before]


def is_upcoming(status: MeetingStatus, day: date, today: date) -> bool:
    return status is M.SCHEDULED and day > today


def takes_minutes(status: MeetingStatus, day: date, today: date) -> bool:
    return status in {M.HELD, M.CLOSED} or (status is M.SCHEDULED and day <= today)


def manual_steps(status: MeetingStatus, day: date, today: date) -> list[MeetingStatus]:
    """Statuses that users can set now, in the order of the life cycle."""
    possible = NEXT[status] & MANUAL_STEPS
    return [to for to in MeetingStatus if to in possible and (to is not M.HELD or day <= today)]


#: Statuses that can be recorded before the day of the meeting.
POSSIBLE_BEFORE_THE_DAY = (AttendanceStatus.EXPECTED, AttendanceStatus.REPRESENTED, AttendanceStatus.EXCUSED)


def contradicts_weekday(day: date, as_written: str | None) -> bool:
    """Whether the written weekday differs from that of the date. Unknown words never do."""
    if not as_written:
        return False
    words = as_written.casefold().replace("’", "'").replace(",", " ").split()
    weekdays = {weekday for weekday, names in enumerate(WEEKDAYS) for word in words if word in names}
    return bool(weekdays) and day.weekday() not in weekdays


#: Statuses that need a reason.
NEEDS_REASON = frozenset({MeetingStatus.POSTPONED, MeetingStatus.CANCELLED})
