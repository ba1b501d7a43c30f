"""Kinds and states of meetings, dates that fight their weekday. Pure. Source: domain.md 2.2, 7.3."""

from datetime import date
from enum import StrEnum


class MeetingType(StrEnum):
    """Kinds of meeting (jenis rapat)."""

    LEADERSHIP = "leadership_meeting"
    COORDINATION = "coordination_meeting"
    WORKING = "working_meeting"
    FOCUS_GROUP = "focus_group_discussion"
    MONITORING = "monitoring_meeting"
    WEEKLY_REVIEW = "weekly_review"
    PREPARATION = "preparation_meeting"
    OTHER = "other"


class MeetingStatus(StrEnum):
    """Where a meeting stands."""

    SCHEDULED = "scheduled"
    HELD = "held"
    CLOSED = "closed"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


M = MeetingStatus

#: From each status, those that may follow. A meeting closes only by the approval of its minutes.
NEXT: dict[MeetingStatus, frozenset[MeetingStatus]] = {
    M.SCHEDULED: frozenset({M.HELD, M.POSTPONED, M.CANCELLED}),
    M.POSTPONED: frozenset({M.SCHEDULED}),
    M.HELD: frozenset({M.CLOSED}),
    M.CLOSED: frozenset(),
    M.CANCELLED: frozenset(),
}
#: Steps a person takes by hand on the meeting's page.
BY_HAND = frozenset(MeetingStatus) - {M.CLOSED}


class MeetingMode(StrEnum):
    """In person (luring), online (daring), or both."""

    IN_PERSON = "in_person"
    IN_PERSON_ASSUMED = "in_person_assumed"
    ONLINE = "online"
    HYBRID = "hybrid"


class SourceType(StrEnum):
    """What the record was made from."""

    OWN_NOTES = "own_notes"
    PRESS_RELEASE = "press_release"
    SIGNED_MINUTES = "signed_minutes"
    OTHER = "other"
    #: Invented, by the demo alone: no form offers it.
    ILLUSTRATION = "illustration"


#: What a form offers.
SOURCES = tuple(source for source in SourceType if source is not SourceType.ILLUSTRATION)


class AttendanceRole(StrEnum):
    """In what role somebody attends."""

    CHAIR = "chair"
    ACCOMPANYING = "accompanying"
    SECRETARY = "secretary"
    MINUTE_TAKER = "minute_taker"
    PARTICIPANT = "participant"
    INVITEE = "invitee"


class AttendanceStatus(StrEnum):
    """Whether somebody attended."""

    PRESENT = "present"
    PRESENT_ONLINE = "present_online"
    PARTIAL = "partial"
    REPRESENTED = "represented"
    EXCUSED = "excused"
    ABSENT = "absent"
    #: Invited; nobody has noted yet whether they came.
    EXPECTED = "expected"


#: Those who were not there themselves.
AWAY = frozenset({AttendanceStatus.REPRESENTED, AttendanceStatus.EXCUSED, AttendanceStatus.ABSENT})
#: Typing the name of somebody so recorded says that they have come after all.
NOT_THERE = AWAY | {AttendanceStatus.EXPECTED}


class StatementKind(StrEnum):
    """What kind of sentence a statement is."""

    PROPOSAL = "proposal"
    DECISION = "decision"
    DIRECTIVE = "directive"
    HOPE = "hope"
    REMARK = "remark"
    EXHORTATION = "exhortation"
    RESPONSE = "response"
    INFORMATION = "information"


#: Kinds that a follow-up action may carry out.
ACTIONABLE = frozenset({StatementKind.DECISION, StatementKind.DIRECTIVE})


class SetAside(StrEnum):
    """Why an agenda item was not discussed."""

    NOT_REACHED = "not_reached"
    DEFERRED = "deferred"


class Bearing(StrEnum):
    """What a statement has to do with a proposal."""

    RAISES = "raises"
    DISCUSSES = "discusses"
    MOTIVATES = "motivates"
    DECIDES = "decides"


def bearing_of(kind: StatementKind, *, is_open: bool, only_discusses: bool = False) -> Bearing:
    """What a line of this kind does with an earlier proposal that it names. Nothing decides a closed proposal."""
    decides = kind is StatementKind.DECISION and is_open and not only_discusses
    return Bearing.DECIDES if decides else Bearing.DISCUSSES


#: What makes an action that is written under a line serve the line's proposal, the strongest first.
SERVED = (Bearing.DECIDES, Bearing.RAISES, Bearing.DISCUSSES)


#: Names of the days as people write them, Monday first.
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
    """Whether the life cycle has this step."""
    return after in NEXT[before]


def is_ahead(status: MeetingStatus, day: date, today: date) -> bool:
    """Whether the meeting is planned for a day still to come."""
    return status is M.SCHEDULED and day > today


def takes_minutes(status: MeetingStatus, day: date, today: date) -> bool:
    """Whether somebody can have said or attended anything: from its day on, unless it was put off or called off."""
    return status in {M.HELD, M.CLOSED} or (status is M.SCHEDULED and day <= today)


def steps_by_hand(status: MeetingStatus, day: date, today: date) -> list[MeetingStatus]:
    """The steps that a person may take now, in the order of the life cycle."""
    possible = NEXT[status] & BY_HAND
    return [to for to in MeetingStatus if to in possible and (to is not M.HELD or day <= today)]


#: What can be said of somebody's attendance before the day of the meeting.
BEFORE_THE_DAY = (AttendanceStatus.EXPECTED, AttendanceStatus.REPRESENTED, AttendanceStatus.EXCUSED)


def fights_weekday(day: date, as_written: str | None) -> bool:
    """Whether a weekday written beside a date names another day; a word that is no weekday fights nothing."""
    if not as_written:
        return False
    words = as_written.casefold().replace("’", "'").replace(",", " ").split()
    named = {number for number, names in enumerate(WEEKDAYS) for word in words if word in names}
    return bool(named) and day.weekday() not in named


#: Steps that are not taken without saying why.
NEEDS_REASON = frozenset({MeetingStatus.POSTPONED, MeetingStatus.CANCELLED})
