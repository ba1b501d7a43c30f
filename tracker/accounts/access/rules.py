"""How long a link holds, and what the office vouches for. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

LIFETIME = timedelta(minutes=30)


class LinkKind(StrEnum):
    """What a link is for."""

    INVITATION = "invitation"
    RESET = "reset"


def is_usable(made_at: datetime, used_at: datetime | None, now: datetime) -> bool:
    """Whether a link still opens: not used, and not older than half an hour."""
    return used_at is None and now - made_at <= LIFETIME


def vouches_for_two_factors(claims: Mapping[str, Any]) -> bool:
    """Whether the office says that it asked for more than one factor (`amr` of RFC 8176)."""
    methods = claims.get("amr")
    return isinstance(methods, list) and "mfa" in methods
