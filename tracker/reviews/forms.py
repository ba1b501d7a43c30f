"""Forms of the weekly review."""

from collections.abc import Collection
from http import HTTPStatus

from wtforms import ValidationError

from tracker.actions.models import ActionItem
from tracker.core.fields import Code, Day, Line, Paragraph, Pick
from tracker.core.forms import FilterForm, PageForm
from tracker.core.wording import lazy as _l
from tracker.core.wording import say
from tracker.reviews.commands import Verdict
from tracker.reviews.models import ReviewItem
from tracker.reviews.queries import ItemFilter
from tracker.reviews.rules import Decision, Movement, QueueGroup


class OpenForm(PageForm):
    """A sitting about to be opened: its day."""

    held_on = Day(_l("Date of the review"), needed=_l("Choose the day of the review."))
    #: The days that can be chosen, as they are sent.
    offered: Collection[str] = ()

    def validate_held_on(self, field: Day) -> None:
        """A day of its week that has come; where none has, the command says from when it can be opened."""
        if self.offered and field.data and field.data.isoformat() not in self.offered:
            raise ValidationError(say("Choose one of the days offered."))


def seen(item: ReviewItem) -> str:
    """The state of a thing and of its place in the queue, as one mark that changes with either."""
    return f"{item.version}.{item.thing.version}"


class DecisionForm(PageForm):
    """One decision; its subclasses ask what theirs needs."""

    def judge(self, item: ReviewItem) -> HTTPStatus:
        """The verdict; 409 when the thing is no longer as it was on the screen, and the next try decides knowingly."""
        status = self.verdict()
        if status == HTTPStatus.OK and self.version.data != seen(item):
            self.version.data, self.version.raw_data = seen(item), None
            self.form_errors.append(say("This has changed in the meantime. Choose again below."))
            return HTTPStatus.CONFLICT
        return status

    def verdict_of(self, decision: Decision) -> Verdict:
        """What the command wants."""
        given = {name: field.data for name, field in self._fields.items() if name in Verdict.__dataclass_fields__}
        return Verdict(decision=decision, **given)


class QuickForm(DecisionForm):
    """Done, or goes on: one key, with an optional note."""

    note = Paragraph(_l("Note"))
    evidence = Line(_l("Evidence"))


class ExtendForm(DecisionForm):
    """Another day."""

    due_on = Day(_l("New date"), needed=_l("Enter the new date."))
    reason = Paragraph(_l("Reason"), needed=_l("Give a reason."))
    agreed_by = Line(_l("Agreed by"))

    def validate_due_on(self, field: Day) -> None:
        """An extension goes forward."""
        if field.data and self.not_before and field.data <= self.not_before:
            raise ValidationError(say("The new date is not later than the current one."))

    not_before = None


class ReassignForm(DecisionForm):
    """Somebody else."""

    pic_id = Pick(_l("Person in charge (PIC)"))
    unit_id = Pick(_l("Responsible unit"))
    reason = Paragraph(_l("Reason"), needed=_l("Give a reason."))


class EscalateForm(DecisionForm):
    """It is brought before a post or a person of the registers."""

    position_id = Pick(_l("Post"))
    person_id = Pick(_l("Person"))
    reason = Paragraph(_l("Reason"), needed=_l("Give a reason."))
    note = Line(_l("What is requested"))

    def validate_position_id(self, field: Pick) -> None:
        """It goes to somebody."""
        if not field.data and not self.person_id.data:
            raise ValidationError(say("Choose the post or the person."))


FORMS: dict[Decision, type[DecisionForm]] = {
    Decision.DONE: QuickForm, Decision.GOES_ON: QuickForm, Decision.EXTEND: ExtendForm,
    Decision.REASSIGN: ReassignForm, Decision.ESCALATE: EscalateForm,
}  # fmt: skip


def form_for(item: ReviewItem, decision: Decision, *, is_sent: bool = False) -> DecisionForm:
    """The form of a decision, as stored or as sent; its fields have ids of their own among the others."""
    thing = item.thing
    data = {"version": seen(item), "evidence": item.action.evidence if item.action else None,
            "pic_id": item.action.pic_id if item.action else None, "unit_id": thing.responsible_unit_id}  # fmt: skip
    form = FORMS[decision]() if is_sent else FORMS[decision](formdata=None, data=data)
    for field in form:
        field.id = f"{decision}-{field.name}"
    if isinstance(form, ExtendForm):
        form.not_before = thing.due_on if isinstance(thing, ActionItem) else thing.revisit_on
    return form


class ItemFilterForm(FilterForm):
    """Which of a sitting's things are listed."""

    movement = Code(Movement, _l("Since the last review"))
    group = Code(QueueGroup, _l("In the queue because"))
    decision = Code(Decision, _l("Decision"))

    def filter(self) -> ItemFilter:
        """What the query wants."""
        return ItemFilter(movement=self.movement.data, group=self.group.data, decision=self.decision.data)
