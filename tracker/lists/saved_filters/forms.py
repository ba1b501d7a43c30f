"""The form of a saved view."""

from wtforms import BooleanField

from tracker.core.fields import Line
from tracker.core.forms import PageForm
from tracker.core.wording import lazy_gettext as _l
from tracker.lists.saved_filters.commands import ViewDraft
from tracker.lists.saved_filters.models import SavedView

LONGEST_NAME = 60


class ViewForm(PageForm):
    name = Line(_l("Name of the view"), needed=_l("Give the view a name."), longest=LONGEST_NAME)
    is_default = BooleanField(_l("Open the list with this view"))
    is_shared = BooleanField(_l("Show it to everyone"))

    @classmethod
    def of(cls, view: SavedView) -> "ViewForm":
        names = ("name", "is_default", "is_shared", "version")
        return cls(formdata=None, data={name: getattr(view, name) for name in names})

    def draft(self) -> ViewDraft:
        return ViewDraft(
            name=self.name.data or "", is_default=bool(self.is_default.data), is_shared=bool(self.is_shared.data)
        )
