"""What the office deals with, generated from a seed."""

from dataclasses import dataclass, field
from enum import StrEnum
from random import Random
from string import ascii_lowercase

#: Every text of a matter has a word that starts with one of these and occurs nowhere else.
SECRET, OPEN = "zrahasia", "zterbuka"


class Kind(StrEnum):
    """Which row of a matter is classified; its other rows must follow."""

    MEETING = "meeting"
    PROPOSAL = "proposal"
    LINE = "line"
    ACTION = "action"
    FILE = "file"


@dataclass
class Matter:
    """A matter with the ids of its rows. It has a meeting of its own, or is dealt with in the shared one."""

    number: int
    kind: Kind
    is_secret: bool
    chance: Random
    meeting: int = 0
    lines: list[int] = field(default_factory=list)
    proposals: list[int] = field(default_factory=list)
    actions: list[int] = field(default_factory=list)
    files: list[int] = field(default_factory=list)
    texts: int = 0

    def text(self, about: str) -> str:
        """A new text with a unique word."""
        self.texts += 1
        return f"{about} {SECRET if self.is_secret else OPEN}{_letters(self.number)}{_letters(self.texts)}"

    @property
    def has_proposal(self) -> bool:
        return self.kind in {Kind.MEETING, Kind.PROPOSAL, Kind.LINE}


def _letters(number: int) -> str:
    return ascii_lowercase[number // 26] + ascii_lowercase[number % 26]


def matters_of(seed: int, count: int = 7) -> list[Matter]:
    """Secret matters of every kind, some kinds twice, and some matters that are not secret."""
    chance = Random(seed)  # generates test data, not secrets
    kinds = [*Kind, *chance.choices(list(Kind), k=max(0, count - len(Kind)))]
    chance.shuffle(kinds)
    open_kinds = [Kind.MEETING, Kind.PROPOSAL, Kind.ACTION]
    matters = [(kind, True) for kind in kinds] + [(kind, False) for kind in open_kinds]
    chance.shuffle(matters)
    return [
        Matter(number, kind, is_secret, Random(f"{seed}:{number}")) for number, (kind, is_secret) in enumerate(matters)
    ]
