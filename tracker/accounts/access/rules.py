"""How long a link is valid, and what an identity token confirms. Pure."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from email_validator import EmailNotValidError, validate_email

from tracker.accounts.rules import INVITATION_LASTS, LONGEST_USERNAME, normalised_address
from tracker.people.rules import folded

LIFETIME = timedelta(minutes=30)
#: The path of a provider's metadata (OpenID Connect Discovery, 4), and how long metadata and keys are cached.
WELL_KNOWN = "/.well-known/openid-configuration"
FRESH = timedelta(minutes=1)
#: How many office sign-ins may be pending in one browser, and for how long.
MOST_PENDING = 3
LONGEST_SIGN_IN = timedelta(minutes=10)
#: Maximum length of `sub` (OpenID Connect Core, 2).
LONGEST_SUBJECT = 255
LONGEST_NAME = 200


#: Accounts opened at once; each costs a computation of its password's hash.
MOST_AT_ONCE = 25
#: Links made at once; a page shows no more.
MOST_LINKS = 200


def username_of(name: str, address: str | None) -> str:
    """The part of the address before “@”, or first and last word of the name."""
    if address:
        return address.partition("@")[0].casefold()[:LONGEST_USERNAME]
    words = folded(name).split()
    return ".".join(dict.fromkeys([words[0], words[-1]]))[:LONGEST_USERNAME] if words else ""


class LinkKind(StrEnum):
    INVITATION = "invitation"
    RESET = "reset"


def is_usable(
    kind: LinkKind, made_at: datetime, used_at: datetime | None, invited_at: datetime | None, now: datetime
) -> bool:
    """`invited_at` is when the account's open invitation was made: links of another invitation have ended."""
    if kind is LinkKind.INVITATION and made_at != invited_at:
        return False
    lifetime = INVITATION_LASTS if kind is LinkKind.INVITATION else LIFETIME
    return used_at is None and now - made_at <= lifetime


@dataclass(frozen=True)
class ConfirmedIdentity:
    issuer: str
    subject: str
    #: Only if the provider has verified it.
    address: str | None
    name: str | None
    has_two_factors: bool


def confirmed_identity(claims: Mapping[str, Any]) -> ConfirmedIdentity:
    """Read the claims of an identity token whose signature is valid; ValueError for an invalid subject."""
    subject, address = claims["sub"], claims.get("email")
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
        raise ValueError("a subject is a text of at most 255 characters")
    is_verified = claims.get("email_verified") is True and isinstance(address, str)
    return ConfirmedIdentity(
        issuer=claims["iss"],
        subject=subject,
        address=address if is_verified else None,
        name=claimed_name(claims.get("name")),
        has_two_factors=used_two_factors(claims),
    )


def claimed_name(claim: object) -> str | None:
    """One line without invisible signs; None if its letters may look like others."""
    if not isinstance(claim, str):
        return None
    plain = unicodedata.normalize("NFKC", claim[: 4 * LONGEST_NAME])
    seen = "".join(sign for sign in plain if sign.isspace() or not unicodedata.category(sign).startswith("C"))
    if not all(unicodedata.name(sign, "").startswith("LATIN") for sign in seen if sign.isalpha()):
        return None
    return " ".join(seen.split())[:LONGEST_NAME].strip() or None


def reads_as_it_is(address: str) -> bool:
    """Whether an administrator can tell from reading it whose address it is: no look-alike letters, no spaces."""
    try:
        valid = validate_email(address, allow_smtputf8=False, check_deliverability=False).normalized
    except EmailNotValidError:
        return False
    return address.isascii() and normalised_address(valid) == normalised_address(address)


def used_two_factors(claims: Mapping[str, Any]) -> bool:
    """Whether the provider says that more than one factor was used (`amr`, RFC 8176)."""
    methods = claims.get("amr")
    return isinstance(methods, list) and "mfa" in methods
