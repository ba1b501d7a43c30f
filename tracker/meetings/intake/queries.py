"""What happens to pasted names."""

from tracker.meetings.intake.rules import Recognition
from tracker.meetings.queries import Seating
from tracker.meetings.rules import Question


def recognition(seating: Seating) -> Recognition:
    if Question.SECOND_ROW in seating.questions:
        return Recognition.THERE
    if seating.candidates:
        return Recognition.UNCLEAR
    if seating.is_post:
        return Recognition.POST
    return Recognition.PERSON if seating.person else Recognition.PROVISIONAL
