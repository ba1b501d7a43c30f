"""Meetings that are held at the same time. Pure."""

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Protocol, TypeVar

from tracker.core.clock import Zone
from tracker.meetings.rules.kinds import MeetingStatus
from tracker.people.rules import folded

NOT_HELD = frozenset({MeetingStatus.POSTPONED, MeetingStatus.CANCELLED})


class Timed(Protocol):
    """What is asked of a meeting."""

    id: int
    status: MeetingStatus
    date: dt.date
    start_time: dt.time | None
    end_time: dt.time | None
    venue: str | None
    venue_detail: str | None
    city: str | None

    @property
    def zone(self) -> Zone: ...
    @property
    def last_day(self) -> dt.date: ...


M = TypeVar("M", bound=Timed)


def overlapping(meetings: Iterable[M]) -> Sequence[tuple[M, M]]:
    """Pairs of meetings whose hours overlap. Those with an unknown beginning overlap with nothing."""
    held = [meeting for meeting in meetings if meeting.status not in NOT_HELD and meeting.start_time is not None]
    return [pair for pair in combinations(held, 2) if _overlap(*map(_span, pair))]


def is_same_place(one: Timed, other: Timed) -> bool:
    """Whether both are in a room of the same name; a building or city alone is none."""
    return bool(one.venue or one.venue_detail) and _place(one) == _place(other)


def _place(meeting: Timed) -> tuple[str, ...]:
    return tuple(folded(part or "") for part in (meeting.venue, meeting.venue_detail, meeting.city))


def _span(meeting: Timed) -> tuple[dt.datetime, dt.datetime]:
    """Its beginning and end; without a known end, the moment it begins."""
    start = dt.datetime.combine(meeting.date, meeting.start_time or dt.time.min, meeting.zone.info)
    if meeting.end_time is None:
        return start, start
    return start, dt.datetime.combine(meeting.last_day, meeting.end_time, meeting.zone.info)


def _overlap(one: tuple[dt.datetime, dt.datetime], other: tuple[dt.datetime, dt.datetime]) -> bool:
    return one[0] == other[0] or (one[0] < other[1] and other[0] < one[1])
