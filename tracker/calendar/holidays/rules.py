"""Days off, working days and ISO weeks. Pure: the days off of the table are handed in. Source: domain.md 5.5."""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
SATURDAY = 6
_MONTH = re.compile(r"\d{4}-\d{2}", re.ASCII)
_ISO_WEEK = re.compile(r"(\d{4})-W(\d{2})", re.ASCII)


class HolidayKind(StrEnum):
    """A national holiday (libur nasional), or joint leave (cuti bersama)."""

    NATIONAL = "national"
    JOINT_LEAVE = "joint_leave"


def is_day_off(day: date, days_off: Container[date]) -> bool:
    """Whether nobody works: Saturday, Sunday, or one of the days off."""
    return day.isoweekday() >= SATURDAY or day in days_off


def next_working_day(day: date, days_off: Container[date]) -> date:
    """The first working day after this one."""
    return add_working_days(day, 1, days_off)


def previous_working_day(day: date, days_off: Container[date]) -> date:
    """The last working day before this one."""
    day -= DAY
    while is_day_off(day, days_off):
        day -= DAY
    return day


def add_working_days(day: date, count: int, days_off: Container[date]) -> date:
    """The day on which that many working days have passed since this one, which itself does not count."""
    while count > 0:
        day += DAY
        count -= not is_day_off(day, days_off)
    return day


def working_days_between(start: date, end: date, days_off: Container[date]) -> int:
    """How many working days pass after `start` up to and including `end`; none when `end` is not later."""
    return sum(not is_day_off(start + DAY * number, days_off) for number in range(1, (end - start).days + 1))


@dataclass(frozen=True, order=True)
class IsoWeek:
    """A week as ISO 8601 numbers it, Monday to Sunday: «2026-W48». Some years have a week 53."""

    year: int
    number: int

    def __post_init__(self) -> None:
        """Refuse a week that the year does not have."""
        date.fromisocalendar(self.year, self.number, 1)

    def __str__(self) -> str:
        """As in an address: «2026-W48»."""
        return f"{self.year:04d}-W{self.number:02d}"

    @property
    def monday(self) -> date:
        """Its first day."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + 6 * DAY

    @property
    def next(self) -> "IsoWeek":
        """The week after."""
        return week_of(self.monday + WEEK)

    @property
    def previous(self) -> "IsoWeek":
        """The week before."""
        return week_of(self.monday - WEEK)

    def days(self) -> Iterator[date]:
        """Monday to Sunday."""
        return (self.monday + DAY * number for number in range(7))


def week_of(day: date) -> IsoWeek:
    """The ISO week a day belongs to; the first days of January may belong to last year's last week."""
    year, number, _ = day.isocalendar()
    return IsoWeek(year, number)


def weeks_of_month(first: date) -> list[IsoWeek]:
    """The ISO weeks that have a day of the month that begins on this day."""
    weeks = [week_of(first)]
    while (following := weeks[-1].next).monday < next_month(first):
        weeks.append(following)
    return weeks


def next_month(first: date) -> date:
    """The first day of the month after this one."""
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def previous_month(first: date) -> date:
    """The first day of the month before this one."""
    return (first - DAY).replace(day=1)


def parse_month(text: str) -> date | None:
    """Read «2026-11»: its first day; nothing where that is not a month that exists."""
    try:
        return date.fromisoformat(f"{text}-01") if _MONTH.fullmatch(text) else None
    except ValueError:
        return None


def parse_week(text: str) -> IsoWeek | None:
    """Read «2026-W53»; nothing where that is not a week that exists."""
    found = _ISO_WEEK.fullmatch(text)
    if not found:
        return None
    try:
        return IsoWeek(int(found[1]), int(found[2]))
    except ValueError:
        return None
