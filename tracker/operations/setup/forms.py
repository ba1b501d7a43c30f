"""The form of the office's settings."""

from tracker.core.clock import Zone
from tracker.core.fields import Address, Code, Line
from tracker.core.forms import PageForm
from tracker.core.office import Languages, OfficeSetting, Weekday
from tracker.core.wording import lazy_gettext as _l
from tracker.operations.setup.commands import OfficeDraft


class OfficeForm(PageForm):
    name = Line(_l("Name of the office"), longest=200)
    timezone = Code(Zone, _l("Time zone"), needed=_l("Choose a time zone."))
    languages = Code(Languages, _l("Languages"), needed=_l("Choose the languages."))
    review_day = Code(Weekday, _l("Day of the weekly review"))
    mail_from = Address(_l("Sender of mails"))

    @classmethod
    def of(cls, row: OfficeSetting | None) -> "OfficeForm":
        stored = {"timezone": Zone.WIB, "languages": Languages.INDONESIAN_FIRST}
        names = ("name", "timezone", "languages", "review_day", "mail_from")
        return cls(formdata=None, data={name: getattr(row, name) for name in names} if row else stored)

    def draft(self) -> OfficeDraft:
        return OfficeDraft(
            name=self.name.data, timezone=self.timezone.data, languages=self.languages.data,
            review_day=self.review_day.data, mail_from=self.mail_from.data,
        )  # fmt: skip
