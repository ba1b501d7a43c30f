"""Rules of names and dates of office. Pure."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

#: From here on two names are near enough to ask before a second record is made.
NEAR = 0.84


class HoldingKind(StrEnum):
    """How somebody holds a post: definitively, or acting as Plt., Plh. or Pj."""

    DEFINITIVE = "definitive"
    PLT = "plt"
    PLH = "plh"
    PJ = "pj"


#: What is printed before the post's title: «Plt. Sekretaris …».
PREFIXES = {HoldingKind.PLT: "Plt.", HoldingKind.PLH: "Plh.", HoldingKind.PJ: "Pj."}


def with_prefix(kind: HoldingKind, title: str) -> str:
    """The post's title as its holder bears it; a title that already says so is left as it is."""
    prefix = PREFIXES.get(kind)
    return f"{prefix} {title}" if prefix and not title.casefold().startswith(prefix.casefold()) else title


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


def folded(name: str) -> str:
    """A name reduced to what two spellings share: no accents, case, punctuation or doubled spaces."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return " ".join(re.findall(r"[a-z0-9]+", plain))


def are_near(first: str, second: str) -> bool:
    """Whether two names may well be one person's: almost the same letters, or the words of one within the other."""
    one, two = folded(first), folded(second)
    if not one or not two:
        return False
    words_one, words_two = set(one.split()), set(two.split())
    if words_one <= words_two or words_two <= words_one:
        return True
    return SequenceMatcher(None, one.replace(" ", ""), two.replace(" ", "")).ratio() >= NEAR


def near_any(name: str, spellings: Iterable[str]) -> bool:
    """Whether a name is near to one of these spellings."""
    return any(are_near(name, spelling) for spelling in spellings)


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
