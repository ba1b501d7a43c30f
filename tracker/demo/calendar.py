"""Working days of the illustrative year, and the sittings at its end."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from tracker.calendar.holidays import queries, rules
from tracker.calendar.holidays.rules import DAY, IsoWeek, week_of
from tracker.core import clock
from tracker.core.clock import Zone

_ACROSS = timedelta(days=400)
SITTINGS = 2


@dataclass(frozen=True)
class Calendar:
    """Days around today; nothing in the illustration happens on a holiday or in the future."""

    today: date
    days_off: frozenset[date]

    @classmethod
    def around(cls, today: date) -> "Calendar":
        return cls(today, frozenset(queries.days_off(today - 2 * _ACROSS, today + _ACROSS)))

    def on(self, day: date) -> date:
        """The day itself, or the previous working day."""
        return rules.previous_working_day(day + DAY, self.days_off)

    def due(self, day: date) -> date:
        """The day itself, or the next working day."""
        return rules.next_working_day(day - DAY, self.days_off)

    def ago(self, days: int) -> date:
        """The working day this many days ago, or the previous one."""
        return self.on(self.today - timedelta(days=days))

    @property
    def yesterday(self) -> date:
        return self.ago(1)

    @property
    def sittings(self) -> list[tuple[IsoWeek, date]]:
        """The last weeks before this one with a working day, earliest first, each with its first working day."""
        weeks: list[tuple[IsoWeek, date]] = []
        week = week_of(self.today).previous
        while len(weeks) < SITTINGS:
            day = self.due(week.monday)
            if day <= week.sunday:
                weeks.insert(0, (week, day))
            week = week.previous
        return weeks

    @property
    def ends_on(self) -> date:
        """The last day before the sittings, when the year ends."""
        return self.on(self.sittings[0][1] - DAY)


def at(day: date, hour: int = 13) -> datetime:
    """An hour on that day, but never in the future."""
    return min(datetime.combine(day, time(hour), Zone.WIB.info), clock.now())
