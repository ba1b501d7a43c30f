"""Answers of mail programs to invitations (iTIP REPLY, RFC 5546; by mail: RFC 6047). Pure."""

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses

#: Fields in which a mail server says to which address a mail was sent.
_TO = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")
_SECRET = re.compile(r"\+(\d{1,10})-([0-9a-f]{32})@", re.ASCII)
LONGEST_COMMENT = 300


@dataclass(frozen=True)
class Reply:
    """`attends` is the PARTSTAT; `address` that of the guest who answers."""

    invitation_id: int
    secret: str
    address: str
    attends: str
    sequence: int | None
    comment: str | None


def reply_in(mail: bytes) -> Reply | None:
    """None if the mail is no answer to an invitation of ours."""
    try:
        message = message_from_bytes(mail, policy=policy.default)
        calendar = next((part for part in message.walk() if part.get_content_type() == "text/calendar"), None)
        return _read(message, str(calendar.get_content())) if calendar is not None else None
    except (ValueError, LookupError, AttributeError, TypeError):  # what mails may hold cannot be listed
        return None


def _read(message: EmailMessage, text: str) -> Reply | None:
    from icalendar import Calendar  # noqa: PLC0415  # 0.08 s, and few processes read a calendar

    calendar = Calendar.from_ical(text)
    events = calendar.walk("VEVENT")
    if str(calendar.get("method", "")).upper() != "REPLY" or len(events) != 1:
        return None
    event = events[0]
    guests = event.get("attendee", [])
    guests = guests if isinstance(guests, list) else [guests]
    fields = [str(field) for name in _TO for field in message.get_all(name, [])]
    addresses = [address for _, address in getaddresses([*fields, _bare(event.get("organizer", ""))])]
    secret = next((found for address in addresses if (found := _SECRET.search(address.lower()))), None)
    if secret is None or len(guests) != 1:
        return None
    comment = " ".join(str(event.get("comment", "")).split())[:LONGEST_COMMENT]
    return Reply(
        invitation_id=int(secret[1]), secret=secret[2], address=_bare(guests[0]),
        attends=str(guests[0].params.get("PARTSTAT", "")).upper(),
        sequence=int(str(event["sequence"])) if "sequence" in event else None, comment=comment or None,
    )  # fmt: skip


def _bare(address: object) -> str:
    return re.sub(r"^mailto:", "", str(address), flags=re.IGNORECASE)
