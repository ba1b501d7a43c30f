"""Who acts: the signed-in person as the domain sees them, and the levels of secrecy they are cleared for."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What an account may be; one account may hold several. Source: domain.md 7.2."""

    SECRETARIAT = "secretariat"
    CHAIR = "chair"
    ADVISER = "adviser"
    PIC = "pic"
    REVIEWER = "reviewer"
    DECISION_MAKER = "decision_maker"
    ADMIN = "admin"
    AUDITOR = "auditor"
    READER = "reader"


class Classification(StrEnum):
    """Security classification (klasifikasi keamanan), from open to most secret: B, T, R, SR."""

    ORDINARY = "ordinary"
    RESTRICTED = "restricted"
    SECRET = "secret"
    TOP_SECRET = "top_secret"

    @property
    def rank(self) -> int:
        """0 for ordinary, rising with secrecy."""
        return _RANKS[self]

    def at_least(self, *origins: "Classification") -> "Classification":
        """The highest of itself and what it came from."""
        return max((self, *origins), key=lambda level: level.rank)


#: Looked up for every classified row that is read.
_RANKS = {level: rank for rank, level in enumerate(Classification)}


@dataclass(frozen=True, kw_only=True)
class Actor:
    """A signed-in account, reduced to what rules and policies ask about."""

    account_id: int | None
    name: str
    person_id: int | None = None
    roles: frozenset[Role] = frozenset()
    clearance: Classification = Classification.ORDINARY
    #: Units in which the person holds a post today.
    unit_ids: frozenset[int] = frozenset()

    def has(self, *roles: Role) -> bool:
        """Whether the actor holds at least one of these roles."""
        return not self.roles.isdisjoint(roles)


#: The command line acting on its own, with nobody signed in.
SYSTEM = Actor(account_id=None, name="system")

_current: ContextVar[Actor | None] = ContextVar("current_actor", default=None)


def current() -> Actor | None:
    """The actor of this request, or None when nobody is signed in."""
    return _current.get()


def enter(actor: Actor | None) -> Token[Actor | None]:
    """Let this actor be the current one until `leave`."""
    return _current.set(actor)


def leave(token: Token[Actor | None]) -> None:
    """Give way to whoever acted before."""
    _current.reset(token)


@contextmanager
def acting(actor: Actor | None) -> Iterator[None]:
    """Let this actor be the current one for a while."""
    token = enter(actor)
    try:
        yield
    finally:
        leave(token)
