"""Two rows of a register that are one person or post: what is asked, and what they are called afterwards. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum

from tracker.people.formats import folded


class Keep(StrEnum):
    """Which of two rows about the same matter stays."""

    FIRST = "first"
    SECOND = "second"
    BOTH = "both"


#: Rows that both persons may have about one matter, by table: the relationship that leads to the matter.
TWINS_OF_PERSONS = {
    "action_supporter": "action",
    "attendance": "meeting",
    "position_holding": "position",
    "proposal_proponent": "proposal",
}
#: Rows that both posts may have about one matter.
TWINS_OF_POSTS = {"action_supporter": "action", "position_holding": "person"}


def joined_names(name: str, aliases: Sequence[str], others: Iterable[str | None]) -> list[str]:
    """The other spellings of a row that takes over another's names: each once, and none that is the name itself."""
    found: dict[str, str] = {}
    for spelling in (*aliases, *(other for other in others if other)):
        found.setdefault(folded(spelling), spelling)
    found.pop(folded(name), None)
    return list(found.values())


def ends_of(into: Mapping[int, int]) -> dict[int, int]:
    """For every row that was merged into another the row that stands for it now, which may have been merged on."""
    ends = {}
    for number, end in into.items():
        while end in into:
            end = into[end]
        ends[number] = end
    return ends


def may_overlap(one: tuple[date | None, date | None], other: tuple[date | None, date | None]) -> bool:
    """Whether two spans may share a day, an unknown end being open."""
    (start_one, end_one), (start_other, end_other) = one, other
    starts_in_time = start_one is None or end_other is None or start_one <= end_other
    return starts_in_time and (start_other is None or end_one is None or start_other <= end_one)
