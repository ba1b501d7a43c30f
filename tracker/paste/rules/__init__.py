"""What pasted texts propose: statements, and lists of names. Pure."""

from tracker.paste.rules.names import Recognition, attendees_of
from tracker.paste.rules.pieces import Piece, Who, kind_of, pieces_of, who_is

__all__ = ["Piece", "Recognition", "Who", "attendees_of", "kind_of", "pieces_of", "who_is"]
