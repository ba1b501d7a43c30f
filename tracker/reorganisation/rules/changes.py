"""Changes of units, posts and holdings by a decree, and the owners of open items afterwards. Pure."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tracker.reorganisation.rules.decree import Entry, Held, Ref


class ProblemKind(StrEnum):
    #: Nobody, or more than one, takes what no line gives to another.
    UNIT_WITHOUT_HEIR = "unit_without_heir"
    POST_WITHOUT_HEIR = "post_without_heir"
    UNKNOWN_UNIT = "unknown_unit"
    UNKNOWN_POST = "unknown_post"
    #: The successor, or the unit above, does not exist any more on the day.
    ENDED = "ended"
    #: The predecessor ended before the day, or does not exist yet.
    NOT_THEN = "not_then"
    TWO_HOLDERS = "two_holders"
    BELOW_ITSELF = "below_itself"


class Move(StrEnum):
    """What becomes of a unit or post."""

    NEW = "new"
    RENAMED = "renamed"
    MOVED = "moved"
    SPLIT = "split"
    MERGED = "merged"
    ENDS = "ends"
    #: It goes on, and hands something over to others.
    GIVES = "gives"


@dataclass(frozen=True)
class NewEntry:
    name: str
    above: Ref | None
    #: Where most of it comes from; what is not said of the new one is copied from there.
    predecessors: tuple[int, ...] = ()
    name_en: str | None = None


@dataclass(frozen=True)
class HeldChange:
    """A holding that ends the day before and goes on in another post; in none if `post` is None.

    One that began later, or has no former part, moves as a whole.
    """

    held: Held
    post: Ref | None
    is_moved: bool


@dataclass(frozen=True)
class Problem:
    kind: ProblemKind
    #: The line it is about, if it is about one.
    place: int | None = None
    #: The unit or post it is about.
    of: Ref | None = None
    name: str | None = None
    persons: tuple[int, ...] = ()


@dataclass
class Changes:
    """What becomes of the units, or of the posts."""

    before: Mapping[int, Entry]
    new: dict[str, NewEntry] = field(default_factory=dict)
    #: Those that end, with who takes the rest; None if nobody does.
    heirs: dict[int, Ref | None] = field(default_factory=dict)
    successors: dict[int, list[Ref]] = field(default_factory=dict)
    moves: dict[int, Move] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    #: In English, of those that are renamed.
    names_en: dict[int, str | None] = field(default_factory=dict)
    above: dict[int, Ref | None] = field(default_factory=dict)

    def heir(self, ref: Ref | None) -> Ref | None:
        """Where what belonged to it belongs after the decree; itself if it goes on."""
        seen: set[Ref] = set()
        while isinstance(ref, int) and ref in self.heirs:
            if ref in seen:
                return None
            seen.add(ref)
            ref = self.heirs[ref]
        return ref

    def name(self, ref: Ref) -> str:
        if isinstance(ref, str):
            return self.new[ref].name if ref in self.new else ref
        return self.names.get(ref) or self.before[ref].name


@dataclass
class Plan:
    """What the decree changes."""

    units: Changes
    posts: Changes
    held: list[HeldChange]
    #: Persons who held no post before, with the one a line gives them.
    appointed: list[tuple[int, Ref]]
    problems: list[Problem]
    #: By person: posts with their units that the decree gives and that the person did not have so (ADR 60).
    gains: dict[int, set[tuple[Ref, Ref | None]]] = field(default_factory=lambda: defaultdict(set))
    #: Units of the posts that each person holds after the decree.
    units_of_persons: dict[int, set[Ref]] = field(default_factory=lambda: defaultdict(set))

    def unit_of_post(self, ref: Ref | None) -> Ref | None:
        """The unit of a post after the decree."""
        post = self.posts.heir(ref)
        if isinstance(post, str):
            return self.posts.new[post].above if post in self.posts.new else None
        if post is None or post not in self.posts.before:
            return None
        return self.posts.above.get(post, self.units.heir(self.posts.before[post].above))

    def owner(
        self, unit_id: int | None, post_id: int | None = None, person_id: int | None = None, given: Ref | None = None
    ) -> Ref | None:
        """The unit that an open item belongs to after the decree.

        What a line gives it to; else the unit of its post, if that was the owner's; else the successor to which its
        person goes; else whoever takes the rest.
        """
        if given is not None:
            return given
        if unit_id is None:
            return None
        if post_id is not None and post_id in self.posts.before and self.posts.before[post_id].above == unit_id:
            unit = self.unit_of_post(post_id)
            if unit is not None:
                return unit
        successors = self.units.successors.get(unit_id, [])
        if len(successors) > 1 and person_id is not None:
            mine = {self._first_above(unit, successors) for unit in self.units_of_persons.get(person_id, ())} - {None}
            if len(mine) == 1:
                return mine.pop()
        return self.units.heir(unit_id)

    def _first_above(self, unit: Ref, successors: Collection[Ref]) -> Ref | None:
        """The successor that this unit is, or is part of."""
        seen: set[Ref] = set()
        at: Ref | None = unit
        while at is not None and at not in successors and at not in seen:
            seen.add(at)
            at = self.above_unit(at)
        return at if at in successors else None

    def above_unit(self, unit: Ref) -> Ref | None:
        """The unit above a unit after the decree."""
        if isinstance(unit, str):
            return self.units.new[unit].above if unit in self.units.new else None
        return self.units.above.get(unit, self.units.heir(self.units.before[unit].above))
