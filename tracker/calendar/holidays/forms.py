"""Forms of days off."""

from wtforms import BooleanField

from tracker.calendar.holidays.commands import HolidayDraft
from tracker.calendar.holidays.models import Holiday
from tracker.calendar.holidays.rules import HolidayKind
from tracker.core.fields import Code, Day, Line
from tracker.core.forms import PageForm
from tracker.core.wording import lazy_gettext as _l


class HolidayForm(PageForm):
    date = Day(_l("Date"), needed=_l("Enter the date."))
    kind = Code(HolidayKind, _l("Kind"), needed=_l("Choose the kind."))
    name_id = Line(_l("Name"), needed=_l("Enter the name."))
    name_en = Line(_l("The same in English"))
    is_confirmed = BooleanField(_l("The date is certain"))

    @classmethod
    def of(cls, holiday: Holiday) -> "HolidayForm":
        return cls(formdata=None, obj=holiday)

    def draft(self) -> HolidayDraft:
        return HolidayDraft(
            date=self.date.data,
            name_id=self.name_id.data or "",
            name_en=self.name_en.data,
            kind=self.kind.data,
            is_confirmed=self.is_confirmed.data,
        )


class RemovalForm(PageForm):
    pass
