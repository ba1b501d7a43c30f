"""Files for calendar programs, read by two libraries that know nothing of each other."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar

from tracker.calendar.formats import Entry, EntryStatus, Task, TaskStatus, file_of
from tracker.core.clock import Zone

STAMP = dt.datetime(2026, 11, 30, 7, 5, tzinfo=dt.UTC)
ADDRESS = "https://t.go.id/meetings/1"
ENTRY = Entry(
    uid="meeting-1@t.go.id", sequence=3, stamp=STAMP, modified_at=STAMP, summary="Rapat", description="R-2026-001",
    address=ADDRESS, is_confidential=False, first_day=dt.date(2026, 12, 1), last_day=dt.date(2026, 12, 1),
    start=dt.time(9), end=dt.time(11, 30), location="Graha Pengayoman", status=EntryStatus.CONFIRMED,
)  # fmt: skip
TASK = Task(
    uid="action-2@t.go.id", sequence=1, stamp=STAMP, modified_at=STAMP, summary="Menyiapkan bahan",
    description="TL-2026-001", address=ADDRESS, is_confidential=False, due_on=dt.date(2026, 12, 5),
    status=TaskStatus.IN_PROCESS, completed_at=None, percent=40,
)  # fmt: skip
#: Whatever ends a line somewhere, ends a value, or turns its direction.
HOSTILE = (
    "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:forged", "x\rATTENDEE:mailto:a@b", "a\u2028b\u2029c\x85d\x0be\x0cf",
    "\u202etxet\u202c \u2066\u2069", "👩🏽‍⚖️" * 40, "é" * 74, "x" * 5000,
    "\\;,:\"\\n", " \t x", "=\"VALUE\":;", "z\ufeffz",
)  # fmt: skip


def both(file: bytes) -> tuple[Any, Any]:
    return Calendar.from_ical(file), IcsCalendarStream.calendar_from_ics(file.decode())


def as_lines(text: str) -> list[str]:
    return text.splitlines()


@given(st.text(max_size=200), st.text(max_size=200))
@settings(max_examples=60)
@example(HOSTILE[0], HOSTILE[1])
@example(HOSTILE[2], HOSTILE[3])
@example(HOSTILE[4], HOSTILE[5])
@example(HOSTILE[6], HOSTILE[7])
@example(HOSTILE[8], HOSTILE[9])
@example(HOSTILE[10], "")
def test_no_text_ends_its_line_or_adds_a_property(summary: str, place: str) -> None:
    shown = replace(ENTRY, summary=summary, location=place, description=f"{summary}\n{place}")

    file = file_of([shown, replace(TASK, summary=place)], summary)

    lines = file.removesuffix(b"\r\n").split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert not any(any(sign in line for sign in (b"\r", b"\n")) for line in lines)
    assert [line.decode() for line in lines]  # no character is cut in two by a fold
    assert sorted(line.split(b":")[0].split(b";")[0] for line in lines if line[:1] != b" ") == sorted(
        line.split(b":")[0].split(b";")[0]
        for line in file_of([replace(ENTRY, location="x" if place else None), TASK], "x").split(b"\r\n")
        if line and line[:1] != b" "
    )
    calendar, read = both(file)
    assert len(calendar.events) == len(calendar.todos) == len(read.events) == len(read.todos) == 1


@pytest.mark.parametrize("text", HOSTILE)
def test_both_readers_read_the_same_text_back(text: str) -> None:
    calendar, read = both(file_of([replace(ENTRY, summary=text)]))

    [event], [other] = calendar.events, read.events
    assert as_lines(str(event["summary"])) == as_lines(text)
    assert as_lines(other.summary) == as_lines(text)


@pytest.mark.parametrize("zone", Zone)
def test_both_readers_know_when_it_is(zone: Zone) -> None:
    start = dt.datetime.combine(ENTRY.first_day, dt.time(9), zone.info)

    calendar, read = both(file_of([replace(ENTRY, zone=zone)]))

    assert [zone.value] == [described.tz_name for described in calendar.timezones]
    assert [described.tz_id for described in read.timezones] == [zone.value]
    assert calendar.events[0].start == read.events[0].dtstart == start
    assert calendar.events[0].end == read.events[0].dtend == start + dt.timedelta(hours=2, minutes=30)


def test_both_readers_know_what_changed() -> None:
    cancelled = replace(ENTRY, sequence=4, status=EntryStatus.CANCELLED)
    done = replace(TASK, status=TaskStatus.COMPLETED, completed_at=STAMP, percent=100)

    calendar, read = both(file_of([cancelled, done, replace(TASK, uid="b", due_on=None)], "Rapat"))

    [event], [other] = calendar.events, read.events
    assert (str(event.uid), event.sequence, str(event["status"])) == (other.uid, other.sequence, other.status.value)
    assert event["last-modified"].dt == other.last_modified == STAMP
    [todo, undated], [other_todo, other_undated] = calendar.todos, read.todos
    assert todo["due"].dt == other_todo.due == TASK.due_on
    assert todo["completed"].dt == other_todo.completed == STAMP
    assert int(todo["percent-complete"]) == 100  # the other reader does not know it
    assert "due" not in undated
    assert other_undated.due is None
    assert str(calendar["name"]) == "Rapat"


def test_what_is_known_is_all_that_is_said() -> None:
    [event] = Calendar.from_ical(file_of([replace(ENTRY, location=None, is_confidential=True, is_free=True)])).events

    assert "location" not in event
    assert (str(event["class"]), str(event["transp"])) == ("CONFIDENTIAL", "TRANSPARENT")
