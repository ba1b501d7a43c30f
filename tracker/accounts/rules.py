"""Rules of sign-ins and passwords. Pure. Source: NIST SP 800-63B-4."""

from datetime import datetime, timedelta

SHORTEST_PASSWORD = 15
LONGEST_PASSWORD = 200


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
    if len(set(password)) < len("abcde") or username.casefold() in password.casefold():
        return "guessable"
    return None
