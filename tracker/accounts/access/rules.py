"""How long a link holds, and what the office vouches for. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

LIFETIME = timedelta(minutes=30)
#: Where a provider tells of itself (OpenID Connect Discovery, 4), and how long its word and its keys are taken for new.
WELL_KNOWN = "/.well-known/openid-configuration"
FRESH = timedelta(minutes=1)
#: So many sign-ins by the office may be under way in one browser, the newest, and for so long.
MOST_BEGUN = 3
LONGEST_SIGN_IN = timedelta(minutes=10)
#: Of the name that a provider has for somebody (OpenID Connect Core, 2).
LONGEST_SUBJECT = 255


class LinkKind(StrEnum):
    """What a link is for."""

    INVITATION = "invitation"
    RESET = "reset"


def is_usable(made_at: datetime, used_at: datetime | None, now: datetime) -> bool:
    """Whether a link still opens: not used, and not older than half an hour."""
    return used_at is None and now - made_at <= LIFETIME


@dataclass(frozen=True)
class Vouched:
    """For whom the office vouches."""

    issuer: str
    subject: str
    #: Only one that the office has verified.
    address: str | None
    has_two_factors: bool


def vouched(claims: Mapping[str, Any]) -> Vouched:
    """What the claims of an identity token say, whose signature holds; ValueError where they say it of nobody."""
    subject, address = claims["sub"], claims.get("email")
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
        raise ValueError("a subject is a text of at most 255 signs")
    is_verified = claims.get("email_verified") is True and isinstance(address, str)
    return Vouched(claims["iss"], subject, address if is_verified else None, vouches_for_two_factors(claims))


def vouches_for_two_factors(claims: Mapping[str, Any]) -> bool:
    """Whether the office says that it asked for more than one factor (`amr` of RFC 8176)."""
    methods = claims.get("amr")
    return isinstance(methods, list) and "mfa" in methods
