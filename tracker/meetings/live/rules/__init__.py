"""Rules for reading typed lines. Pure."""

from tracker.meetings.live.rules.line import understand
from tracker.meetings.live.rules.marks import MARKS
from tracker.meetings.live.rules.mentions import EFFECT_SIGNS, Directory, Names, names_in
from tracker.meetings.live.rules.phase import Phase, begun_at, phase_of
from tracker.meetings.live.rules.places import Order, Place, place_above, place_below
from tracker.meetings.live.rules.reading import (
    NOTHING_ABOVE,
    OUTCOMES,
    Above,
    Choice,
    Decision,
    Details,
    Known,
    Line,
    Meant,
    Mention,
    Question,
    RecordKind,
    Reference,
    Register,
    Topic,
    Under,
    Understood,
    is_narration,
)
from tracker.meetings.live.rules.titles import LONGEST_TITLE, title_of
from tracker.meetings.live.rules.typed import looks_up, understand_typed

__all__ = [
    "EFFECT_SIGNS", "LONGEST_TITLE", "MARKS", "NOTHING_ABOVE", "OUTCOMES", "Above", "Choice", "Decision",
    "Details", "Directory", "Known", "Line", "Meant", "Mention", "Names", "Order", "Phase", "Place", "Question",
    "RecordKind", "Reference", "Register", "Topic", "Under", "Understood", "begun_at", "is_narration", "looks_up",
    "names_in", "phase_of", "place_above", "place_below", "title_of", "understand", "understand_typed",
]  # fmt: skip
