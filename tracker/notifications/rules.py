"""Kinds of notices, when they are due, and how often sending is tried. Pure."""

import hashlib
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from tracker.core import clock, encryption
from tracker.meetings.invitations.rules import Occasion


class NoticeKind(StrEnum):
    ASSIGNED = "assigned"
    TAKEN_BACK = "taken_back"
    TO_APPROVE = "to_approve"
    DIGEST = "digest"
    RESET = "reset"
    INVITATION = "invitation"
    DATE_ANSWERED = "date_answered"
    ACTION_ESCALATED = "action_escalated"
    PROPOSAL_ESCALATED = "proposal_escalated"
    TEST = "test"
    MEETING_INVITED = "meeting_invited"
    MEETING_CHANGED = "meeting_changed"
    MEETING_CANCELLED = "meeting_cancelled"
    MEETING_REMINDER = "meeting_reminder"
    WEBHOOK_OFF = "webhook_off"
    SENT_BACK = "sent_back"


class NoticeState(StrEnum):
    """`MOOT`: when it was to be sent, there was nothing left that its reader may see."""

    WAITING = "waiting"
    SENT = "sent"
    MOOT = "moot"
    DEAD = "dead"


#: The notice that an event causes, by (subject, verb).
NOTICES = {
    ("action_item", "assigned"): NoticeKind.ASSIGNED,
    ("action_item", "reassigned"): NoticeKind.ASSIGNED,
    ("action_item", "bulk_change_undone"): NoticeKind.TAKEN_BACK,
    ("action_item", "reviewed_undone"): NoticeKind.TAKEN_BACK,
    ("meeting", "minutes_submitted"): NoticeKind.TO_APPROVE,
    ("account", "reset_asked"): NoticeKind.RESET,
    ("account", "invited"): NoticeKind.INVITATION,
    ("account", "test_mail_asked"): NoticeKind.TEST,
    ("action_item", "due_date_granted"): NoticeKind.DATE_ANSWERED,
    ("action_item", "due_date_refused"): NoticeKind.DATE_ANSWERED,
    ("action_item", "moved_in_progress"): NoticeKind.SENT_BACK,
    ("action_item", "escalated"): NoticeKind.ACTION_ESCALATED,
    ("proposal", "escalated"): NoticeKind.PROPOSAL_ESCALATED,
    ("meeting_invitation", "sent"): NoticeKind.MEETING_INVITED,
    ("meeting_invitation", "sent_again"): NoticeKind.MEETING_INVITED,
    ("meeting_invitation", "changed"): NoticeKind.MEETING_CHANGED,
    ("meeting_invitation", "withdrawn"): NoticeKind.MEETING_CANCELLED,
    ("webhook_endpoint", "switched_off"): NoticeKind.WEBHOOK_OFF,
}
#: Mails about an invitation to a meeting.
OCCASIONS = {
    NoticeKind.MEETING_INVITED: Occasion.INVITED,
    NoticeKind.MEETING_CHANGED: Occasion.CHANGED,
    NoticeKind.MEETING_CANCELLED: Occasion.CANCELLED,
    NoticeKind.MEETING_REMINDER: Occasion.REMINDER,
}
#: Pauses after each failure. After the last one the notice is dead and shown to administrators.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720))
#: On Monday morning, when the week's review is prepared; time of the office.
DIGEST_AT = time(7, 0)


def is_news(subject: str, verb: str, details: dict[str, Any] | None) -> bool:
    """Whether the event causes a notice. A change of unit or date alone does not notify the person in charge."""
    if verb == "reassigned" or NOTICES.get((subject, verb)) is NoticeKind.TAKEN_BACK:
        before, after = (details or {}).get("before", {}), (details or {}).get("after", {})
        return bool(before.get("pic_id") != after.get("pic_id"))
    return (subject, verb) in NOTICES


def after_failure(attempts: int, at: datetime) -> datetime | None:
    """The time of the next attempt after this many failures; None to give up."""
    return at + PAUSES[attempts - 1] if attempts <= len(PAUSES) else None


def digest_week(at: datetime) -> date | None:
    """The Monday of this week, if its digest may be sent by now."""
    local = clock.local(at)
    monday = local.date() - timedelta(days=local.weekday())
    return monday if local >= datetime.combine(monday, DIGEST_AT, local.tzinfo) else None


def message_id(key: str, host: str) -> str:
    """The same for every attempt (RFC 5322, 3.6.4), so that mail programs recognise a second copy."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{host}>"


_STOP = "stop the weekly digest"


def stop_token(account_id: int, secret_key: str) -> str:
    return encryption.seal(str(account_id), secret_key=secret_key, purpose=_STOP)


def account_to_stop(token: str, secret_key: str) -> int | None:
    account_id = encryption.unseal(token, secret_key=secret_key, purpose=_STOP)
    return int(account_id) if account_id else None
