"""Rules for sign-ins, passwords and one-time codes. Pure. Sources: NIST SP 800-63B-4, RFC 6238."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import pyotp

from tracker.core.actor import Classification, Role

LONGEST_USERNAME = 60
SHORTEST_PASSWORD = 15
LONGEST_PASSWORD = 200
#: On zxcvbn's scale 3 means “safely unguessable”, at least 10^8 guesses.
SAFELY_UNGUESSABLE = 3
#: zxcvbn gets no more characters than this.
LONGEST_SCORED = 72
#: Shorter parts of a username occur in too many words to say anything.
SHORTEST_NAME = 5
OUR_WORDS = ("tracker", "kemenkumham", "kemenham", "notula", "rapat")

LONGEST_PREVIEW = timedelta(minutes=30)
INVITATION_LASTS = timedelta(days=7)

STEP_SECONDS = 30
#: One step to either side, for clocks that are a little off (RFC 6238, 5.2).
DRIFT = (-1, 0, 1)
RECOVERY_CODES = 10


class AccountState(StrEnum):
    ASKED = "asked"
    INVITED = "invited"
    EXPIRED = "expired"
    ACTIVE = "active"
    CLOSED = "closed"


def state_of(*, is_active: bool, invited_at: datetime | None, asked_at: datetime | None, now: datetime) -> AccountState:
    if not is_active:
        return AccountState.ASKED if asked_at else AccountState.CLOSED
    if invited_at is None:
        return AccountState.ACTIVE
    return AccountState.INVITED if now - invited_at <= INVITATION_LASTS else AccountState.EXPIRED


def is_alive(
    started_at: datetime, last_seen_at: datetime, now: datetime, *, idle: timedelta, longest: timedelta
) -> bool:
    return now - last_seen_at <= idle and now - started_at <= longest


def password_fault(password: str, username: str) -> str | None:
    """A key of FAULTS for a bad password, or None. No composition rules, no rotation (NIST)."""
    if len(password) < SHORTEST_PASSWORD:
        return "short"
    if len(password) > LONGEST_PASSWORD:
        return "long"
    if named_in(password, username):
        return "named"
    from zxcvbn import zxcvbn  # noqa: PLC0415  # 10 MB of words, needed only for a new password

    strength = zxcvbn(password[:LONGEST_SCORED], user_inputs=[username, *OUR_WORDS])
    return "guessable" if strength["score"] < SAFELY_UNGUESSABLE else None


def named_in(password: str, username: str) -> str | None:
    """The part of the username that is a word of the password."""
    of_password, of_username = _words(password), _words(username)
    return next((word for word in of_username if len(word) >= SHORTEST_NAME and word in of_password), None)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+|\d+", text.casefold())


def matching_step(seed: str, code: str, now: datetime, last_step: int | None) -> int | None:
    """The time step of this code. Each step is accepted once, so a code seen over somebody's shoulder is useless."""
    typed = "".join(code.split())
    present = int(now.timestamp()) // STEP_SECONDS
    codes = pyotp.TOTP(seed, interval=STEP_SECONDS)
    for step in (present + drift for drift in DRIFT):
        if secrets.compare_digest(codes.at(step * STEP_SECONDS).encode(), typed.encode()):
            return step if last_step is None or step > last_step else None
    return None


def new_recovery_codes() -> list[str]:
    """Ten codes of 50 bits, in characters that are easy to copy by hand."""
    chars = "abcdefghjkmnpqrstuvwxyz23456789"
    return ["-".join("".join(secrets.choice(chars) for _ in range(5)) for _ in range(2)) for _ in range(RECOVERY_CODES)]


def normalised_address(address: str) -> str:
    """An e-mail address in the form in which addresses are compared.

    Only ASCII is lowered: folding Unicode would turn “ß” into “ss” and the kelvin sign into “k”, other mailboxes.
    """
    return address.lower() if address.isascii() else address


#: Addresses of one's calendar that may be open at a time: a few devices and programs.
MOST_CALENDAR_ADDRESSES = 10


class DueDatesAs(StrEnum):
    """As what a calendar shows due dates: many programs show no tasks."""

    TASKS = "tasks"
    DAYS = "days"


#: Tokens for programs that may be open at a time, and how many days they last.
MOST_API_TOKENS = 20
LONGEST_TOKEN_NAME = 60
#: By which scanners recognise a token that somebody published by mistake.
TOKEN_PREFIX = "tracker_"  # noqa: S105  # what all begin with


class TokenLasts(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    @property
    def days(self) -> int:
        return {TokenLasts.MONTH: 30, TokenLasts.QUARTER: 90, TokenLasts.YEAR: 365}[self]


class ApiFeature(StrEnum):
    """What a token may be used for."""

    MEETINGS = "meetings"
    PROPOSALS = "proposals"
    ACTIONS = "actions"
    TARGETS = "targets"
    PEOPLE = "people"
    REVIEWS = "reviews"
    SEARCH = "search"
    FILES = "files"


def normalised_code(code: str) -> str:
    return "".join(char for char in code.casefold() if char.isalnum())


@dataclass(frozen=True)
class Rights:
    roles: frozenset[Role]
    clearance: Classification
    person_id: int | None = None
    is_active: bool = True

    def exceeds(self, other: "Rights") -> bool:
        """Whether they include something that `other` does not, or belong to another person."""
        return (
            not self.roles <= other.roles
            or self.clearance.rank > other.clearance.rank
            or self.person_id not in {None, other.person_id}
            or (self.is_active and not other.is_active)
        )


@dataclass(frozen=True)
class Entitlements:
    """All rights of one human being, through all their accounts and entries in the register."""

    accounts: Mapping[int, Rights]
    #: (post id, unit id) held now or later: a PIC reports for a unit, a holder is responsible for a post.
    posts: frozenset[tuple[int, int | None]]
    #: (account id, meeting id) of access given by name.
    meetings: frozenset[tuple[int, int]]

    def exceeds(self, other: "Entitlements") -> bool:
        return (
            not self.posts <= other.posts
            or not self.meetings <= other.meetings
            or any(
                number not in other.accounts or rights.exceeds(other.accounts[number])
                for number, rights in self.accounts.items()
            )
        )
