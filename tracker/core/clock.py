"""The only place that reads the system clock. Everything else gets the time as an argument."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

JAKARTA = ZoneInfo("Asia/Jakarta")
#: The years that anything here can be about; arithmetic with days ends well beyond them.
FIRST_YEAR, LAST_YEAR = 1945, 2200


def now() -> datetime:
    """The current time in UTC."""
    return datetime.now(UTC)


def day_at(moment: datetime) -> date:
    """The date in Jakarta at this moment."""
    return moment.astimezone(JAKARTA).date()


def today() -> date:
    """The current date in Jakarta."""
    return day_at(now())
