"""Plays randomly generated office work into an empty database, through the commands.

The same work can be played with and without its secret part: in the same order, at the same time, with the same texts.
"""

from tests.security.office_work.history import classify, classify_row, play
from tests.security.office_work.matters import SECRET, Kind, Matter
from tests.security.office_work.office import DECISION_MAKER, PARTICIPANT, PASSWORD, READER, SECRETARY, Office

__all__ = [
    "DECISION_MAKER", "PARTICIPANT", "PASSWORD", "READER", "SECRET", "SECRETARY", "Kind", "Matter", "Office",
    "classify", "classify_row", "play",
]  # fmt: skip
