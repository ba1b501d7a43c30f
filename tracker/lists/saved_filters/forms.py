"""The form of a saved filter."""

from wtforms import BooleanField

from tracker.core.fields import Line
from tracker.core.forms import PageForm
from tracker.core.wording import lazy_gettext as _l
from tracker.lists.saved_filters.commands import SavedFilterDraft
from tracker.lists.saved_filters.models import SavedFilter

LONGEST_NAME = 60


class SavedFilterForm(PageForm):
    name = Line(_l("Name of the view"), needed=_l("Give the view a name."), longest=LONGEST_NAME)
    is_default = BooleanField(_l("Open the list with this view"))
    is_shared = BooleanField(_l("Show it to everyone"))

    @classmethod
    def of(cls, saved: SavedFilter) -> "SavedFilterForm":
        names = ("name", "is_default", "is_shared", "version")
        return cls(formdata=None, data={name: getattr(saved, name) for name in names})

    def draft(self) -> SavedFilterDraft:
        return SavedFilterDraft(
            name=self.name.data or "", is_default=bool(self.is_default.data), is_shared=bool(self.is_shared.data)
        )
