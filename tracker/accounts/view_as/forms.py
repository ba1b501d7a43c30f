"""The form that starts a preview."""

from wtforms import HiddenField

from tracker.core.fields import Pick
from tracker.core.forms import PageForm
from tracker.core.wording import lazy_gettext as _l


class PreviewForm(PageForm):
    reader = Pick(_l("Reader"), needed=_l("Choose a reader."))
    #: The page to show next.
    next = HiddenField()
