"""The organisation before a decree, and the lines of the decree. Pure.

A reference to a row that exists is its id; one to a row that the decree makes is its folded name.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.people.rules import folded

Ref = int | str
#: Between a name and the unit that it is part of, where the name alone is ambiguous: «Bagian Umum / Kanwil Bali».
SEPARATOR = " / "


class LineKind(StrEnum):
    UNIT = "unit"
    POST = "post"
    PERSON = "person"
    #: An open action, proposal or target.
    ITEM = "item"


def new_ref(name: str) -> str:
    return folded(name.replace(SEPARATOR, " @ "))


def split_name(name: str) -> tuple[str, str | None]:
    """The name itself, and the unit that it says it is part of."""
    own, _, above = name.partition(SEPARATOR)
    return own.strip(), above.strip() or None


@dataclass(frozen=True)
class Entry:
    """A unit with the unit above it, or a post with its unit."""

    id: int
    name: str
    above: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True)
class Held:
    """A holding of a post."""

    id: int
    person_id: int
    post_id: int
    is_definitive: bool = True
    start_on: date | None = None
    end_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Line:
    place: int
    kind: LineKind
    predecessor: int | None = None
    #: One that exists, or the name of a new one; neither: it ends, and its successor is what is above it.
    successor: int | None = None
    successor_name: str | None = None
    successor_name_en: str | None = None
    below: int | None = None
    below_name: str | None = None
    takes_rest: bool = False

    @property
    def to(self) -> Ref | None:
        return self.successor or (new_ref(self.successor_name) if self.successor_name else None)

    @property
    def has_below(self) -> bool:
        return self.below is not None or bool(self.below_name)


@dataclass(frozen=True, kw_only=True)
class ItemLine:
    """An open item, by its table and id, that goes to this unit."""

    place: int
    table: str
    item_id: int
    successor: int | None = None
    successor_name: str | None = None


@dataclass(frozen=True)
class World:
    """The organisation before the decree."""

    units: Mapping[int, Entry]
    posts: Mapping[int, Entry]
    held: Sequence[Held]
