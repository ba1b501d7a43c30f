"""What a notice is about, when it is due, and how often it is tried. Pure."""

import hashlib
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from tracker.core import encryption
from tracker.core.clock import JAKARTA


class NoticeKind(StrEnum):
    """What a mail tells."""

    ASSIGNED = "assigned"
    TAKEN_BACK = "taken_back"
    TO_APPROVE = "to_approve"
    DIGEST = "digest"
    RESET = "reset"
    DATE_ANSWERED = "date_answered"
    ACTION_ESCALATED = "action_escalated"
    PROPOSAL_ESCALATED = "proposal_escalated"


class NoticeState(StrEnum):
    """Where a notice stands. Moot: by the time of sending there was nothing that its reader may know."""

    WAITING = "waiting"
    SENT = "sent"
    MOOT = "moot"
    DEAD = "dead"


#: What an event makes: (subject, verb) → the mail about it.
ECHOES = {
    ("action_item", "assigned"): NoticeKind.ASSIGNED,
    ("action_item", "reassigned"): NoticeKind.ASSIGNED,
    ("action_item", "bulk_change_undone"): NoticeKind.TAKEN_BACK,
    ("action_item", "reviewed_undone"): NoticeKind.TAKEN_BACK,
    ("meeting", "minutes_submitted"): NoticeKind.TO_APPROVE,
    ("account", "reset_asked"): NoticeKind.RESET,
    ("action_item", "due_date_granted"): NoticeKind.DATE_ANSWERED,
    ("action_item", "due_date_refused"): NoticeKind.DATE_ANSWERED,
    ("action_item", "escalated"): NoticeKind.ACTION_ESCALATED,
    ("proposal", "escalated"): NoticeKind.PROPOSAL_ESCALATED,
}
#: The pause after the first, second … failure; after the last one the notice is dead and shown to administrators.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720))
#: The digest goes out on Monday morning, when the week's review is prepared.
DIGEST_AT = time(7, 0)


def is_news(subject: str, verb: str, details: dict[str, Any] | None) -> bool:
    """Whether somebody is told of this event; not who keeps an action of which only the unit or the date changes."""
    if verb == "reassigned" or ECHOES.get((subject, verb)) is NoticeKind.TAKEN_BACK:
        given = details or {}
        before, after = given.get("before", {}), given.get("after", {})
        return bool(before.get("pic_id") != after.get("pic_id"))
    return (subject, verb) in ECHOES


def after_failure(attempts: int, at: datetime) -> datetime | None:
    """When to try again after this many failures; None when it is given up."""
    return at + PAUSES[attempts - 1] if attempts <= len(PAUSES) else None


def digest_week(at: datetime) -> date | None:
    """The Monday whose digest may go out by now, in Jakarta: this week's from Monday 07.00 on, else none."""
    here = at.astimezone(JAKARTA)
    monday = here.date() - timedelta(days=here.weekday())
    return monday if here >= datetime.combine(monday, DIGEST_AT, JAKARTA) else None


def message_id(key: str, host: str) -> str:
    """The same for every try (RFC 5322, 3.6.4): a reader's mail program knows a second copy by it."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{host}>"


_STOP = "stop the weekly digest"


def stop_token(account_id: int, secret_key: str) -> str:
    """The part of an address that stops the digest of this account."""
    return encryption.seal(str(account_id), secret_key=secret_key, purpose=_STOP)


def account_to_stop(token: str, secret_key: str) -> int | None:
    """The account that was sealed into the address; None where it was not made here."""
    told = encryption.unseal(token, secret_key=secret_key, purpose=_STOP)
    return int(told) if told else None
