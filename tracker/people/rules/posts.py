"""Rules of posts, of who holds them and when, and of units. Pure."""

import re
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class HoldingKind(StrEnum):
    """How somebody holds a post: definitively, or acting as Plt., Plh. or Pj."""

    DEFINITIVE = "definitive"
    PLT = "plt"
    PLH = "plh"
    PJ = "pj"


_ACTING = re.compile(r"^(?:plt|plh|pj|pjs)\b\.?\s*", re.IGNORECASE)
#: What is printed before the post's title: «Plt. Sekretaris …».
PREFIXES = {HoldingKind.PLT: "Plt.", HoldingKind.PLH: "Plh.", HoldingKind.PJ: "Pj."}


def with_prefix(kind: HoldingKind, title: str) -> str:
    """The post's title as its holder bears it; a title that already says so is left as it is."""
    prefix = PREFIXES.get(kind)
    return f"{prefix} {title}" if prefix and not title.casefold().startswith(prefix.casefold()) else title


def without_acting(title: str) -> str:
    """A post's title without the sign that somebody only acts in it: «Plt. Direktur» is Direktur."""
    return _ACTING.sub("", title)


class NamedPerson(NamedTuple):
    """What a page needs to name a person and lead to them."""

    id: int
    full_name: str
    is_provisional: bool


def full_name(prefix: str | None, name: str, suffix: str | None) -> str:
    """The name with its titles, as it is printed."""
    before = f"{prefix} " if prefix else ""
    after = f", {suffix}" if suffix else ""
    return f"{before}{name}{after}"


def covers(start_on: date | None, end_on: date | None, day: date) -> bool:
    """Whether a span covers a day; an open end is unbounded."""
    return (start_on is None or start_on <= day) and (end_on is None or day <= end_on)


def overlap(one: tuple[date | None, date | None], other: tuple[date | None, date | None]) -> bool:
    """Whether two spans share a day. A span that begins nowhere known is taken not to contradict an earlier one."""
    (start_one, end_one), (start_other, end_other) = one, other
    if start_one is None or start_other is None:
        return False
    return (end_one is None or start_other <= end_one) and (end_other is None or start_one <= end_other)


def leads_to_itself(unit_id: int, parent_id: int | None, parents: dict[int, int | None]) -> bool:
    """Whether putting a unit under this parent would make the tree a circle."""
    seen = {unit_id}
    while parent_id is not None:
        if parent_id in seen:
            return True
        seen.add(parent_id)
        parent_id = parents.get(parent_id)
    return False
