"""Rules of minutes: what submitting needs, the mark of a frozen text, and what a correction changed. Pure."""

from tracker.minutes.rules.frozen import canonical, mark_of
from tracker.minutes.rules.passages import Passage, passages, unprintable
from tracker.minutes.rules.reading import Reading
from tracker.minutes.rules.sections import Line, Section, sections_of
from tracker.minutes.rules.states import LOCKED, NEXT, Lack, MinutesState, lacking

__all__ = [
    "LOCKED", "NEXT", "Lack", "Line", "MinutesState", "Passage", "Reading", "Section", "canonical", "lacking",
    "mark_of", "passages", "sections_of", "unprintable",
]  # fmt: skip
