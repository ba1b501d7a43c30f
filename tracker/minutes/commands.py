"""Submit, return, approve and correct minutes. Callers commit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from tracker.attachments.commands import AttachmentDraft, attach
from tracker.audit.commands import note_part, record
from tracker.audit.queries import parts_of
from tracker.audit.rules import Part
from tracker.core.actor import Actor
from tracker.core.clock import day_at
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.occurrence import ensure_day, recording_history
from tracker.core.wording import lazy_gettext as _l
from tracker.meetings.models import Meeting
from tracker.meetings.queries import chair_of
from tracker.meetings.rules import MeetingStatus
from tracker.minutes import queries, rules
from tracker.minutes.models import MinutesVersion
from tracker.minutes.rules import MinutesState


@dataclass(frozen=True, kw_only=True)
class SignedCopy:
    """An approval given on paper; `note` says where the paper is filed."""

    by_name: str
    post: str | None
    on: date
    note: str
    scan: AttachmentDraft


def submit(meeting: Meeting, *, by: Actor, at: datetime) -> MinutesVersion:
    """Submit the minutes to the chair; they are locked until they are returned."""
    newest = queries.latest(meeting.id)
    _ensure_follows(newest, MinutesState.SUBMITTED)
    if meeting.status not in {MeetingStatus.HELD, MeetingStatus.CLOSED}:
        raise NotPossible(_l("Only the minutes of a meeting that was held can be submitted."))
    content = queries.content_of(meeting)
    if rules.lacking(content):
        raise NotPossible(_l("Something is missing from the minutes."))
    stored = rules.canonical(content)
    version = newest if newest and newest.state is MinutesState.CORRECTING else _new_submission(meeting, newest)
    version.state = MinutesState.SUBMITTED
    version.content, version.content_hash = stored, rules.hash_of(stored)
    version.submitted_by_name, version.submitted_at = by.name, at
    db.session.add(version)
    meeting.locked_at = at
    with recording_history(if_so=meeting.history_until is not None):  # what was approved on paper asks nobody by mail
        record(meeting, "minutes_submitted", by=by, at=at, to_state=MinutesState.SUBMITTED)
    note_part(meeting, Part.SUBMITTED, by=by)
    return version


def send_back(meeting: Meeting, note: str, line_notes: Mapping[int, str], *, by: Actor, at: datetime) -> None:
    """Return the minutes with a note, and notes by statement id; they can be edited again."""
    version = queries.latest(meeting.id)
    _ensure_follows(version, MinutesState.RETURNED)
    assert version  # noqa: S101  # without a version, only submitting is possible
    version.state, version.return_note = MinutesState.RETURNED, note
    version.line_notes = {str(line): note for line, note in line_notes.items()}
    version.decided_by_name, version.decided_at = by.name, at
    meeting.locked_at = None
    record(meeting, "minutes_returned", by=by, at=at, to_state=MinutesState.RETURNED, reason=note)


def approve(meeting: Meeting, signed: SignedCopy | None, *, by: Actor, at: datetime) -> MinutesVersion:
    """Freeze the submitted minutes and close the meeting, as approved by the chair or on the signed copy."""
    version = queries.latest(meeting.id)
    _ensure_follows(version, MinutesState.APPROVED)
    if Part.SUBMITTED in parts_of(by, meeting):
        raise NotPossible(
            _l("You submitted these minutes, so somebody else has to approve them or record the signed copy.")
        )
    assert version  # noqa: S101  # without a version, only submitting is possible
    chair = chair_of(meeting.attendance)
    if signed:
        ensure_day(signed.on, since=meeting.date, at=at)
    version.state = MinutesState.APPROVED
    version.decided_by_name = signed.by_name if signed else by.name
    version.decided_post = signed.post if signed else chair.post_as_written if chair else None
    version.decided_on = signed.on if signed else day_at(at)
    version.decided_at = at
    version.signed_copy_note = signed.note if signed else None
    if signed:
        attach(meeting, signed.scan, by=by, at=at)
    meeting.status, meeting.locked_at = MeetingStatus.CLOSED, at
    record(
        meeting, "minutes_approved", by=by, at=at, on=version.decided_on, to_state=MinutesState.APPROVED,
        evidence=version.content_hash, reason=version.signed_copy_note,
    )  # fmt: skip
    return version


def open_correction(meeting: Meeting, reason: str, *, by: Actor, at: datetime) -> None:
    newest = queries.latest(meeting.id)
    _ensure_follows(newest, MinutesState.CORRECTING)
    assert newest  # noqa: S101  # only approved minutes can be corrected
    db.session.add(
        MinutesVersion(
            meeting_id=meeting.id, number=newest.number + 1, state=MinutesState.CORRECTING, correction_reason=reason
        )
    )
    meeting.status, meeting.locked_at = MeetingStatus.HELD, None
    record(meeting, "correction_opened", by=by, at=at, to_state=MinutesState.CORRECTING, reason=reason)


def _new_submission(meeting: Meeting, newest: MinutesVersion | None) -> MinutesVersion:
    """Another submission of the same version, with the same reason for correction."""
    return MinutesVersion(
        meeting_id=meeting.id,
        number=newest.number if newest else 1,
        correction_reason=newest.correction_reason if newest else None,
    )


def _ensure_follows(newest: MinutesVersion | None, to: MinutesState) -> None:
    before = newest.state if newest else MinutesState.DRAFT
    if to not in rules.NEXT[before]:
        raise NotPossible(_l("That step is not possible in the current state of the minutes."))
