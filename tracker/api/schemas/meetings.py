"""Meetings, their agenda and attendance, and the lines of their minutes."""

import datetime as dt

from pydantic import Field

from tracker.api.schemas.common import (
    ActionRef,
    Hour,
    MeetingRef,
    PersonRef,
    PostRef,
    ProposalRef,
    Shown,
    TargetRef,
    UnitRef,
)
from tracker.core.actor import Classification
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


class MeetingItem(Shown):
    """A meeting as the list shows it."""

    id: int
    code: str
    date: dt.date
    end_on: dt.date | None
    name_id: str
    name_en: str | None
    meeting_type: MeetingType | None
    status: MeetingStatus
    classification: Classification
    chair: PersonRef | None
    chair_post: str | None


class AgendaItem(Shown):
    id: int
    text: str
    set_aside: SetAside | None


class Attendance(Shown):
    """A row of the attendance list: a person, a post, or both, as on the day."""

    id: int
    person: PersonRef | None
    position: PostRef | None
    post_as_written: str | None
    unit_as_written: str | None
    role: AttendanceRole
    status: AttendanceStatus
    represented_by: str | None
    note: str | None
    checked_in_at: dt.datetime | None


class Meeting(Shown):
    id: int
    code: str = Field(examples=["R-2020-001"])
    name_id: str
    name_en: str | None
    meeting_type: MeetingType | None
    status: MeetingStatus
    classification: Classification
    date: dt.date
    end_on: dt.date | None = Field(description="The last day, if it is not the first.")
    date_as_written: str | None
    weekday_as_written: str | None
    date_note: str | None
    date_note_en: str | None
    called_time: Hour | None
    start_time: Hour | None
    end_time: Hour | None
    time_as_written: str | None
    timezone: str
    venue: str | None
    venue_detail: str | None
    city: str | None
    mode: MeetingMode | None
    organiser_unit: UnitRef | None
    organiser_is_inferred: bool
    invitation_number: str | None
    invitation_on: dt.date | None
    document_number: str | None
    copies_to: str | None
    source_type: SourceType | None
    source_publisher: str | None
    source_author: str | None
    source_url: str | None
    attendance_is_complete: bool | None
    opening: str | None
    closing: str | None
    note: str | None
    agenda: list[AgendaItem]
    attendance: list[Attendance]


class LineProposal(Shown):
    proposal: ProposalRef
    bearing: Bearing


class Speaker(Shown):
    id: int
    person: PersonRef | None
    post_as_written: str | None


class Line(Shown):
    """A line of the minutes: a statement, decision, directive or proposal."""

    id: int
    kind: StatementKind
    classification: Classification
    agenda_item_id: int | None
    speaker: Speaker | None
    quote: str | None
    gist_id: str | None
    gist_en: str | None
    speaker_note: str | None
    on_behalf_of: str | None
    origin_meeting: MeetingRef | None
    origin_note: str | None
    has_sic: bool
    recorder_note: str | None
    proposals: list[LineProposal]
    actions: list[ActionRef]
    targets: list[TargetRef]
