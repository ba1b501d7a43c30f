"""Rules of sign-ins, passwords and one-time codes. Pure. Sources: NIST SP 800-63B-4, RFC 6238."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import pyotp

from tracker.core.actor import Classification, Role

SHORTEST_PASSWORD = 15
LONGEST_PASSWORD = 200
#: zxcvbn's scale: 3 is «safely unguessable», at least 10^8 guesses.
SAFELY_UNGUESSABLE = 3
#: It reads no more than so many signs.
MOST_READ = 72
OUR_WORDS = ("tracker", "kemenkumham", "kemenham", "notula", "rapat")

#: How long a preview as another reader lasts at most.
LONGEST_PREVIEW = timedelta(minutes=30)

STEP_SECONDS = 30
#: One step to either side, for clocks that are a little off (RFC 6238, 5.2).
DRIFT = (-1, 0, 1)
RECOVERY_CODES = 10


def is_alive(
    started_at: datetime, last_seen_at: datetime, now: datetime, *, idle: timedelta, longest: timedelta
) -> bool:
    """Whether a sign-in still holds: used within the idle time, and not older than the longest."""
    return now - last_seen_at <= idle and now - started_at <= longest


def password_fault(password: str, username: str) -> str | None:
    """The code of what is wrong with a new password, or None. No composition rules, no rotation."""
    if len(password) < SHORTEST_PASSWORD:
        return "short"
    if len(password) > LONGEST_PASSWORD:
        return "long"
    if username.casefold() in password.casefold():
        return "guessable"
    from zxcvbn import zxcvbn  # noqa: PLC0415  # 10 MB of words that only a new password asks for

    strength = zxcvbn(password[:MOST_READ], user_inputs=[username, *OUR_WORDS])
    return "guessable" if strength["score"] < SAFELY_UNGUESSABLE else None


def matching_step(seed: str, code: str, now: datetime, last_step: int | None) -> int | None:
    """The step whose code this is, each accepted once: a code seen over somebody's shoulder opens nothing."""
    typed = "".join(code.split())
    present = int(now.timestamp()) // STEP_SECONDS
    codes = pyotp.TOTP(seed, interval=STEP_SECONDS)
    for step in (present + drift for drift in DRIFT):
        if secrets.compare_digest(codes.at(step * STEP_SECONDS).encode(), typed.encode()):
            return step if last_step is None or step > last_step else None
    return None


def new_recovery_codes() -> list[str]:
    """Ten codes of 50 bits, written so that they can be copied by hand."""
    signs = "abcdefghjkmnpqrstuvwxyz23456789"
    return ["-".join("".join(secrets.choice(signs) for _ in range(5)) for _ in range(2)) for _ in range(RECOVERY_CODES)]


def same_address(address: str) -> str:
    """An e-mail address as it is compared: capitals count for nothing, and no sign for another that looks like it.

    Folding Unicode would take «ß» for «ss» and the sign for kelvin for a «k»: other mailboxes.
    """
    return address.lower() if address.isascii() else address


def plain_code(code: str) -> str:
    """A recovery code as it is compared: without spaces, dashes and capitals."""
    return "".join(sign for sign in code.casefold() if sign.isalnum())


@dataclass(frozen=True)
class Rights:
    """What an account gives to whoever signs in with it."""

    roles: frozenset[Role]
    clearance: Classification
    person_id: int | None = None
    is_active: bool = True

    def exceed(self, other: "Rights") -> bool:
        """Whether they are more than the other ones, or those of somebody else."""
        return (
            not self.roles <= other.roles
            or self.clearance.rank > other.clearance.rank
            or self.person_id not in {None, other.person_id}
            or (self.is_active and not other.is_active)
        )


@dataclass(frozen=True)
class Standing:
    """All that one human being may, by whatever accounts and entries of the register."""

    accounts: Mapping[int, Rights]
    #: Posts held now or later, each with its unit: a PIC reports for a unit, a holder answers for a post.
    posts: frozenset[tuple[int, int | None]]
    #: Meetings into which an account was let by name.
    meetings: frozenset[tuple[int, int]]

    def exceeds(self, other: "Standing") -> bool:
        """Whether it is more than the other one."""
        return (
            not self.posts <= other.posts
            or not self.meetings <= other.meetings
            or any(
                number not in other.accounts or rights.exceed(other.accounts[number])
                for number, rights in self.accounts.items()
            )
        )
