"""What is asked when a target moves on, and when a new version begins."""

from tracker.core.fields import Paragraph
from tracker.core.forms import PageForm
from tracker.core.wording import lazy as _l


class MoveForm(PageForm):
    """One step of a target's life."""

    reason = Paragraph(_l("Reason"))


class VersionForm(PageForm):
    """Why a new version begins."""

    reason = Paragraph(_l("Reason"), needed=_l("Say why there is to be a new version."))
