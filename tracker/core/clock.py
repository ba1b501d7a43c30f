"""The only place that reads the system clock. Everything else gets the time as an argument."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

JAKARTA = ZoneInfo("Asia/Jakarta")
#: The years that anything here can be about; arithmetic with days ends well beyond them.
FIRST_YEAR, LAST_YEAR = 1945, 2200


def now() -> datetime:
    return datetime.now(UTC)


def day_at(moment: datetime) -> date:
    return moment.astimezone(JAKARTA).date()


def today() -> date:
    return day_at(now())
