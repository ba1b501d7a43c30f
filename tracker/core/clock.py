"""The only place that reads the system clock and knows time zones. Everything else gets the time as an argument."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token
from datetime import UTC, date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

#: The years that anything here can be about; arithmetic with days ends well beyond them.
FIRST_YEAR, LAST_YEAR = 1945, 2200


class Zone(StrEnum):
    """The time zones of Indonesia; the name of each is its abbreviation. None of them knows summer time."""

    WIB = "Asia/Jakarta"
    WITA = "Asia/Makassar"
    WIT = "Asia/Jayapura"

    @property
    def info(self) -> ZoneInfo:
        return ZoneInfo(self.value)


#: The zone of the office (`core.office`), set for each request of somebody who is signed in, and by commands.
_office: ContextVar[Zone] = ContextVar("office_zone", default=Zone.WIB)


def office_zone() -> Zone:
    return _office.get()


def enter_zone(zone: Zone) -> Token[Zone]:
    return _office.set(zone)


def leave_zone(token: Token[Zone]) -> None:
    _office.reset(token)


@contextmanager
def in_zone(zone: Zone) -> Iterator[None]:
    token = enter_zone(zone)
    try:
        yield
    finally:
        leave_zone(token)


def now() -> datetime:
    return datetime.now(UTC)


def local(moment: datetime, zone: Zone | None = None) -> datetime:
    """The moment in the zone, or in that of the office."""
    return moment.astimezone((zone or office_zone()).info)


def day_at(moment: datetime, zone: Zone | None = None) -> date:
    return local(moment, zone).date()


def today(zone: Zone | None = None) -> date:
    return day_at(now(), zone)
