"""Rules for merging two entries of a register. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum

from tracker.people.formats import folded


class Keep(StrEnum):
    FIRST = "first"
    SECOND = "second"
    BOTH = "both"


#: Tables in which both persons may have a row about the same matter, with the relationship that leads to it.
TWINS_OF_PERSONS = {
    "action_supporter": "action",
    "attendance": "meeting",
    "position_holding": "position",
    "proposal_proponent": "proposal",
}
#: The same for posts.
TWINS_OF_POSTS = {"action_supporter": "action", "position_holding": "person"}


def joined_names(name: str, aliases: Sequence[str], others: Iterable[str | None]) -> list[str]:
    """Aliases of a row after a merge: each spelling once, without the name itself."""
    names: dict[str, str] = {}
    for spelling in (*aliases, *(other for other in others if other)):
        names.setdefault(folded(spelling), spelling)
    names.pop(folded(name), None)
    return list(names.values())


def ends_of(into: Mapping[int, int]) -> dict[int, int]:
    """Resolve chains of merges: maps every merged id to the final one."""
    ends = {}
    for number, end in into.items():
        while end in into:
            end = into[end]
        ends[number] = end
    return ends


def may_overlap(one: tuple[date | None, date | None], other: tuple[date | None, date | None]) -> bool:
    """Whether two spans may overlap; an unknown end is open."""
    (start_one, end_one), (start_other, end_other) = one, other
    starts_in_time = start_one is None or end_other is None or start_one <= end_other
    return starts_in_time and (start_other is None or end_one is None or start_other <= end_one)
