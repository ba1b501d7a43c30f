"""The form for templates."""

from tracker.core.fields import Code, Combobox, Items, Line, Lines
from tracker.core.forms import PageForm
from tracker.core.wording import lazy_gettext as _l
from tracker.meetings.rules import MeetingMode
from tracker.meetings.templates.commands import TemplateDraft
from tracker.meetings.templates.models import MeetingTemplate

_STORED = ("venue", "venue_detail", "city", "mode", "agenda", "posts", "version")


class TemplateForm(PageForm):
    agenda = Items(_l("Agenda"))
    posts = Lines(_l("Posts that attend, one per line"))
    venue = Line(_l("Venue"))
    venue_detail = Line(_l("Venue in detail"))
    city = Line(_l("City"))
    mode = Code(MeetingMode, _l("In person or online"))
    organiser_unit = Combobox(_l("Organiser"))

    @classmethod
    def of(cls, template: MeetingTemplate | None) -> "TemplateForm":
        form = cls(formdata=None, data={name: getattr(template, name) for name in _STORED} if template else None)
        form.organiser_unit.data = template.organiser_unit_id if template else None
        return form

    def draft(self) -> TemplateDraft:
        return TemplateDraft(
            venue=self.venue.data, venue_detail=self.venue_detail.data, city=self.city.data, mode=self.mode.data,
            organiser_unit_id=self.organiser_unit.data, agenda=self.agenda.entries(), posts=self.posts.entries(),
        )  # fmt: skip
