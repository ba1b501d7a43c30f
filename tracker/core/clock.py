"""The only place that asks what time it is. Everything else is told."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

JAKARTA = ZoneInfo("Asia/Jakarta")


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


def day_at(moment: datetime) -> date:
    """The date in Jakarta at this moment."""
    return moment.astimezone(JAKARTA).date()


def today() -> date:
    """The date in Jakarta now."""
    return day_at(now())
