"""Labels for codes and events of meetings, and a meeting as an entry for a calendar."""

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlsplit

from flask_babel.speaklater import LazyString

from tracker.calendar.formats import Entry, EntryStatus
from tracker.core.actor import Classification
from tracker.core.wording import Shape, Shapes, Tones, Words, clock, gettext, in_words, label
from tracker.core.wording import lazy_gettext as _l
from tracker.meetings.models import Meeting
from tracker.meetings.rules import (
    AttendanceRole,
    AttendanceStatus,
    Bearing,
    MeetingMode,
    MeetingStatus,
    MeetingType,
    SetAside,
    SourceType,
    StatementKind,
)

K = StatementKind
STEPS: Words = {
    MeetingStatus: {
        MeetingStatus.SCHEDULED: _l("Reschedule"),
        MeetingStatus.HELD: _l("Mark as held"),
        MeetingStatus.CLOSED: _l("Close the meeting"),
        MeetingStatus.POSTPONED: _l("Postpone the meeting"),
        MeetingStatus.CANCELLED: _l("Cancel the meeting"),
    },
}
WORDS: Words = {
    MeetingType: {
        MeetingType.LEADERSHIP: _l("Leadership meeting"),
        MeetingType.COORDINATION: _l("Coordination meeting"),
        MeetingType.WORKING: _l("Working meeting"),
        MeetingType.FOCUS_GROUP: _l("Focus group discussion"),
        MeetingType.MONITORING: _l("Monitoring and evaluation meeting"),
        MeetingType.WEEKLY_REVIEW: _l("Weekly review meeting"),
        MeetingType.PREPARATION: _l("Preparation meeting"),
        MeetingType.OTHER: _l("Other meeting"),
    },
    MeetingStatus: {
        MeetingStatus.SCHEDULED: _l("Scheduled"),
        MeetingStatus.HELD: _l("Held"),
        MeetingStatus.CLOSED: _l("Closed"),
        MeetingStatus.POSTPONED: _l("Postponed"),
        MeetingStatus.CANCELLED: _l("Cancelled"),
    },
    MeetingMode: {
        MeetingMode.IN_PERSON: _l("In person"),
        MeetingMode.IN_PERSON_ASSUMED: _l("In person (assumed)"),
        MeetingMode.ONLINE: _l("Online"),
        MeetingMode.HYBRID: _l("Hybrid"),
    },
    SourceType: {
        SourceType.OWN_NOTES: _l("Own notes"),
        SourceType.PRESS_RELEASE: _l("Press release"),
        SourceType.SIGNED_MINUTES: _l("Signed minutes"),
        SourceType.OTHER: _l("Another source"),
        SourceType.ILLUSTRATION: _l("Invented for illustration"),
    },
    AttendanceRole: {
        AttendanceRole.CHAIR: _l("Chair of the meeting"),
        AttendanceRole.ACCOMPANYING: _l("Accompanying the chair"),
        AttendanceRole.SECRETARY: _l("Meeting secretary"),
        AttendanceRole.MINUTE_TAKER: _l("Minute taker"),
        AttendanceRole.PARTICIPANT: _l("Participant"),
        AttendanceRole.INVITEE: _l("Invitee"),
    },
    AttendanceStatus: {
        AttendanceStatus.PRESENT: _l("Present"),
        AttendanceStatus.PRESENT_ONLINE: _l("Present online"),
        AttendanceStatus.PARTIAL: _l("Partly present"),
        AttendanceStatus.REPRESENTED: _l("Represented"),
        AttendanceStatus.EXCUSED: _l("Unable to attend"),
        AttendanceStatus.ABSENT: _l("Absent"),
        AttendanceStatus.EXPECTED: _l("Expected"),
    },
    StatementKind: {
        K.PROPOSAL: _l("Proposal"),
        K.DECISION: _l("Decision"),
        K.DIRECTIVE: _l("Directive"),
        K.HOPE: _l("Hope"),
        K.REMARK: _l("Remark"),
        K.EXHORTATION: _l("Exhortation"),
        K.RESPONSE: _l("Response"),
        K.INFORMATION: _l("Information"),
    },
    SetAside: {
        SetAside.NOT_REACHED: _l("not reached"),
        SetAside.DEFERRED: _l("deferred"),
    },
    Bearing: {
        Bearing.RAISES: _l("raises"),
        Bearing.DISCUSSES: _l("discusses"),
        Bearing.MOTIVATES: _l("motivates"),
        Bearing.DECIDES: _l("decides"),
    },
}
#: Columns of a meeting that its page counts while nobody has set them.
FACTS: Mapping[str, LazyString] = {
    "start_time": _l("Time"),
    "venue": _l("Venue"),
    "mode": _l("In person or online"),
    "organiser_unit_id": _l("Organiser"),
    "meeting_type": _l("Type"),
    "source_type": _l("Source"),
    "document_number": _l("Number of the minutes"),
    "attendance_is_complete": _l("Is the attendance list complete?"),
}
TONES: Tones = {
    StatementKind: {K.PROPOSAL: "info", K.DECISION: "good", K.DIRECTIVE: "warn"},
}
SHAPES: Shapes = {
    MeetingStatus: {
        MeetingStatus.SCHEDULED: Shape.OPEN,
        MeetingStatus.HELD: Shape.RUN,
        MeetingStatus.CLOSED: Shape.DONE,
        MeetingStatus.POSTPONED: Shape.PAUSE,
        MeetingStatus.CANCELLED: Shape.ENDED,
    },
    SetAside: dict.fromkeys(SetAside, Shape.PAUSE),
    AttendanceStatus: {
        AttendanceStatus.PRESENT: Shape.DONE,
        AttendanceStatus.PRESENT_ONLINE: Shape.DONE,
        AttendanceStatus.PARTIAL: Shape.RUN,
        AttendanceStatus.REPRESENTED: Shape.RUN,
        AttendanceStatus.EXCUSED: Shape.PAUSE,
        AttendanceStatus.ABSENT: Shape.ENDED,
        AttendanceStatus.EXPECTED: Shape.OPEN,
    },
}
EVENTS = {
    "meeting": {
        "logged": _l("Meeting recorded"),
        "edited": _l("Details changed"),
        "attendance_changed": _l("Attendance list changed"),
        "everybody_present": _l("Everyone expected was marked as present"),
        "everybody_present_undone": _l("Marking everyone as present was undone"),
        "holder_accepted": _l("Name of the post holder accepted into the attendance list"),
        "statement_added": _l("Statement added"),
        "statement_edited": _l("Statement changed"),
        "statement_removed": _l("Statement removed"),
        "statement_restored": _l("Statement put back"),
        "statement_turned": _l("Kind of statement changed"),
        "statement_moved": _l("Statement moved"),
        "statement_split": _l("Statement split in two"),
        "statements_joined": _l("Two statements merged"),
        "agenda_item_added": _l("Agenda item added"),
        "agenda_item_renamed": _l("Agenda item renamed"),
        "agenda_item_moved": _l("Agenda item moved"),
        "agenda_item_removed": _l("Agenda item removed; its statements were kept"),
        "agenda_item_not_reached": _l("Agenda item not reached"),
        "agenda_item_deferred": _l("Agenda item deferred"),
        "agenda_item_taken_up": _l("Agenda item discussed after all"),
        "agenda_item_discussed": _l("Moved on to another agenda item"),
        "agenda_item_carried": _l("Agenda item carried over to a later meeting"),
        "series_begun": _l("Made the first of a series"),
        "series_joined": _l("Add to a series"),
        "series_left": _l("Removed from a series"),
        "series_edited": _l("Series changed"),
        "moved_held": _l("Held"),
        "moved_scheduled": _l("Rescheduled"),
        "moved_postponed": _l("Postponed"),
        "moved_cancelled": _l("Cancelled"),
    },
    "proposal": {"decision_reworded": _l("The line of the minutes that decides it was reworded")},
}
_ENTRY_STATUS = {MeetingStatus.CANCELLED: EntryStatus.CANCELLED, MeetingStatus.POSTPONED: EntryStatus.TENTATIVE}


def calendar_entry(
    meeting: Meeting,
    level: Classification,
    address: str,
    at: datetime,
    *,
    sequence: int,
    modified_at: datetime | None = None,
) -> Entry:
    """`level`: how secret its name is. `address`: of its page, in full. `sequence`: of all that was sent about it.

    What is not known is left out, and of what is classified subject and place: calendars are kept by others, and lie
    open on phones.
    """
    is_classified = level is not Classification.ORDINARY
    begins_at = meeting.start_time if not meeting.end_time else None
    description = [
        meeting.code,
        label(meeting.status) if meeting.status in _ENTRY_STATUS else None,
        label(level) if is_classified else None,
        gettext("Begins at %(time)s", time=f"{clock(begins_at)} {meeting.zone.name}") if begins_at else None,
        address,
    ]
    places = () if is_classified else (meeting.venue, meeting.venue_detail, meeting.city)
    return Entry(
        uid=f"meeting-{meeting.id}@{urlsplit(address).hostname}",
        sequence=sequence,
        stamp=at,
        modified_at=modified_at,
        summary=gettext("Classified meeting") if is_classified else in_words(meeting, "name"),
        first_day=meeting.date,
        last_day=meeting.last_day,
        start=meeting.start_time,
        end=meeting.end_time,
        zone=meeting.zone,
        location=", ".join(part for part in places if part) or None,
        description="\n".join(part for part in description if part),
        address=address,
        status=_ENTRY_STATUS.get(meeting.status, EntryStatus.CONFIRMED),
        is_confidential=is_classified,
    )


def facts_not_set(meeting: Meeting) -> list[str]:
    """What nobody has set yet. Requires loaded attendance and agenda."""
    missing = [str(name) for column, name in FACTS.items() if getattr(meeting, column) in {None, ""}]
    if all(row.role is not AttendanceRole.MINUTE_TAKER for row in meeting.attendance):
        missing.append(label(AttendanceRole.MINUTE_TAKER))
    return missing if meeting.agenda else [*missing, gettext("Agenda")]
