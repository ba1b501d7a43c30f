"""Forms for changing the state of a target and for opening a version."""

from tracker.core.fields import Paragraph
from tracker.core.forms import PageForm
from tracker.core.wording import lazy_gettext as _l


class MoveForm(PageForm):
    reason = Paragraph(_l("Reason"))


class VersionForm(PageForm):
    reason = Paragraph(_l("Reason"), needed=_l("Give the reason for a new version."))
