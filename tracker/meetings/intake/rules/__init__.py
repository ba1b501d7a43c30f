"""Rules for pasted texts. Pure."""

from tracker.meetings.intake.rules.header import Header, header_of, present_in
from tracker.meetings.intake.rules.marking import Stretch, joined, marked, split_at_line_end
from tracker.meetings.intake.rules.names import LONGEST_ROW, Recognition, attendees_of, is_a_list
from tracker.meetings.intake.rules.pieces import Piece, Who, kind_of, pieces_of, who_is

__all__ = [
    "LONGEST_ROW", "Header", "Piece", "Recognition", "Stretch", "Who", "attendees_of", "header_of", "is_a_list",
    "joined", "kind_of", "marked", "pieces_of", "present_in", "split_at_line_end", "who_is",
]  # fmt: skip
