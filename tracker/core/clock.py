"""The only place that asks what time it is. Everything else is told."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

JAKARTA = ZoneInfo("Asia/Jakarta")


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The date on the wall in Jakarta."""
    return now().astimezone(JAKARTA).date()
