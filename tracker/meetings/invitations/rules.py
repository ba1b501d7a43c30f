"""States and answers of invitations, their secret links, and when a meeting begins. Pure."""

import base64
import datetime as dt
import hashlib
import hmac
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Protocol

from tracker.core.clock import Zone
from tracker.meetings.rules import AttendanceStatus, MeetingStatus


class InvitationState(StrEnum):
    SENT = "sent"
    WITHDRAWN = "withdrawn"


class Answer(StrEnum):
    ATTENDING = "attending"
    REPRESENTED = "represented"
    DECLINED = "declined"
    #: Only mail programs offer it.
    TENTATIVE = "tentative"


class Through(StrEnum):
    LINK = "link"
    MAIL_PROGRAM = "mail_program"
    SECRETARIAT = "secretariat"


class Reach(StrEnum):
    """How somebody on the list can be reached."""

    ACCOUNT = "account"
    REGISTER = "register"
    NO_ADDRESS = "no_address"
    NO_ACCESS = "no_access"
    NOBODY_NAMED = "nobody_named"

    @property
    def is_by_mail(self) -> bool:
        return self in {Reach.ACCOUNT, Reach.REGISTER}


class Occasion(StrEnum):
    """Why a mail about a meeting is sent."""

    INVITED = "invited"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    REMINDER = "reminder"


#: What the answer of a mail program means (PARTSTAT, RFC 5545, 3.2.12).
PARTICIPATION = {"ACCEPTED": Answer.ATTENDING, "DECLINED": Answer.DECLINED, "TENTATIVE": Answer.TENTATIVE}
#: Answers that the pages offer.
OFFERED = (Answer.ATTENDING, Answer.REPRESENTED, Answer.DECLINED)
#: What an answer makes of «expected» in the attendance list, once the secretariat takes it over.
TAKEN_OVER = {Answer.REPRESENTED: AttendanceStatus.REPRESENTED, Answer.DECLINED: AttendanceStatus.EXCUSED}
#: Meetings that those invited still hear of.
HEARD_OF = frozenset({MeetingStatus.SCHEDULED, MeetingStatus.POSTPONED})
#: Where a session keeps the invitations opened in its browser, which say at the door whose phone it is (ADR 111).
OPENED, MOST_OPENED = "invitations", 20
#: Those invited who have not declined are reminded this long before the day, in the morning, time of the office.
REMIND_BEFORE, REMIND_AT = timedelta(days=1), time(7, 0)


class Held(Protocol):
    """What is asked of a meeting."""

    status: MeetingStatus
    date: dt.date
    start_time: time | None

    @property
    def zone(self) -> Zone: ...
    @property
    def last_day(self) -> dt.date: ...


def begins_at(meeting: Held) -> datetime:
    """Until then answers are taken; without known hours, until its first day is over."""
    day, hour = (meeting.date, meeting.start_time) if meeting.start_time else (meeting.date + timedelta(days=1), time())
    return datetime.combine(day, hour, meeting.zone.info)


def is_to_come(meeting: Held, now: datetime) -> bool:
    return meeting.status in HEARD_OF and now < begins_at(meeting)


def may_be_answered(state: InvitationState, meeting: Held, now: datetime) -> bool:
    return state is InvitationState.SENT and is_to_come(meeting, now)


def day_to_remind_of(local: datetime) -> dt.date | None:
    """The day of the meetings whose reminders may be sent now."""
    return local.date() + REMIND_BEFORE if local.time() >= REMIND_AT else None


def hash_of(*values: object) -> str:
    """Of what a mail says about a meeting, to notice that it changed."""
    return hashlib.sha256("\n".join(str(value) for value in values).encode()).hexdigest()


def token_of(invitation_id: int, invited_at: datetime, secret_key: str) -> str:
    """The same in each mail about one invitation, so that the link in an earlier mail goes on working."""
    return base64.urlsafe_b64encode(_secret("link", invitation_id, invited_at, secret_key)).decode().rstrip("=")


def reply_address(address: str, invitation_id: int, invited_at: datetime, secret_key: str) -> str:
    """Of the office's mailbox, for the answer of this guest: mail servers deliver what follows “+” to the same."""
    name, _, host = address.rpartition("@")
    return f"{name}+{invitation_id}-{reply_secret(invitation_id, invited_at, secret_key)}@{host}"


def reply_secret(invitation_id: int, invited_at: datetime, secret_key: str) -> str:
    """In lower case, which mail servers leave alone."""
    return _secret("reply", invitation_id, invited_at, secret_key).hex()[:32]


def _secret(purpose: str, invitation_id: int, invited_at: datetime, secret_key: str) -> bytes:
    what = f"invitation:{purpose}:{invitation_id}:{invited_at.timestamp()}"
    return hmac.digest(secret_key.encode(), what.encode(), "sha256")
