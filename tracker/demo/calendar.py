"""The working days on which the illustrative year takes place, and the sittings at its end."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from tracker.calendar.holidays import queries, rules
from tracker.calendar.holidays.rules import DAY, IsoWeek, week_of
from tracker.core import clock
from tracker.core.clock import JAKARTA

_ACROSS = timedelta(days=400)
SITTINGS = 2


@dataclass(frozen=True)
class Calendar:
    """The days around today; nothing of the illustration happens on a day off or after now."""

    today: date
    days_off: frozenset[date]

    @classmethod
    def around(cls, today: date) -> "Calendar":
        """With the days off that the table has."""
        return cls(today, frozenset(queries.days_off(today - 2 * _ACROSS, today + _ACROSS)))

    def on(self, day: date) -> date:
        """The day itself, or the last working day before it."""
        return rules.previous_working_day(day + DAY, self.days_off)

    def due(self, day: date) -> date:
        """The day itself, or the first working day after it."""
        return rules.next_working_day(day - DAY, self.days_off)

    def ago(self, days: int) -> date:
        """The working day so many days ago, or the last one before."""
        return self.on(self.today - timedelta(days=days))

    @property
    def yesterday(self) -> date:
        """The last working day before today."""
        return self.ago(1)

    @property
    def sittings(self) -> list[tuple[IsoWeek, date]]:
        """The last weeks before this one that have a working day, the earliest first, each with its first such day."""
        found: list[tuple[IsoWeek, date]] = []
        week = week_of(self.today).previous
        while len(found) < SITTINGS:
            day = self.due(week.monday)
            if day <= week.sunday:
                found.insert(0, (week, day))
            week = week.previous
        return found

    @property
    def ends_on(self) -> date:
        """The last day before the sittings: what the year brings is over by then."""
        return self.on(self.sittings[0][1] - DAY)


def at(day: date, hour: int = 13) -> datetime:
    """An hour of office time on that day, but never after now."""
    return min(datetime.combine(day, time(hour), JAKARTA), clock.now())
