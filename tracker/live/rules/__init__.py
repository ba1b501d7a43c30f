"""How a typed line is read. Pure."""

from tracker.live.rules.line import understand
from tracker.live.rules.marks import MARKS
from tracker.live.rules.mentions import Directory, Names, names_in
from tracker.live.rules.phase import Phase, phase_of
from tracker.live.rules.places import Order, Place, place_above, place_below
from tracker.live.rules.reading import (
    OUTCOMES,
    Choice,
    Decision,
    Details,
    Known,
    Meant,
    Mention,
    Question,
    RecordKind,
    Reference,
    Register,
    Topic,
    Under,
    Understood,
)
from tracker.live.rules.titles import LONGEST_TITLE, title_of

__all__ = [
    "LONGEST_TITLE", "MARKS", "OUTCOMES", "Choice", "Decision", "Details", "Directory", "Known", "Meant", "Mention",
    "Names", "Order", "Phase", "Place", "Question", "RecordKind", "Reference", "Register", "Topic", "Under",
    "Understood", "names_in", "phase_of", "place_above", "place_below", "title_of", "understand",
]  # fmt: skip
