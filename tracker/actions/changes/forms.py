"""Forms for changes to assigned actions."""

from typing import Self

from wtforms import HiddenField, ValidationError

from tracker.actions.changes.commands import BulkDraft, HoldDraft
from tracker.actions.changes.rules import Direction, parse_versions
from tracker.actions.models import ActionItem
from tracker.actions.rules import HoldKind
from tracker.core.errors import NotPossible
from tracker.core.fields import Code, Combobox, Day, Line, Paragraph
from tracker.core.forms import PageForm
from tracker.core.reasons import GIVE_A_REASON
from tracker.core.wording import gettext
from tracker.core.wording import lazy_gettext as _l


class AskForm(PageForm):
    asked_for = Day(_l("New due date"), needed=_l("Enter the new due date."))
    reason = Paragraph(_l("Reason"), needed=GIVE_A_REASON)


class GrantForm(PageForm):
    note = Paragraph(_l("Note"))


class RefuseForm(PageForm):
    note = Paragraph(_l("Reason"), needed=GIVE_A_REASON)


class ReassignForm(PageForm):
    on = Day(_l("Happened on"))
    responsible_unit = Combobox(_l("Responsible unit"))
    pic = Combobox(_l("Person in charge (PIC)"))
    reason = Paragraph(_l("Reason"), needed=GIVE_A_REASON)

    @classmethod
    def of(cls, action: ActionItem) -> "ReassignForm":
        form = cls(formdata=None, data={"version": action.version})
        form.responsible_unit.data, form.pic.data = action.responsible_unit_id, action.pic_id
        return form.only_for(action)

    def only_for(self, action: ActionItem) -> "ReassignForm":
        """The day is asked where the step may be recorded later."""
        if action.history_until is None:
            del self.on
        return self


class EscalateForm(PageForm):
    position = Combobox(_l("Post"))
    person = Combobox(_l("Person"))
    reason = Paragraph(_l("Reason"), needed=GIVE_A_REASON)


class EscalationAnswerForm(PageForm):
    direction = Code(Direction, _l("What is to happen"), needed=_l("Choose what is to happen."))
    responsible_unit = Combobox(_l("Responsible unit"))
    pic = Combobox(_l("Person in charge (PIC)"))
    answer = Paragraph(_l("Answer or instruction"), needed=_l("Enter the answer."))

    def about(self, action: ActionItem, direction: Direction = Direction.CONTINUE) -> Self:
        """Filled in for an action that may also be reassigned or stopped."""
        self.direction.data = direction
        self.responsible_unit.data, self.pic.data = action.responsible_unit_id, action.pic_id
        return self

    def only_answer(self) -> Self:
        del self.direction, self.responsible_unit, self.pic
        return self

    def ensure_consistent(self, action: ActionItem) -> None:
        """Raises NotPossible if another PIC or unit was chosen, but not to reassign the action."""
        chosen = (self.responsible_unit.data, self.pic.data)
        is_another = chosen != (action.responsible_unit_id, action.pic_id)
        if is_another and self.direction.data is not Direction.REASSIGN:
            raise NotPossible(_l("Choose “Reassign”, or leave the unit and the PIC as they were."), field="direction")


class HoldForm(PageForm):
    kind = Code(HoldKind, _l("Reason for the hold"), needed=_l("Choose why it is on hold."))
    waiting_for = Line(_l("Waiting for"), needed=_l("Enter who or what this is waiting for."))
    since = Day(_l("Since"), needed=_l("Enter the date."))
    reason = Paragraph(_l("Reason"))

    def draft(self) -> HoldDraft:
        return HoldDraft(
            kind=self.kind.data, waiting_for=self.waiting_for.data, since=self.since.data, reason=self.reason.data
        )


class ReleaseForm(PageForm):
    on = Day(_l("Since"), needed=_l("Enter the date."))
    note = Paragraph(_l("Note"))


class BulkForm(PageForm):
    """Changes to all chosen actions; empty fields stay unchanged."""

    #: «id:version» of each action, as the user saw them.
    chosen = HiddenField()
    due_on = Day(_l("New due date"))
    pic = Combobox(_l("Person in charge (PIC)"))
    responsible_unit = Combobox(_l("Responsible unit"))
    agreed_by = Line(_l("Agreed by"))
    reason = Paragraph(_l("Reason"), needed=GIVE_A_REASON)

    def validate_due_on(self, field: Day) -> None:
        if not (field.data or self.pic.data or self.responsible_unit.data):
            raise ValidationError(gettext("Choose a date, a person or a unit."))

    def versions(self) -> dict[int, int]:
        return parse_versions(self.chosen.data or "")

    def draft(self) -> BulkDraft:
        return BulkDraft(
            reason=self.reason.data,
            due_on=self.due_on.data,
            pic_id=self.pic.data,
            responsible_unit_id=self.responsible_unit.data,
            agreed_by=self.agreed_by.data,
        )


class UndoForm(PageForm):
    """Confirm the undoing of a bulk change."""
