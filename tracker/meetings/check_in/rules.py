"""The code that changes every minute, when it is taken, and what it does to the attendance list. Pure."""

import base64
import datetime as dt
import hmac
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Protocol

from tracker.core.clock import Zone
from tracker.meetings.rules import AttendanceStatus, MeetingStatus
from tracker.people.rules import folded

#: A meeting whose end is not known can be checked in to until its last day is over.
OPENS_BEFORE, CLOSES_AFTER = timedelta(hours=1), timedelta(minutes=30)
CHANGES_EVERY = timedelta(minutes=1)
TAKES_CHECK_INS = frozenset({MeetingStatus.SCHEDULED, MeetingStatus.HELD})
#: Crockford's alphabet: no I, L, O and U, which are taken for other signs.
ALPHABET, LENGTH = "0123456789ABCDEFGHJKMNPQRSTVWXYZ", 6
_TAKEN_FOR = str.maketrans("ILO", "110")


class ArrivalState(StrEnum):
    WAITING = "waiting"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


class Outcome(StrEnum):
    """What a phone is told."""

    CHECKED_IN = "checked_in"
    ALREADY = "already"
    #: The list says something else, which stays.
    CONFLICT = "conflict"
    #: The secretariat confirms it.
    WAITING = "waiting"


class Held(Protocol):
    """What is asked of a meeting."""

    status: MeetingStatus
    date: dt.date
    called_time: time | None
    start_time: time | None
    end_time: time | None
    locked_at: datetime | None

    @property
    def zone(self) -> Zone: ...
    @property
    def last_day(self) -> dt.date: ...


def opens_at(meeting: Held) -> datetime:
    """An hour before it begins, and never before its day, on which the attendance list can be filled in."""
    midnight, begins = (
        datetime.combine(meeting.date, time(), meeting.zone.info),
        meeting.start_time or meeting.called_time,
    )
    if begins is None:
        return midnight
    return max(midnight, datetime.combine(meeting.date, begins, meeting.zone.info) - OPENS_BEFORE)


def closes_at(meeting: Held) -> datetime:
    if meeting.end_time:
        return datetime.combine(meeting.last_day, meeting.end_time, meeting.zone.info) + CLOSES_AFTER
    return datetime.combine(meeting.last_day + timedelta(days=1), time(), meeting.zone.info)


def takes_check_ins(meeting: Held, now: datetime) -> bool:
    is_going_on = meeting.status in TAKES_CHECK_INS and meeting.locked_at is None
    return is_going_on and opens_at(meeting) <= now < closes_at(meeting)


@dataclass(frozen=True)
class Code:
    """Of one meeting in one minute: for the camera and, shorter, for typing. Neither can be told from the other."""

    key: str
    typed: str

    @property
    def spaced(self) -> str:
        return f"{self.typed[: LENGTH // 2]} {self.typed[LENGTH // 2 :]}"


def minute_of(moment: datetime) -> int:
    return int(moment.timestamp() // CHANGES_EVERY.total_seconds())


def code_of(meeting_id: int, minute: int, secret_key: str) -> Code:
    made = hmac.digest(secret_key.encode(), f"check-in:{meeting_id}:{minute}".encode(), "sha256")
    key, rest = made[:16], made[16:]
    return Code(
        key=base64.urlsafe_b64encode(key).decode().rstrip("="),
        typed="".join(ALPHABET[byte % len(ALPHABET)] for byte in rest[:LENGTH]),
    )


def as_typed(text: str) -> str:
    return "".join(text.split()).replace("-", "").upper().translate(_TAKEN_FOR)


def is_current(given: str, meeting_id: int, now: datetime, secret_key: str) -> bool:
    """Whether it is the code of this meeting, in either form, in this minute or the one before."""
    minute = minute_of(now)
    codes = [code_of(meeting_id, at, secret_key) for at in (minute, minute - 1)]
    forms = [(code.key, given) for code in codes] + [(code.typed, as_typed(given)) for code in codes]
    return sum(hmac.compare_digest(form.encode(), text.encode()) for form, text in forms) > 0  # always all of them


def is_for_typing(given: str) -> bool:
    """Short enough to be guessed, so that attempts are counted."""
    return len(as_typed(given)) <= LENGTH


def effect(status: AttendanceStatus, written: str | None, given: str | None) -> tuple[Outcome, AttendanceStatus]:
    """What checking in makes of a row. `written` and `given` name who attends instead."""
    if status is AttendanceStatus.EXPECTED:
        return Outcome.CHECKED_IN, AttendanceStatus.REPRESENTED if given else AttendanceStatus.PRESENT
    if status in {AttendanceStatus.EXCUSED, AttendanceStatus.ABSENT}:
        return Outcome.CONFLICT, status
    agrees = (status is AttendanceStatus.REPRESENTED) == bool(given)
    is_other = bool(written and given and folded(written) != folded(given))
    return Outcome.ALREADY if agrees and not is_other else Outcome.CONFLICT, status
