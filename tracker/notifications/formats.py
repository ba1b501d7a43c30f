"""A mail as text and HTML (RFC 2046, multipart/alternative). Pure."""

from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime


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
    message["From"], message["To"], message["Subject"] = sender, to, " ".join(subject.split())
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
