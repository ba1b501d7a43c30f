"""The acting user, and the classification levels they are cleared for."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import wraps
from typing import Concatenate, ParamSpec

Rest = ParamSpec("Rest")
#: A policy: whether an actor may do something.
May = Callable[Concatenate["Actor", Rest], bool]


class Role(StrEnum):
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
    """Security classification (klasifikasi keamanan), from ordinary to top secret: B, T, R, SR."""

    ORDINARY = "ordinary"
    RESTRICTED = "restricted"
    SECRET = "secret"
    TOP_SECRET = "top_secret"

    @property
    def rank(self) -> int:
        """From 0 for ordinary."""
        return _RANKS[self]

    def at_least(self, *origins: "Classification") -> "Classification":
        return max((self, *origins), key=lambda level: level.rank)

    def above(self, up_to: "Classification") -> list["Classification"]:
        return [level for level in Classification if self.rank < level.rank <= up_to.rank]


#: A table, since it is used for every classified row that is read.
_RANKS = {level: rank for rank, level in enumerate(Classification)}


@dataclass(frozen=True, kw_only=True)
class Actor:
    account_id: int | None
    name: str
    person_id: int | None = None
    roles: frozenset[Role] = frozenset()
    clearance: Classification = Classification.ORDINARY
    #: Units in which the person holds a post today.
    unit_ids: frozenset[int] = frozenset()
    #: Whether a link in a mail or letter acts, instead of somebody who signed in (ADR 106).
    is_through_link: bool = False
    #: Only when viewing pages as another account: the account being viewed, and the one looking. Nothing is shown that
    #: either of them may not see.
    reader: "Actor | None" = None
    behind: "Actor | None" = None
    #: The name of the token with which a program acts for the account.
    via: str | None = None

    @property
    def real(self) -> "Actor":
        """The account that is really signed in, for logs and audit."""
        return self.behind or self

    @property
    def seen(self) -> "Actor":
        """The account whose pages are shown, with its own account id and roles."""
        return self.reader or self

    @property
    def signature(self) -> str:
        """The name in the audit chain, in the language of the record."""
        if self.via:
            return f"{self.name} (API: {self.via})"
        return f"{self.name} (melalui tautan)" if self.is_through_link else self.name

    def has(self, *roles: Role) -> bool:
        return not self.roles.isdisjoint(roles)


#: Matches no row: the account id when viewing as another account, so that rows owned by an account are never found.
NO_ACCOUNT = 0


def seen_through(reader: Actor, behind: Actor) -> Actor:
    """The reader as viewed by somebody else: no account, the roles of both, and the lower clearance."""
    lower = min(reader.clearance, behind.clearance, key=lambda level: level.rank)
    return replace(
        reader, account_id=NO_ACCOUNT, roles=reader.roles & behind.roles, clearance=lower, reader=reader, behind=behind
    )


def both(may: May[Rest]) -> May[Rest]:
    """Mark a policy that must allow both accounts in a preview: the reader and the previewer."""

    @wraps(may)
    def check(actor: Actor, /, *args: Rest.args, **kwargs: Rest.kwargs) -> bool:
        previewer = actor.behind
        return may(actor.seen, *args, **kwargs) and (previewer is None or may(previewer, *args, **kwargs))

    return check


def lent(may: May[Rest]) -> May[Rest]:
    """Mark a policy that in a preview checks only the reader. For steps, never for reading."""

    @wraps(may)
    def check(actor: Actor, /, *args: Rest.args, **kwargs: Rest.kwargs) -> bool:
        return may(actor.seen, *args, **kwargs)

    return check


#: The command line, with nobody signed in.
SYSTEM = Actor(account_id=None, name="system")

_current: ContextVar[Actor | None] = ContextVar("current_actor", default=None)


def current() -> Actor | None:
    return _current.get()


def enter(actor: Actor | None) -> Token[Actor | None]:
    return _current.set(actor)


def leave(token: Token[Actor | None]) -> None:
    _current.reset(token)


@contextmanager
def acting(actor: Actor | None) -> Iterator[None]:
    token = enter(actor)
    try:
        yield
    finally:
        leave(token)
