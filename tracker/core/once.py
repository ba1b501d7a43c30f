"""Each form carries a key. One key and one content are one request: sent again, it is answered, not stored again.

The same key with other content is another request. So a key that two windows came to share costs nobody's words.
"""

import hashlib
import re
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Index, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from tracker.core import clock
from tracker.core.db import Model, db

KEY_SHAPE = re.compile(r"[A-Za-z0-9_-]{24}")
#: How long a repeat is recognised. The browser returns what it could not send for longer to whoever typed it.
REMEMBERED = timedelta(days=30)
#: How many old keys each new one removes; more than one, so that the table shrinks to what is remembered.
FORGOTTEN_AT_ONCE = 20


class SpentKey(Model):
    """A request that was stored, and where that led."""

    __tablename__ = "spent_key"
    __table_args__ = (Index("ix_spent_key_key", "key"), Index("ix_spent_key_spent_at", "spent_at"))

    #: Of account, address, key and content.
    fingerprint: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[int]
    key: Mapped[str]
    path: Mapped[str]
    led_to: Mapped[str | None]
    spent_at: Mapped[datetime]


def new_key() -> str:
    """A key no one can guess, for one rendering of one form."""
    return secrets.token_urlsafe(18)


def fingerprint(account_id: int, address: str, key: str, content: Iterable[bytes]) -> str:
    """What makes a request this one. Each part is hashed with its length, so that no two contents look alike."""
    whole = hashlib.sha256()
    for part in (str(account_id).encode(), address.encode(), key.encode(), *content):
        whole.update(len(part).to_bytes(8, "big"))
        whole.update(part)
    return whole.hexdigest()


def spent(mark: str) -> SpentKey | None:
    """The request with this fingerprint, where it was stored."""
    return db.session.get(SpentKey, mark)


def is_spent(key: str, account_id: int, path: str) -> bool:
    """Whether this account has stored something at this address with this key, whatever it was."""
    known = select(SpentKey.key).filter_by(key=key, account_id=account_id, path=path)
    return db.session.scalar(known.limit(1)) is not None


def spend(mark: str, key: str, account_id: int, path: str) -> SpentKey | None:
    """Mark the request as stored in this transaction; None when the same request was first."""
    _forget_old_ones()
    request = SpentKey(fingerprint=mark, account_id=account_id, key=key, path=path, led_to=None, spent_at=clock.now())
    db.session.add(request)
    try:
        db.session.flush()  # the other of two simultaneous clicks waits here, then fails
    except IntegrityError:
        db.session.rollback()
        return None
    return request


def _forget_old_ones() -> None:
    old = select(SpentKey.fingerprint).where(SpentKey.spent_at < clock.now() - REMEMBERED)
    few = old.order_by(SpentKey.spent_at).limit(FORGOTTEN_AT_ONCE).with_for_update(skip_locked=True)
    db.session.execute(delete(SpentKey).where(SpentKey.fingerprint.in_(few)))
