"""Who acts: the signed-in person as the domain sees them, and the levels of secrecy they are cleared for."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import wraps
from typing import Concatenate, ParamSpec

Rest = ParamSpec("Rest")
#: A policy: whether somebody may do something with things.
May = Callable[Concatenate["Actor", Rest], bool]


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

    def above(self, up_to: "Classification") -> list["Classification"]:
        """The levels more secret than this one, none more secret than `up_to`."""
        return [level for level in Classification if self.rank < level.rank <= up_to.rank]


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
    #: In a preview the reader whose pages are shown, and whoever looks at them: no more is seen than both may see.
    reader: "Actor | None" = None
    behind: "Actor | None" = None

    @property
    def real(self) -> "Actor":
        """The person who sits there, in a preview, too: whom logs and the audit name."""
        return self.behind or self

    @property
    def seen(self) -> "Actor":
        """Whose pages are shown, with their own account and roles."""
        return self.reader or self

    def has(self, *roles: Role) -> bool:
        """Whether the actor holds at least one of these roles."""
        return not self.roles.isdisjoint(roles)


#: No row belongs to it: the account of a preview, so that nothing that is an account's own is asked for or found.
NO_ACCOUNT = 0


def seen_through(reader: Actor, behind: Actor) -> Actor:
    """The reader as somebody else previews them: nobody's account, the roles of both, the lower clearance."""
    lower = min(reader.clearance, behind.clearance, key=lambda level: level.rank)
    return replace(
        reader, account_id=NO_ACCOUNT, roles=reader.roles & behind.roles, clearance=lower, reader=reader, behind=behind
    )


def both(may: May[Rest]) -> May[Rest]:
    """Mark a policy that a preview does not lend: there it asks the reader and whoever looks, each as themselves."""

    @wraps(may)
    def ask(actor: Actor, /, *things: Rest.args, **named: Rest.kwargs) -> bool:
        looks = actor.behind
        return may(actor.seen, *things, **named) and (looks is None or may(looks, *things, **named))

    return ask


def lent(may: May[Rest]) -> May[Rest]:
    """Mark a policy that a preview lends: it asks the reader alone. It opens a step, and nothing to read."""

    @wraps(may)
    def ask(actor: Actor, /, *things: Rest.args, **named: Rest.kwargs) -> bool:
        return may(actor.seen, *things, **named)

    return ask


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
