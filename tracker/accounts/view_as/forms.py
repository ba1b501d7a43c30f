"""Forms of previews."""

from wtforms import HiddenField

from tracker.core.fields import Pick
from tracker.core.forms import PageForm
from tracker.core.wording import lazy as _l


class PreviewForm(PageForm):
    """As whom to see the pages."""

    reader = Pick(_l("Reader"), needed=_l("Choose a reader."))
    #: The page to look at.
    next = HiddenField()
