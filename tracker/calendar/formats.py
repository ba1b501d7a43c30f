"""Meetings and due dates as entries for calendar programs (iCalendar, RFC 5545)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any

from tracker.core.clock import Zone
from tracker.core.texts import storable

MEDIA_TYPE = "text/calendar"
#: How often a calendar program should fetch a feed again.
FETCH_EVERY = timedelta(hours=1)
_END = b"END:VCALENDAR\r\n"


class EntryStatus(StrEnum):
    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


class TaskStatus(StrEnum):
    NEEDS_ACTION = "NEEDS-ACTION"
    IN_PROCESS = "IN-PROCESS"
    COMPLETED = "COMPLETED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, kw_only=True)
class _Dated:
    #: The same for each copy, so that a newer one replaces it.
    uid: str
    #: Grows with each change; a calendar keeps the copy with the higher one.
    sequence: int
    #: When it was written, or when what it says was last changed.
    stamp: datetime
    modified_at: datetime | None = None
    summary: str
    description: str
    address: str
    is_confidential: bool


@dataclass(frozen=True, kw_only=True)
class Guest:
    """Who gets the entry by mail."""

    name: str
    email: str
    #: What they answered: a PARTSTAT (RFC 5545, 3.2.12); None if nothing yet.
    attends: str | None


@dataclass(frozen=True, kw_only=True)
class Entry(_Dated):
    first_day: date
    last_day: date
    start: time | None = None
    end: time | None = None
    zone: Zone = Zone.WIB
    location: str | None = None
    status: EntryStatus
    #: Whether somebody with this entry is free at that time.
    is_free: bool = False
    #: Of an entry that is sent by mail: its one guest, and the address that takes the answer.
    guest: Guest | None = None
    organizer: str | None = None
    organizer_name: str | None = None


@dataclass(frozen=True, kw_only=True)
class Task(_Dated):
    due_on: date | None
    status: TaskStatus
    completed_at: datetime | None
    percent: int | None


def file_of(entries: Iterable[Entry | Task], name: str | None = None, *, method: str | None = None) -> bytes:
    """`name`: of a calendar that is fetched again and again; `method`: of one that is sent (RFC 5546)."""
    from icalendar import Calendar, vText  # noqa: PLC0415  # 0.08 s, and few processes write a calendar

    shown = list(entries)
    calendar = Calendar()
    calendar.add("prodid", "-//tracker//ID")
    calendar.add("version", "2.0")
    if method is not None:
        calendar.add("method", method)
    if name is not None:
        calendar.add("name", vText(_plain(name)))
        calendar.add("x-wr-calname", vText(_plain(name)))
        calendar.add("refresh-interval", FETCH_EVERY, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", FETCH_EVERY)
    zones = {entry.zone for entry in shown if isinstance(entry, Entry) and not _takes_whole_days(entry)}
    parts = [*map(_zone_lines, sorted(zones)), *map(_lines, shown)]
    return b"".join([bytes(calendar.to_ical()).removesuffix(_END), *parts, _END])


@lru_cache
def _zone_lines(zone: Zone) -> bytes:
    from icalendar import Timezone  # noqa: PLC0415  # as above

    return bytes(Timezone.from_tzid(zone.value).to_ical())


@lru_cache(maxsize=4096)
def _lines(shown: Entry | Task) -> bytes:
    """Cached: the library takes 0.3 ms, and a feed of a thousand entries is fetched every hour by each device."""
    from icalendar import Event, Todo  # noqa: PLC0415  # as above

    component, values = (Event(), _event(shown)) if isinstance(shown, Entry) else (Todo(), _todo(shown))
    common = {
        "uid": shown.uid, "sequence": shown.sequence, "dtstamp": shown.stamp, "last-modified": shown.modified_at,
        "summary": _plain(shown.summary), "description": _plain(shown.description), "url": shown.address,
        "class": "CONFIDENTIAL" if shown.is_confidential else None,
    }  # fmt: skip
    for name, value in (common | values).items():
        if value is not None:
            component.add(name, value)
    return bytes(component.to_ical())


def _event(entry: Entry) -> dict[str, Any]:
    start, end = _span(entry)
    return {
        "dtstart": start, "dtend": end, "status": entry.status.value,
        "location": _plain(entry.location) if entry.location else None,
        "transp": "TRANSPARENT" if entry.is_free else None,
        "organizer": _address(entry.organizer, entry.organizer_name) if entry.organizer else None,
        "attendee": _of_guest(entry.guest) if entry.guest else None,
    }  # fmt: skip


def _address(email: str, name: str | None, **parameters: str) -> Any:
    from icalendar import vCalAddress  # noqa: PLC0415  # as above

    address = vCalAddress(f"mailto:{email}")
    called = " ".join(_plain(name or email).replace('"', "'").split())
    address.params.update({"CN": called, **parameters})
    return address


def _of_guest(guest: Guest) -> Any:
    return _address(
        guest.email, guest.name, ROLE="REQ-PARTICIPANT", PARTSTAT=guest.attends or "NEEDS-ACTION", RSVP="TRUE"
    )


def _todo(task: Task) -> dict[str, Any]:
    return {
        "due": task.due_on, "status": task.status.value, "completed": task.completed_at,
        "percent-complete": task.percent,
    }  # fmt: skip


def _plain(text: str) -> str:
    """Some programs end a line at any of the characters that Python calls line breaks."""
    return "\n".join(storable(line) for line in text.splitlines())


def _takes_whole_days(entry: Entry) -> bool:
    return entry.start is None or (entry.end is None and entry.last_day > entry.first_day)


def _span(entry: Entry) -> tuple[date, date | None]:
    """Start and end. Whole days, unless the hours say when it begins and on which day it ends."""
    if entry.start is None or _takes_whole_days(entry):
        return entry.first_day, entry.last_day + timedelta(days=1)  # the end is the first day after it
    zone = entry.zone.info
    start = datetime.combine(entry.first_day, entry.start, zone)
    return start, datetime.combine(entry.last_day, entry.end, zone) if entry.end else None
