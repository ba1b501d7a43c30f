"""Forms for hand-overs, splitting, attributions and thresholds."""

from wtforms import FormField, ValidationError

from tracker.core.fields import Code, Combobox, Day, Line, Number, Paragraph, Rows
from tracker.core.forms import PageForm, PartForm
from tracker.core.wording import gettext
from tracker.core.wording import lazy_gettext as _l
from tracker.proposals.commands import SettlementDraft
from tracker.proposals.models import Proponent
from tracker.proposals.rules import SETTLED_AS, Attribution, ProponentRole, Settlement
from tracker.status.commands import Part, Recipient

MOST_PARTS = 5
LONGEST_SILENCE = 3650


class HandOverForm(PageForm):
    person = Combobox(_l("Person"))
    position = Combobox(_l("Post"))
    unit = Combobox(_l("Unit"))
    outside = Line(_l("Or an outside party"))
    on = Day(_l("Since"), needed=_l("Enter the date from which it has been waiting there."))
    reason = Paragraph(_l("Why, or with what letter"))

    def validate_person(self, _: Combobox) -> None:
        recipients = [field.data for field in (self.person, self.position, self.unit, self.outside) if field.data]
        if len(recipients) != 1:
            raise ValidationError(gettext("Choose exactly one: a person, a post, a unit, or an outside party."))

    def recipient(self) -> Recipient:
        return Recipient(
            person_id=self.person.data, position_id=self.position.data, unit_id=self.unit.data,
            outside=self.outside.data,
        )  # fmt: skip


class HandOverAnswerForm(PageForm):
    answer = Paragraph(
        _l("What was done, or why it is returned"), needed=_l("State what was done, or why it is returned.")
    )


class PartRow(PartForm):
    title_id = Line(_l("Title in Indonesian"))
    title_en = Line(_l("Title in English"))
    gist_id = Paragraph(_l("Gist in Indonesian"))

    def validate_title_id(self, field: Line) -> None:
        if not field.data and (self.title_en.data or self.gist_id.data):
            raise ValidationError(gettext("Enter a title."))


class SplitForm(PageForm):
    parts = Rows(FormField(PartRow), min_entries=MOST_PARTS, max_entries=MOST_PARTS)
    reason = Paragraph(_l("Reason"), needed=_l("Give the reason."))

    def filled_parts(self) -> list[Part]:
        """The parts that were filled in. A part without a summary gets its title as summary."""
        rows = [entry.form for entry in self.parts.entries if entry.form.title_id.data]
        return [
            Part(title_id=row.title_id.data, title_en=row.title_en.data, gist_id=row.gist_id.data or row.title_id.data)
            for row in rows
        ]


class SettlementForm(PageForm):
    settlement = Code(Settlement, _l("Findings"), needed=_l("Choose the result."))
    role = Code(ProponentRole, _l("Role"))
    attribution = Code(Attribution, _l("Certainty"), only=SETTLED_AS)
    note = Paragraph(_l("Basis of the settlement"), needed=_l("State the basis for this."))

    @classmethod
    def of(cls, proponent: Proponent) -> "SettlementForm":
        return cls(formdata=None, data={"role": proponent.role})

    def validate_role(self, field: Code) -> None:
        """If the name stays, a role is required. Checked here because validators are skipped for empty fields."""
        if self.settlement.data is Settlement.STAYS and not field.data:
            raise ValidationError(gettext("Choose a role."))

    def validate_attribution(self, field: Code) -> None:
        if self.settlement.data is Settlement.STAYS and not field.data:
            raise ValidationError(gettext("Choose the degree of certainty."))

    def draft(self) -> SettlementDraft:
        return SettlementDraft(
            settlement=self.settlement.data, note=self.note.data or "",
            role=self.role.data or ProponentRole.PROPONENT, attribution=self.attribution.data or Attribution.QUOTED,
        )  # fmt: skip


class OriginForm(PageForm):
    meeting = Combobox(_l("Said at the meeting"), needed=_l("Choose a meeting."))


class ThresholdForm(PageForm):
    meetings = Number(_l("Meetings without a decision"), needed=_l("Enter a number of meetings."))
    days = Number(_l("Days without a decision"), needed=_l("Enter a number of days."))

    def validate_meetings(self, field: Number) -> None:
        _ensure_whole(field)

    def validate_days(self, field: Number) -> None:
        _ensure_whole(field)


def _ensure_whole(field: Number) -> None:
    if field.data is None or field.data != int(field.data) or not 1 <= field.data <= LONGEST_SILENCE:
        raise ValidationError(gettext("Enter a whole number from 1 to 3650."))
