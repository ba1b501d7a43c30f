"""Each form carries a key that is spent by saving, so that a double click stores once."""

import secrets
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from tracker.core import clock
from tracker.core.actor import current
from tracker.core.db import Model, db


class SpentKey(Model):
    """A form's key after its first success, and where that success led."""

    __tablename__ = "spent_key"

    key: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[int | None]
    path: Mapped[str]
    led_to: Mapped[str | None]
    spent_at: Mapped[datetime]


def new_key() -> str:
    """A key no one can guess, for one rendering of one form."""
    return secrets.token_urlsafe(18)


def spent(key: str, path: str) -> SpentKey | None:
    """The key's first success, if this same person already had one at this address."""
    actor = current()
    account_id = actor.account_id if actor else None
    return db.session.scalar(select(SpentKey).filter_by(key=key, path=path, account_id=account_id))


def spend(key: str, path: str) -> SpentKey | None:
    """Mark the key as spent in this transaction; None when another request was first."""
    actor = current()
    mark = SpentKey(
        key=key, path=path, account_id=actor.account_id if actor else None, led_to=None, spent_at=clock.now()
    )
    db.session.add(mark)
    try:
        db.session.flush()  # the other of two simultaneous clicks waits here, then fails
    except IntegrityError:
        db.session.rollback()
        return None
    return mark
