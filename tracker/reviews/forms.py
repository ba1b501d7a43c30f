"""Forms for the weekly review."""

from collections.abc import Collection, Sequence
from datetime import date

from wtforms import ValidationError

from tracker.actions.models import ActionItem
from tracker.core.errors import NotPossible
from tracker.core.fields import Code, Combobox, Day, Line, Paragraph
from tracker.core.forms import FilterForm, PageForm
from tracker.core.reasons import GIVE_A_REASON
from tracker.core.wording import gettext
from tracker.core.wording import lazy_gettext as _l
from tracker.minutes.rules import hash_of
from tracker.people import queries as people
from tracker.reviews.commands import DecisionDraft
from tracker.reviews.models import ReviewItem
from tracker.reviews.queries import ItemFilter
from tracker.reviews.rules import Decision, Movement, QueueGroup


class OpenForm(PageForm):
    held_on = Day(_l("Date of the review"), needed=_l("Choose the day of the review."))
    #: ISO dates of the days that can be chosen. Set by the view.
    offered: Collection[str] = ()

    def validate_held_on(self, field: Day) -> None:
        """If no day can be chosen yet, the command refuses with the day from which the review can be opened."""
        if self.offered and field.data and field.data.isoformat() not in self.offered:
            raise ValidationError(gettext("Choose one of the days offered."))


def version_of(item: ReviewItem) -> str:
    """Version of the item and of its action or proposal, which changes if either does."""
    return f"{item.version}.{item.subject.version}"


class DecisionForm(PageForm):
    def check_item(self, item: ReviewItem) -> None:
        """Like `check`, and 409 if the item changed since the form was shown. The form then holds the new version."""
        self.check()
        if self.version.data != version_of(item):
            self.version.data, self.version.raw_data = version_of(item), None
            raise NotPossible(_l("This has changed in the meantime. Choose again below."))

    def draft(self, decision: Decision) -> DecisionDraft:
        names = DecisionDraft.__dataclass_fields__
        values = {name: field.data for name, field in self._fields.items() if name in names}
        return DecisionDraft(decision=decision, **values)


class UnmovedForm(PageForm):
    """One decision about all unmoved items of a PIC; its version is that of all the items that were shown."""

    @classmethod
    def of(cls, items: Sequence[ReviewItem]) -> "UnmovedForm":
        return cls(formdata=None, data={"version": _version_of_all(items)})

    def check_items(self, items: Sequence[ReviewItem]) -> None:
        """Like `check`, and 409 if the items changed since the form was shown. The form then holds those of now."""
        self.check()
        if self.version.data != _version_of_all(items):
            self.version.data, self.version.raw_data = _version_of_all(items), None
            raise NotPossible(_l("The items have changed in the meantime. Look at them again below."))


def _version_of_all(items: Sequence[ReviewItem]) -> str:
    return hash_of(" ".join(f"{item.id}:{version_of(item)}" for item in items))


class QuickForm(DecisionForm):
    note = Paragraph(_l("Note"))
    evidence = Line(_l("Evidence"))


class ExtendForm(DecisionForm):
    due_on = Day(_l("New date"), needed=_l("Enter the new date."))
    reason = Paragraph(_l("Reason"), needed=GIVE_A_REASON)
    agreed_by = Line(_l("Agreed by"))
    #: The current date, which the new one must exceed. Set by `form_for`.
    current: date | None = None

    def validate_due_on(self, field: Day) -> None:
        if field.data and self.current and field.data <= self.current:
            raise ValidationError(gettext("The new date is not later than the current one."))


class ReassignForm(DecisionForm):
    pic_id = Combobox(_l("Person in charge (PIC)"))
    unit_id = Combobox(_l("Responsible unit"))
    reason = Paragraph(_l("Reason"), needed=GIVE_A_REASON)


class EscalateForm(DecisionForm):
    position_id = Combobox(_l("Post"))
    person_id = Combobox(_l("Person"))
    reason = Paragraph(_l("Reason"), needed=GIVE_A_REASON)
    note = Line(_l("What is requested"))


FORMS: dict[Decision, type[DecisionForm]] = {
    Decision.DONE: QuickForm, Decision.GOES_ON: QuickForm, Decision.EXTEND: ExtendForm,
    Decision.REASSIGN: ReassignForm, Decision.ESCALATE: EscalateForm,
}  # fmt: skip


def form_for(item: ReviewItem, decision: Decision, *, is_sent: bool = False) -> DecisionForm:
    """The form for a decision, filled in as stored or as sent. Ids of fields are unique among all forms of the page."""
    subject = item.subject
    data = {"version": version_of(item), "evidence": item.action.evidence if item.action else None,
            "pic_id": item.action.pic_id if item.action else None, "unit_id": subject.responsible_unit_id}  # fmt: skip
    form = FORMS[decision]() if is_sent else FORMS[decision](formdata=None, data=data)
    for field in form:
        field.id = f"{decision}-{field.name}"
    return about(form, item)


def about(form: DecisionForm, item: ReviewItem) -> DecisionForm:
    """The form with what its rules compare."""
    subject = item.subject
    if isinstance(form, ExtendForm):
        form.current = subject.due_on if isinstance(subject, ActionItem) else subject.revisit_on
    return form


def offer_choices(form: DecisionForm, empty_label: str | None = None) -> None:
    if isinstance(form, ReassignForm):
        form.pic_id.offer(people.PERSONS, empty_label)
        form.unit_id.offer(people.UNITS, empty_label)
    if isinstance(form, EscalateForm):
        form.position_id.offer(people.POSTS, empty_label)
        form.person_id.offer(people.PERSONS, empty_label)


class ItemFilterForm(FilterForm):
    movement = Code(Movement, _l("Since the last review"))
    group = Code(QueueGroup, _l("In the queue because"))
    decision = Code(Decision, _l("Decision"))

    def filter(self) -> ItemFilter:
        return ItemFilter(movement=self.movement.data, group=self.group.data, decision=self.decision.data)
