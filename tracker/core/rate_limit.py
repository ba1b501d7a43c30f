"""Rate limits counted in the database, so that they hold across processes and nodes."""

import math
import time
from dataclasses import dataclass
from typing import Any

from flask import request
from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter
from sqlalchemy import case, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column

from tracker.core.db import SAFE_METHODS, Model, db
from tracker.core.errors import TooMany
from tracker.core.restarts import restarting
from tracker.core.wording import lazy_gettext as _l


class ThrottleCount(Model):
    __tablename__ = "throttle_count"

    key: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
    #: Unix time.
    expires_at: Mapped[float]


class DatabaseStorage(Storage):
    """Storage for the `limits` library, which has none for SQL."""

    STORAGE_SCHEME = ["tracker-database"]  # noqa: RUF012  # the library's own protocol

    def __init__(self, *, counts_refused: bool = False) -> None:
        """`counts_refused`: also count requests of which nothing is stored. Nothing else may be pending then."""
        super().__init__()
        self._counts_refused = counts_refused

    @property
    def base_exceptions(self) -> type[Exception]:
        return SQLAlchemyError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count one more in the window, or start a new one; atomic on both databases."""
        now = time.time()
        insert: Any = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
        is_over = ThrottleCount.expires_at <= now
        statement = insert(ThrottleCount).values(key=key, count=amount, expires_at=now + expiry)
        statement = statement.on_conflict_do_update(
            index_elements=[ThrottleCount.key],
            set_={
                "count": case((is_over, amount), else_=ThrottleCount.count + amount),
                "expires_at": case((is_over, now + expiry), else_=ThrottleCount.expires_at),
            },
        ).returning(ThrottleCount.count)
        # A request that only reads commits nothing of its own, nor does one that is refused.
        if self._counts_refused or request.method in SAFE_METHODS:
            return restarting(lambda: self._stored(statement))
        return int(db.session.execute(statement).scalar_one())

    @staticmethod
    def _stored(statement: Any) -> int:
        with db.engine.execution_options(is_writing=True).begin() as connection:
            return int(connection.execute(statement).scalar_one())

    def get(self, key: str) -> int:
        return db.session.scalar(self._living(ThrottleCount.count, key)) or 0

    def get_expiry(self, key: str) -> float:
        return db.session.scalar(self._living(ThrottleCount.expires_at, key)) or time.time()

    def check(self) -> bool:
        """Always available: without the database nothing works anyway."""
        return True

    def reset(self) -> int:
        return len(db.session.scalars(delete(ThrottleCount).returning(ThrottleCount.key)).all())

    def clear(self, key: str) -> None:
        db.session.execute(delete(ThrottleCount).where(ThrottleCount.key == key))

    @staticmethod
    def _living(column: Any, key: str) -> Any:
        return select(column).where(ThrottleCount.key == key, ThrottleCount.expires_at > time.time())


class Throttle:
    """Several limits on failed attempts, each keyed by different attributes."""

    def __init__(self, **limits: tuple[int, int]) -> None:
        """Each limit by name: (failures, minutes)."""
        self._limits: dict[str, RateLimitItem] = {
            name: RateLimitItemPerMinute(amount, minutes) for name, (amount, minutes) in limits.items()
        }
        self._counter = FixedWindowRateLimiter(DatabaseStorage())

    def ensure_open(self, **who: str) -> None:
        if self.is_exhausted(**who):
            raise TooMany(_l("Too many attempts. Wait a quarter of an hour, then try again."))

    def is_exhausted(self, **who: str) -> bool:
        return not all(self._counter.test(self._limits[name], name, part) for name, part in who.items())

    def count_failure(self, **who: str) -> None:
        for name, part in who.items():
            self._counter.hit(self._limits[name], name, part)

    def count(self, **who: str) -> None:
        """Count a request, whatever becomes of it. Refuses it where the limit is reached."""
        self.ensure_open(**who)
        self.count_failure(**who)


@dataclass(frozen=True)
class Allowance:
    """How many requests are allowed in a window, how many are left, and the seconds until it ends."""

    limit: int
    seconds: int
    left: int
    ends_in: int


class Quota:
    """A limit on all requests of one sender, which the answers tell (draft-ietf-httpapi-ratelimit-headers)."""

    def __init__(self, name: str, amount: int, minutes: int) -> None:
        self._name, self._limit = name, RateLimitItemPerMinute(amount, minutes)
        self._counter = FixedWindowRateLimiter(DatabaseStorage(counts_refused=True))

    def count(self, sender: str) -> tuple[bool, Allowance]:
        """Whether the request is allowed. Ends the transaction of the session, so it comes first."""
        db.session.rollback()  # SQLite has one writer at a time
        is_allowed = self._counter.hit(self._limit, self._name, sender)
        stats = self._counter.get_window_stats(self._limit, self._name, sender)
        db.session.rollback()
        ends_in = max(1, math.ceil(stats.reset_time - time.time()))
        return is_allowed, Allowance(self._limit.amount, self._limit.get_expiry(), max(0, stats.remaining), ends_in)
