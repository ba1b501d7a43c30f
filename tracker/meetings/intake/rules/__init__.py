"""Rules for pasted texts. Pure."""

from tracker.meetings.intake.rules.names import LONGEST_ROW, Recognition, attendees_of, is_a_list
from tracker.meetings.intake.rules.pieces import Piece, Who, kind_of, pieces_of

__all__ = ["LONGEST_ROW", "Piece", "Recognition", "Who", "attendees_of", "is_a_list", "kind_of", "pieces_of"]
