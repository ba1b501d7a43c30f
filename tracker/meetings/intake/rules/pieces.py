"""Reads a text about a meeting into draft statements and actions, its people and its agenda. Pure.

Nothing is invented: whatever is proposed is a stretch of the text, with its place. Reading is decided piece by piece:
headings give their kind to what stands below them, labels to what follows them, quotations and reporting verbs name
their speaker, and the columns of a table are read by its head.
"""

from collections.abc import Sequence
from datetime import date

from tracker.meetings.intake.formats.transcripts import Turn, turns_in
from tracker.meetings.intake.rules.minutes import Minutes
from tracker.meetings.intake.rules.reader import Manner, Piece, Reading
from tracker.meetings.intake.rules.turns import Turns
from tracker.meetings.live.rules import Known


def pieces_of(text: str, *, people: Sequence[Known], said_on: date) -> list[Piece]:
    return read(text, people=people, said_on=said_on).pieces


def read(
    text: str, *, people: Sequence[Known], said_on: date, turns: Sequence[Turn] = (), manner: Manner | None = None
) -> Reading:
    """`manner`: how to read it, if it was chosen."""
    found = list(turns) or turns_in(text)
    if found and manner in {None, Manner.TURNS}:
        return Turns(text, people, said_on).read(found)
    return Minutes(text, people, said_on, manner).read()
