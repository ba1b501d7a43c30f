"""The versions of minutes, and where they stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from tracker.audit.queries import parts_of
from tracker.audit.rules import Part
from tracker.core.actor import Actor
from tracker.core.db import db
from tracker.core.errors import NotFound
from tracker.meetings.models import Attendance, Meeting
from tracker.meetings.rules import AttendanceRole, MeetingStatus
from tracker.minutes import policy, rules
from tracker.minutes.models import MinutesVersion
from tracker.minutes.rules import MinutesState


def versions_of(meeting_id: int) -> Sequence[MinutesVersion]:
    """All submissions of the minutes of a meeting, the newest first."""
    question = select(MinutesVersion).filter_by(meeting_id=meeting_id).order_by(MinutesVersion.id.desc())
    return db.session.scalars(question).all()


def latest(meeting_id: int) -> MinutesVersion | None:
    """The newest submission, locked for whoever is about to change it."""
    question = select(MinutesVersion).filter_by(meeting_id=meeting_id).order_by(MinutesVersion.id.desc()).limit(1)
    return db.session.scalar(question.with_for_update(of=MinutesVersion))


def approved(meeting_id: int, number: int) -> MinutesVersion:
    """The approved version with this number."""
    question = select(MinutesVersion).filter_by(meeting_id=meeting_id, number=number, state=MinutesState.APPROVED)
    found = db.session.scalar(question)
    if found is None:
        raise NotFound
    return found


def marked(meeting_id: int, mark: str) -> MinutesVersion | None:
    """The approved version of this meeting whose stored bytes have this mark, computed anew."""
    found = [one for one in versions_of(meeting_id) if one.state is MinutesState.APPROVED and one.content]
    return next((one for one in found if rules.mark_of(one.content or "") == mark == one.content_hash), None)


def before(version: MinutesVersion) -> MinutesVersion | None:
    """What a submission is read beside: the one that was returned, or else the version that it corrects."""
    question = select(MinutesVersion).where(
        MinutesVersion.meeting_id == version.meeting_id, MinutesVersion.id < version.id,
        MinutesVersion.state.in_([MinutesState.RETURNED, MinutesState.APPROVED]),
    ).order_by(MinutesVersion.id.desc()).limit(1)  # fmt: skip
    return db.session.scalar(question)


def returned(meeting_id: int) -> MinutesVersion | None:
    """The newest submission, where it was returned and waits to be mended."""
    question = select(MinutesVersion).filter_by(meeting_id=meeting_id).order_by(MinutesVersion.id.desc()).limit(1)
    newest = db.session.scalar(question)
    return newest if newest and newest.state is MinutesState.RETURNED else None


@dataclass(frozen=True, kw_only=True)
class Verified:
    """What a stranger is told of an approved version."""

    code: str
    number: int
    on: date | None
    is_superseded: bool


def verified(meeting_id: int, mark: str) -> Verified | None:
    """The approved version with this mark; nothing where it is unknown, or not open to this viewer."""
    found = marked(meeting_id, mark)
    if found is None:
        return None
    question = select(Meeting.code, func.max(MinutesVersion.number)).join(MinutesVersion.meeting).group_by(Meeting.code)
    code, newest = db.session.execute(
        question.where(MinutesVersion.meeting_id == meeting_id, MinutesVersion.state == MinutesState.APPROVED)
    ).one()
    return Verified(code=code, number=found.number, on=found.decided_on, is_superseded=found.number < newest)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where the minutes of a meeting stand, and what this viewer may do about it."""

    state: MinutesState
    versions: Sequence[MinutesVersion]
    may_submit: bool
    may_return: bool
    may_approve: bool
    may_record_signed_copy: bool
    #: Whether this viewer submitted them, and therefore leaves them to others.
    has_submitted: bool

    @property
    def newest(self) -> MinutesVersion | None:
        """The newest submission."""
        return self.versions[0] if self.versions else None

    @property
    def is_locked(self) -> bool:
        """Whether nobody edits now."""
        return self.state in rules.LOCKED


def standing(meeting: Meeting, viewer: Actor) -> Standing:
    """Where the minutes stand for this viewer."""
    versions = versions_of(meeting.id)
    is_judged = versions and versions[0].state is MinutesState.SUBMITTED
    had = parts_of(viewer, meeting) if is_judged else frozenset()
    return Standing(
        state=versions[0].state if versions else MinutesState.DRAFT,
        versions=versions,
        may_submit=policy.may_submit(viewer) and meeting.status in {MeetingStatus.HELD, MeetingStatus.CLOSED},
        may_return=policy.may_return(viewer, meeting.attendance),
        may_approve=policy.may_approve(viewer, meeting.attendance, had),
        may_record_signed_copy=policy.may_record_signed_copy(viewer, had),
        has_submitted=Part.SUBMITTED in had,
    )


def waiting_for(person_id: int) -> Sequence[MinutesVersion]:
    """Minutes submitted to this person as the chair of their meeting."""
    question = (
        select(MinutesVersion)
        .join(MinutesVersion.meeting)
        .join(Attendance, Attendance.meeting_id == Meeting.id)
        .where(Attendance.person_id == person_id, Attendance.role == AttendanceRole.CHAIR)
        .where(MinutesVersion.state == MinutesState.SUBMITTED)
        .options(selectinload(MinutesVersion.meeting))
    )
    return db.session.scalars(question.order_by(MinutesVersion.id)).all()
