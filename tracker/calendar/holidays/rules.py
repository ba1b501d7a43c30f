"""Working days and ISO weeks. Pure: callers pass the holidays in."""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tracker.core.clock import FIRST_YEAR, LAST_YEAR

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
_SATURDAY = 6
_MONTH = re.compile(r"\d{4}-\d{2}", re.ASCII)
_ISO_WEEK = re.compile(r"(\d{4})-W(\d{2})", re.ASCII)


class HolidayKind(StrEnum):
    """A national holiday (libur nasional), or joint leave (cuti bersama)."""

    NATIONAL = "national"
    JOINT_LEAVE = "joint_leave"


def is_weekend(day: date) -> bool:
    return day.isoweekday() >= _SATURDAY


def is_day_off(day: date, days_off: Container[date]) -> bool:
    return is_weekend(day) or day in days_off


def next_working_day(day: date, days_off: Container[date]) -> date:
    return add_working_days(day, 1, days_off)


def previous_working_day(day: date, days_off: Container[date]) -> date:
    day -= DAY
    while is_day_off(day, days_off):
        day -= DAY
    return day


def add_working_days(day: date, count: int, days_off: Container[date]) -> date:
    """The day after `count` working days; `day` itself is not counted."""
    while count > 0:
        day += DAY
        count -= not is_day_off(day, days_off)
    return day


@dataclass(frozen=True, order=True)
class IsoWeek:
    """An ISO 8601 week, Monday to Sunday: «2026-W48». Some years have a week 53."""

    year: int
    number: int

    def __post_init__(self) -> None:
        date.fromisocalendar(self.year, self.number, 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-W{self.number:02d}"

    @property
    def monday(self) -> date:
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def sunday(self) -> date:
        return self.monday + 6 * DAY

    @property
    def next(self) -> "IsoWeek":
        return week_of(self.monday + WEEK)

    @property
    def previous(self) -> "IsoWeek":
        return week_of(self.monday - WEEK)

    def days(self) -> Iterator[date]:
        return (self.monday + DAY * number for number in range(7))


def week_of(day: date) -> IsoWeek:
    """The ISO week of a day. The first days of January may belong to the last week of the previous year."""
    year, number, _ = day.isocalendar()
    return IsoWeek(year, number)


def weeks_from(first: IsoWeek, count: int) -> list[IsoWeek]:
    weeks = [first]
    while len(weeks) < count:
        weeks.append(weeks[-1].next)
    return weeks


def weeks_of_month(first: date) -> list[IsoWeek]:
    """ISO weeks that overlap the month starting on `first`."""
    weeks = [week_of(first)]
    while (following := weeks[-1].next).monday < next_month(first):
        weeks.append(following)
    return weeks


def next_month(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def previous_month(first: date) -> date:
    return (first - DAY).replace(day=1)


def parse_month(text: str) -> date | None:
    """The first day of a month written as «2026-11»; None if invalid, or outside the years in use."""
    try:
        first = date.fromisoformat(f"{text}-01") if _MONTH.fullmatch(text) else None
    except ValueError:
        return None
    return first if first and FIRST_YEAR < first.year < LAST_YEAR else None


def parse_week(text: str) -> IsoWeek | None:
    """Parse «2026-W53»; None if invalid, or outside the years in use."""
    match = _ISO_WEEK.fullmatch(text)
    if not match or not FIRST_YEAR < int(match[1]) < LAST_YEAR:
        return None
    try:
        return IsoWeek(int(match[1]), int(match[2]))
    except ValueError:
        return None
