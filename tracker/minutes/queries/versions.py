"""Queries for versions of minutes and their state."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlalchemy import Date, Select, bindparam, exists, func, select

from tracker.audit.queries import parts_of
from tracker.audit.rules import Part
from tracker.core.actor import Actor
from tracker.core.db import db
from tracker.core.errors import NotFound
from tracker.core.paging import count_of
from tracker.meetings.models import Meeting
from tracker.meetings.rules import MeetingStatus
from tracker.minutes import policy, rules
from tracker.minutes.models import MinutesVersion
from tracker.minutes.rules import MinutesState


def _versions_of(meeting_id: int) -> Sequence[MinutesVersion]:
    query = select(MinutesVersion).filter_by(meeting_id=meeting_id).order_by(MinutesVersion.id.desc())
    return db.session.scalars(query).all()


def latest(meeting_id: int) -> MinutesVersion | None:
    """The newest submission, locked for update."""
    query = select(MinutesVersion).filter_by(meeting_id=meeting_id).order_by(MinutesVersion.id.desc()).limit(1)
    return db.session.scalar(query.with_for_update(of=MinutesVersion))


def approved(meeting_id: int, number: int) -> MinutesVersion:
    query = select(MinutesVersion).filter_by(meeting_id=meeting_id, number=number, state=MinutesState.APPROVED)
    version = db.session.scalar(query)
    if version is None:
        raise NotFound
    return version


def with_hash(meeting_id: int, content_hash: str) -> MinutesVersion | None:
    """The approved version with this hash. The hash is computed again from the stored content."""
    approved_versions = [row for row in _versions_of(meeting_id) if row.state is MinutesState.APPROVED and row.content]
    matching = (
        row for row in approved_versions if rules.hash_of(row.content or "") == content_hash == row.content_hash
    )
    return next(matching, None)


def compared_with(version: MinutesVersion) -> MinutesVersion | None:
    """The version to compare with: the one that was returned before it, or the one that it corrects."""
    query = select(MinutesVersion).where(
        MinutesVersion.meeting_id == version.meeting_id, MinutesVersion.id < version.id,
        MinutesVersion.state.in_([MinutesState.RETURNED, MinutesState.APPROVED]),
    ).order_by(MinutesVersion.id.desc()).limit(1)  # fmt: skip
    return db.session.scalar(query)


def returned(meeting_id: int) -> MinutesVersion | None:
    query = select(MinutesVersion).filter_by(meeting_id=meeting_id).order_by(MinutesVersion.id.desc()).limit(1)
    newest = db.session.scalar(query)
    return newest if newest and newest.state is MinutesState.RETURNED else None


def drafts_until(day: date, most: int) -> tuple[Sequence[Meeting], int]:
    """Meetings held by this day of which no minutes were submitted, the oldest first; how many, as `count_of`."""
    rows = db.session.execute(_drafts(most), {"day": day}).all()
    return [meeting for meeting, _ in rows], rows[0][1] if rows else 0


@cache
def _drafts(most: int) -> Select[Meeting, int]:
    is_submitted = exists().where(MinutesVersion.meeting_id == Meeting.id)
    is_held = (Meeting.status == MeetingStatus.HELD, Meeting.date <= bindparam("day", type_=Date))
    drafts = select(Meeting).where(*is_held, ~is_submitted)
    return drafts.add_columns(count_of(drafts)).order_by(Meeting.date, Meeting.id).limit(most)


@dataclass(frozen=True, kw_only=True)
class Verified:
    code: str
    number: int
    on: date | None
    is_superseded: bool


def verified(meeting_id: int, content_hash: str) -> Verified | None:
    """The approved version with this hash; None if it is unknown or the viewer may not see it."""
    version = with_hash(meeting_id, content_hash)
    if version is None:
        return None
    query = select(Meeting.code, func.max(MinutesVersion.number)).join(MinutesVersion.meeting).group_by(Meeting.code)
    code, newest = db.session.execute(
        query.where(MinutesVersion.meeting_id == meeting_id, MinutesVersion.state == MinutesState.APPROVED)
    ).one()
    return Verified(code=code, number=version.number, on=version.decided_on, is_superseded=version.number < newest)


@dataclass(frozen=True, kw_only=True)
class MinutesOverview:
    state: MinutesState
    versions: Sequence[MinutesVersion]
    may_submit: bool
    may_return: bool
    may_approve: bool
    may_record_signed_copy: bool
    #: Whether this viewer submitted them, and so may not approve them.
    has_submitted: bool

    @property
    def newest(self) -> MinutesVersion | None:
        return self.versions[0] if self.versions else None

    @property
    def is_locked(self) -> bool:
        return self.state in rules.LOCKED


def overview(meeting: Meeting, viewer: Actor) -> MinutesOverview:
    versions = _versions_of(meeting.id)
    is_submitted = versions and versions[0].state is MinutesState.SUBMITTED
    had = parts_of(viewer, meeting) if is_submitted else frozenset()
    return MinutesOverview(
        state=versions[0].state if versions else MinutesState.DRAFT,
        versions=versions,
        may_submit=policy.may_submit(viewer) and meeting.status in {MeetingStatus.HELD, MeetingStatus.CLOSED},
        may_return=policy.may_return(viewer, meeting.attendance),
        may_approve=policy.may_approve(viewer, meeting.attendance, had),
        may_record_signed_copy=policy.may_record_signed_copy(viewer, had),
        has_submitted=Part.SUBMITTED in had,
    )
