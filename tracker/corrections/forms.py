"""What a correction asks, and its answer."""

from tracker.core.fields import Paragraph
from tracker.core.forms import PageForm
from tracker.core.wording import lazy as _l


class Correcting:
    """For forms of what may have been decided on: why its words are corrected."""

    correction_reason = Paragraph(_l("Why it is corrected"))


class AnswerCorrectionForm(PageForm):
    """An answer to a correction."""

    note = Paragraph(_l("Note"))
