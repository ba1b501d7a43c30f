"""Rules of minutes: states, required parts, frozen content, and comparing versions. Pure."""

from tracker.minutes.rules.comparison import Comparison
from tracker.minutes.rules.frozen import canonical, hash_of
from tracker.minutes.rules.passages import Passage, passages, unprintable
from tracker.minutes.rules.sections import Line, Section, sections_of
from tracker.minutes.rules.states import LOCKED, NEXT, Lack, MinutesState, lacking

__all__ = [
    "LOCKED",
    "NEXT",
    "Comparison",
    "Lack",
    "Line",
    "MinutesState",
    "Passage",
    "Section",
    "canonical",
    "hash_of",
    "lacking",
    "passages",
    "sections_of",
    "unprintable",
]  # fmt: skip
