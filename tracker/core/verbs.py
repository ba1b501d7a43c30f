"""What the reader of a record may do with it: one main verb, two beside it, the rest in a menu."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

BESIDE = 2


@dataclass(frozen=True, kw_only=True)
class Verb:
    label: str
    href: str
    #: Whether it may be the main verb.
    leads: bool = False
    #: Whether it is always in the menu.
    is_rare: bool = False
    #: Whether pressing it changes something at once, without a page of its own.
    is_post: bool = False


@dataclass(frozen=True)
class Verbs:
    main: Verb | None
    beside: Sequence[Verb]
    rest: Sequence[Verb]

    def __bool__(self) -> bool:
        return bool(self.main or self.beside or self.rest)


def arranged(verbs: Iterable[Verb]) -> Verbs:
    """Arrange verbs that come with the likeliest first."""
    verbs = list(verbs)
    main = next((verb for verb in verbs if verb.leads), None)
    others = [verb for verb in verbs if verb is not main]
    beside = [verb for verb in others if not verb.is_rare][:BESIDE]
    return Verbs(main, beside, [verb for verb in others if verb not in beside])
