"""Forms for corrections."""

from tracker.core.fields import Paragraph
from tracker.core.forms import PageForm
from tracker.core.wording import lazy_gettext as _l


class WithCorrectionReason:
    """Mixin for edit forms of rows that may have been decided on."""

    correction_reason = Paragraph(_l("Why it is corrected"))


class AnswerCorrectionForm(PageForm):
    note = Paragraph(_l("Note"))
