"""A mail as text and HTML (RFC 2046, multipart/alternative). Pure."""

import re
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime

#: RFC 5322, 2.1.1, allows 998 characters per line; mail programs show far fewer.
LONGEST_SUBJECT = 200
#: Control characters that end a line or change text direction, and so could disguise a subject.
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]+")


@dataclass(frozen=True)
class CalendarPart:
    """A calendar object that mail programs put into the calendar (RFC 6047)."""

    text: str
    method: str


def mail(
    *,
    sender: str,
    to: str,
    subject: str,
    text: str,
    html: str,
    language: str,
    message_id: str,
    made_at: datetime,
    unsubscribe: str | None = None,
    calendar: CalendarPart | None = None,
    reply_to: str | None = None,
) -> EmailMessage:
    """A mail marked as automatic, so that absence notes do not answer it (RFC 3834, and Exchange's header).

    `unsubscribe` is the address that stops such mails with one POST (RFC 2369, RFC 8058).
    Raises ValueError for a line end in a header.
    """
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, _one_line(subject)
    message["Message-ID"], message["Date"] = message_id, format_datetime(made_at)
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    if reply_to:
        message["Reply-To"] = reply_to
    if unsubscribe:
        message["List-Unsubscribe"], message["List-Unsubscribe-Post"] = (
            f"<{unsubscribe}>",
            "List-Unsubscribe=One-Click",
        )
    message.set_content(text)
    message.add_alternative(html, subtype="html")
    if calendar:
        message.add_alternative(
            calendar.text, subtype="calendar", params={"method": calendar.method, "name": "invite.ics"}
        )
    message["Content-Language"] = language  # last: setting the content drops the headers about an earlier one
    return message


def _one_line(subject: str) -> str:
    # A typed “=?…?=” would be decoded as an encoded word (RFC 2047).
    line = " ".join(_CONTROLS.sub(" ", subject).replace("=?", "= ?").split())
    return line if len(line) <= LONGEST_SUBJECT else f"{line[: LONGEST_SUBJECT - 1].rstrip()}…"
