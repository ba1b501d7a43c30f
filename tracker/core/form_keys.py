"""Each form carries a key. The same key with the same content is a repeated request and is not stored again.

The same key with different content is a new request, so nothing is lost if two windows share a key.
"""

import hashlib
import re
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Index, bindparam, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from tracker.core import clock
from tracker.core.db import Model, db

KEY_SHAPE = re.compile(r"[A-Za-z0-9_-]{24}")
#: How long a repeated request is recognised. After that the browser returns unsent input to the user instead.
REMEMBERED = timedelta(days=30)
#: Old keys removed per new one; more than one, so that the table does not grow.
FORGOTTEN_AT_ONCE = 20


class SpentKey(Model):
    __tablename__ = "spent_key"
    __table_args__ = (Index("ix_spent_key_key", "key"), Index("ix_spent_key_spent_at", "spent_at"))

    #: Hash of account, URL, key and content.
    fingerprint: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[int]
    key: Mapped[str]
    path: Mapped[str]
    led_to: Mapped[str | None]
    spent_at: Mapped[datetime]


def new_key() -> str:
    return secrets.token_urlsafe(18)


def fingerprint(account_id: int, address: str, key: str, content: Iterable[bytes]) -> str:
    """Identifies a request. Each part is hashed with its length, so that different contents cannot collide."""
    whole = hashlib.sha256()
    for part in (str(account_id).encode(), address.encode(), key.encode(), *content):
        whole.update(len(part).to_bytes(8, "big"))
        whole.update(part)
    return whole.hexdigest()


def spent(digest: str) -> SpentKey | None:
    return db.session.get(SpentKey, digest)


def is_spent(key: str, account_id: int, path: str) -> bool:
    return db.session.scalar(_SPENT, {"key": key, "account_id": account_id, "path": path}) is not None


_SPENT = (
    select(SpentKey.key)
    .filter_by(key=bindparam("key"), account_id=bindparam("account_id"), path=bindparam("path"))
    .limit(1)
)


def spend(digest: str, key: str, account_id: int, path: str) -> SpentKey | None:
    """Record the request as stored in this transaction; None if the same request was first."""
    _delete_old_keys()
    request = SpentKey(fingerprint=digest, account_id=account_id, key=key, path=path, led_to=None, spent_at=clock.now())
    db.session.add(request)
    try:
        db.session.flush()  # the second of two simultaneous clicks waits here, then fails
    except IntegrityError:
        db.session.rollback()
        return None
    return request


def _delete_old_keys() -> None:
    db.session.execute(_OLD_KEYS, {"until": clock.now() - REMEMBERED})


_OLD_KEYS = delete(SpentKey).where(
    SpentKey.fingerprint.in_(
        select(SpentKey.fingerprint)
        .where(SpentKey.spent_at < bindparam("until"))
        .order_by(SpentKey.spent_at)
        .limit(FORGOTTEN_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
)
