"""A meeting as an entry for a calendar (iCalendar, RFC 5545)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from tracker.core.clock import Zone

MEDIA_TYPE = "text/calendar"


class EntryStatus(StrEnum):
    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, kw_only=True)
class Entry:
    #: The same for each copy of the entry, so that a newer one replaces it.
    uid: str
    #: Grows with each change; a calendar keeps the entry with the higher one.
    sequence: int
    written_at: datetime
    summary: str
    first_day: date
    last_day: date
    start: time | None
    end: time | None
    zone: Zone
    location: str | None
    description: str
    address: str
    status: EntryStatus
    is_confidential: bool


def file_of(entry: Entry) -> bytes:
    from icalendar import Calendar, Event  # noqa: PLC0415  # 0.08 s, and few processes write a calendar
    from icalendar.enums import CLASS, STATUS  # noqa: PLC0415  # as above

    start, end = _span(entry)
    event = Event.new(
        uid=entry.uid, sequence=entry.sequence, stamp=entry.written_at, summary=entry.summary, start=start, end=end,
        location=entry.location, description=entry.description, url=entry.address, status=STATUS(entry.status),
        classification=CLASS.CONFIDENTIAL if entry.is_confidential else None,
    )  # fmt: skip
    calendar = Calendar()
    calendar.add("prodid", "-//tracker//ID")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _span(entry: Entry) -> tuple[date, date | None]:
    """Start and end. Whole days, unless the hours say when it begins and on which day it ends."""
    if entry.start is None or (entry.end is None and entry.last_day > entry.first_day):
        return entry.first_day, entry.last_day + timedelta(days=1)  # the end is the first day after it
    zone = entry.zone.info
    start = datetime.combine(entry.first_day, entry.start, zone)
    return start, datetime.combine(entry.last_day, entry.end, zone) if entry.end else None
