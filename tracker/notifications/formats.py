"""A mail as text and HTML (RFC 2046, multipart/alternative). Pure."""

import re
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime

#: RFC 5322, 2.1.1, allows 998 signs a line; no mail program shows half of this.
LONGEST_SUBJECT = 200
#: What ends a line or turns the direction of what follows: a list of mails would show something else.
_TURNS = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]+")


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
) -> EmailMessage:
    """One mail, marked as sent by a machine so that nobody's absence note answers it (RFC 3834, and Exchange's own).

    `unsubscribe` is the address where mails of its kind are stopped by one POST (RFC 2369, RFC 8058).
    Raises ValueError for a line end in a header.
    """
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, _one_line(subject)
    message["Message-ID"], message["Date"] = message_id, format_datetime(made_at)
    message["Auto-Submitted"], message["Content-Language"] = "auto-generated", language
    message["X-Auto-Response-Suppress"] = "All"
    if unsubscribe:
        message["List-Unsubscribe"], message["List-Unsubscribe-Post"] = (
            f"<{unsubscribe}>",
            "List-Unsubscribe=One-Click",
        )
    message.set_content(text)
    message.add_alternative(html, subtype="html")
    return message


def _one_line(subject: str) -> str:
    # Somebody's «=?…?=» would be decoded as an encoded word (RFC 2047), whatever is in it.
    line = " ".join(_TURNS.sub(" ", subject).replace("=?", "= ?").split())
    return line if len(line) <= LONGEST_SUBJECT else f"{line[: LONGEST_SUBJECT - 1].rstrip()}…"
