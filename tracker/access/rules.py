"""How long a link holds. Pure."""

from datetime import datetime, timedelta
from enum import StrEnum

LIFETIME = timedelta(minutes=30)


class LinkKind(StrEnum):
    """What a link is for."""

    INVITATION = "invitation"
    RESET = "reset"


def is_usable(made_at: datetime, used_at: datetime | None, now: datetime) -> bool:
    """Whether a link still opens: not used, and not older than half an hour."""
    return used_at is None and now - made_at <= LIFETIME
