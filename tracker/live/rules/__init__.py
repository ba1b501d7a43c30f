"""How a typed line is read. Pure."""

from tracker.live.rules.line import LONGEST_TITLE, MARKS, title_of, understand
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

__all__ = [
    "LONGEST_TITLE", "MARKS", "OUTCOMES", "Choice", "Decision", "Details", "Known", "Meant", "Mention", "Question",
    "RecordKind", "Reference", "Register", "Topic", "Under", "Understood", "title_of", "understand",
]  # fmt: skip
