"""Rules for pasted texts. Pure."""

from tracker.meetings.intake.rules.again import corrected
from tracker.meetings.intake.rules.header import Header, header_of, present_at, present_in
from tracker.meetings.intake.rules.kinds import kind_of
from tracker.meetings.intake.rules.marking import Stretch, joined, marked, split_at_line_end
from tracker.meetings.intake.rules.names import LONGEST_ROW, Recognition, attendees_of, is_a_list
from tracker.meetings.intake.rules.pieces import pieces_of, read
from tracker.meetings.intake.rules.reader import Manner, Piece, Reading
from tracker.meetings.intake.rules.speakers import Who, who_is
from tracker.meetings.intake.rules.tasks import Task

__all__ = [
    "LONGEST_ROW", "Header", "Manner", "Piece", "Reading", "Recognition", "Stretch", "Task", "Who", "attendees_of",
    "corrected", "header_of", "is_a_list", "joined", "kind_of", "marked", "pieces_of", "present_at", "present_in",
    "read", "split_at_line_end", "who_is",
]  # fmt: skip
