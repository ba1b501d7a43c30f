"""Rules of posts, holdings and units. Pure."""

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
#: Printed before the title of the post: «Plt. Sekretaris …».
_PREFIXES = {HoldingKind.PLT: "Plt.", HoldingKind.PLH: "Plh.", HoldingKind.PJ: "Pj."}


def with_prefix(kind: HoldingKind, title: str) -> str:
    """The title with the prefix of an acting holder, unless it already has it."""
    prefix = _PREFIXES.get(kind)
    return f"{prefix} {title}" if prefix and not title.casefold().startswith(prefix.casefold()) else title


def without_acting_prefix(title: str) -> str:
    """The title without a prefix for acting holders: «Plt. Direktur» is Direktur."""
    return _ACTING.sub("", title)


class NamedPerson(NamedTuple):
    id: int
    full_name: str
    is_provisional: bool


def full_name(prefix: str | None, name: str, suffix: str | None) -> str:
    before = f"{prefix} " if prefix else ""
    after = f", {suffix}" if suffix else ""
    return f"{before}{name}{after}"


def covers(start_on: date | None, end_on: date | None, day: date) -> bool:
    """Whether a span includes the day; an unknown start or end is open."""
    return (start_on is None or start_on <= day) and (end_on is None or day <= end_on)


def overlap(one: tuple[date | None, date | None], other: tuple[date | None, date | None]) -> bool:
    """Whether two spans overlap. A span with an unknown start is assumed not to."""
    (start_one, end_one), (start_other, end_other) = one, other
    if start_one is None or start_other is None:
        return False
    return (end_one is None or start_other <= end_one) and (end_other is None or start_one <= end_other)


def creates_cycle(unit_id: int, parent_id: int | None, parents: dict[int, int | None]) -> bool:
    seen = {unit_id}
    while parent_id is not None:
        if parent_id in seen:
            return True
        seen.add(parent_id)
        parent_id = parents.get(parent_id)
    return False
