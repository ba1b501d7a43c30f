"""Drafts of meetings, attendance rows and statements."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import time

from tracker.actions.models import ActionItem
from tracker.core.actor import Classification
from tracker.core.clock import Zone
from tracker.meetings.models import Meeting
from tracker.meetings.rules import (
    AttendanceRole,
    AttendanceStatus,
    Bearing,
    MeetingMode,
    MeetingType,
    SourceType,
    StatementKind,
)
from tracker.proposals.models import Proposal
from tracker.targets.models import Target


@dataclass(frozen=True, kw_only=True)
class MeetingDraft:
    """A meeting. None where the source does not say."""

    name_id: str
    date: dt.date
    name_en: str | None = None
    meeting_type: MeetingType | None = None
    date_as_written: str | None = None
    weekday_as_written: str | None = None
    date_note: str | None = None
    date_note_en: str | None = None
    called_time: time | None = None
    start_time: time | None = None
    end_time: time | None = None
    end_on: dt.date | None = None
    time_as_written: str | None = None
    #: If None, that of the organiser, or of the office.
    timezone: Zone | None = None
    venue: str | None = None
    venue_detail: str | None = None
    city: str | None = None
    mode: MeetingMode | None = None
    organiser_unit_id: int | None = None
    organiser_is_inferred: bool = False
    invitation_number: str | None = None
    invitation_on: dt.date | None = None
    document_number: str | None = None
    copies_to: str | None = None
    source_type: SourceType | None = None
    source_publisher: str | None = None
    source_author: str | None = None
    source_url: str | None = None
    attendance_is_complete: bool | None = None
    opening: str | None = None
    closing: str | None = None
    note: str | None = None
    classification: Classification = Classification.ORDINARY


@dataclass(frozen=True, kw_only=True)
class AttendanceDraft:
    person_id: int | None = None
    position_id: int | None = None
    post_as_written: str | None = None
    unit_as_written: str | None = None
    role: AttendanceRole = AttendanceRole.PARTICIPANT
    status: AttendanceStatus = AttendanceStatus.PRESENT
    represented_by: str | None = None
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class StatementDraft:
    kind: StatementKind
    quote: str | None = None
    gist_id: str | None = None
    gist_en: str | None = None
    agenda_item_id: int | None = None
    speaker_id: int | None = None
    speaker_note: str | None = None
    on_behalf_of: str | None = None
    origin_meeting_id: int | None = None
    origin_note: str | None = None
    has_sic: bool = False
    recorder_note: str | None = None
    classification: Classification = Classification.ORDINARY


@dataclass(frozen=True, kw_only=True)
class StatementLinks:
    """Proposals, targets, actions and meetings that a statement refers to.

    If `actions` or `meetings` is None, the stored links stay.
    """

    proposals: Sequence[tuple[Proposal, Bearing]] = field(default=())
    targets: Sequence[Target] = field(default=())
    actions: Sequence[ActionItem] | None = None
    meetings: Sequence[Meeting] | None = None
    #: Rows whose text a new statement repeats; it is shown only where all of them are.
    repeats: Sequence[ActionItem | Proposal] = field(default=())


#: A statement without links.
NO_LINKS = StatementLinks()
