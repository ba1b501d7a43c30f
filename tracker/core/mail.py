"""Send mail through the office's mail server (SMTP, RFC 5321)."""

import smtplib
import ssl
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

import email_validator

TIMEOUT_SECONDS = 20
#: Reply codes from here on are permanent failures (RFC 5321, 4.2.1).
PERMANENT_FAILURE = 500
SCHEMES = frozenset({"smtp", "smtps", "smtp+starttls"})
#: RFC 5321, 4.5.3.1.3, without the angle brackets.
LONGEST_ADDRESS = 254

#: Names that no public server has (.test, .local) are allowed: the office's own mail server may have them.
email_validator.SPECIAL_USE_DOMAIN_NAMES.clear()


def is_mail_address(text: str) -> bool:
    """Whether a mail can be addressed to it (RFC 5321). The domain is not looked up."""
    try:
        email_validator.validate_email(text, check_deliverability=False, allow_smtputf8=False)
    except email_validator.EmailNotValidError:
        return False
    return len(text) <= LONGEST_ADDRESS


def is_mail_server(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError:  # brackets or a port that are none
        return False


class Mailer:
    """A mail server by URL: `smtp://host:25`, `smtp+starttls://user:password@host:587`, `smtps://host:465`."""

    def __init__(self, address: str) -> None:
        self._parts = urlsplit(address)

    def send(self, message: EmailMessage) -> None:
        """Send a mail. Raises OSError or smtplib.SMTPException if the server does not accept it."""
        with self._connection() as server:
            if self._parts.username:
                server.login(unquote(self._parts.username), unquote(self._parts.password or ""))
            server.send_message(message)

    def _connection(self) -> smtplib.SMTP:
        host, port = self._parts.hostname or "", self._parts.port or 0
        if self._parts.scheme == "smtps":
            return smtplib.SMTP_SSL(host, port, timeout=TIMEOUT_SECONDS, context=ssl.create_default_context())
        server = smtplib.SMTP(host, port, timeout=TIMEOUT_SECONDS)
        if self._parts.scheme == "smtp+starttls":
            server.starttls(context=ssl.create_default_context())
        return server


def is_permanent(error: Exception) -> bool:
    """Whether retrying is useless: a 5xx reply about the recipient's address."""
    if not isinstance(error, smtplib.SMTPRecipientsRefused):
        return False
    return all(code >= PERMANENT_FAILURE for code, _ in error.recipients.values())
