"""Read mails from the office's mailbox (IMAP, RFC 3501)."""

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import unquote, urlsplit

TIMEOUT_SECONDS = 20
PORTS = {"imap": 143, "imaps": 993}
#: Larger mails are no answers, and are not fetched. So many are looked at in one round.
LARGEST_MAIL, MOST_MAILS = 512 * 1024, 100
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


def is_mailbox(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in PORTS and bool(parts.hostname and parts.username) and parts.port != 0
    except ValueError:  # brackets or a port that are none
        return False


class Mailbox:
    """A mailbox by URL: `imaps://user:password@host:993/INBOX`. One object is kept by each worker."""

    def __init__(self, address: str) -> None:
        self._parts = urlsplit(address)
        self._folder = unquote(self._parts.path.strip("/")) or "INBOX"
        #: The last mail that was looked at, so that what is left unread is not fetched every minute.
        self._last: tuple[bytes, int] = (b"", 0)

    @contextmanager
    def open(self) -> Iterator["OpenMailbox"]:
        """Raises OSError or imaplib.IMAP4.error if the server does not let it in."""
        host, port = self._parts.hostname or "", self._parts.port or 0
        server: imaplib.IMAP4
        if self._parts.scheme == "imaps":
            context = ssl.create_default_context()
            server = imaplib.IMAP4_SSL(host, port or PORTS["imaps"], ssl_context=context, timeout=TIMEOUT_SECONDS)
        else:
            server = imaplib.IMAP4(host, port or PORTS["imap"], timeout=TIMEOUT_SECONDS)
        with server:
            server.login(unquote(self._parts.username or ""), unquote(self._parts.password or ""))
            quoted = self._folder.replace("\\", "\\\\").replace('"', '\\"')
            if server.select(f'"{quoted}"')[0] != "OK":
                raise imaplib.IMAP4.error(f"no folder {self._folder}")
            generation = server.response("UIDVALIDITY")[1][0] or b""
            opened = OpenMailbox(server, self._last[1] if self._last[0] == generation else 0)
            yield opened
            self._last = (generation, opened.last)


class OpenMailbox:
    def __init__(self, server: imaplib.IMAP4, last: int) -> None:
        self._server, self.last = server, last

    def unread(self) -> Iterator[tuple[int, bytes]]:
        """(number, mail) of what was not looked at yet. Fetching it leaves it unread."""
        _, [found] = self._server.uid("SEARCH", "UNSEEN", f"UID {self.last + 1}:*")
        numbers = sorted(number for number in map(int, (found or b"").split()) if number > self.last)
        for number in numbers[:MOST_MAILS]:
            _, [described, *_] = self._server.uid("FETCH", str(number), "(RFC822.SIZE)")
            size = _SIZE.search(described if isinstance(described, bytes) else b"")
            if size and int(size[1]) <= LARGEST_MAIL:
                _, parts = self._server.uid("FETCH", str(number), "(BODY.PEEK[])")
                yield from ((number, part[1]) for part in parts if isinstance(part, tuple))
            self.last = number

    def mark_read(self, number: int) -> None:
        self._server.uid("STORE", str(number), "+FLAGS.SILENT", "(\\Seen)")
