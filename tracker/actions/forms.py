"""Forms for follow-up actions."""

from collections.abc import Sequence
from datetime import date
from typing import Self

from wtforms import BooleanField, SelectField, ValidationError
from wtforms.fields.choices import SelectChoice

from tracker.actions import policy, rules
from tracker.actions.commands import NO_EVIDENCE, ActionDraft, Promise, Report, Supporter
from tracker.actions.models import ActionItem, ActionSupporter
from tracker.actions.queries import ORDERS, ActionFilter
from tracker.actions.rules import ActionStatus, InstructionType
from tracker.audit.forms import WithHistory
from tracker.core import clock
from tracker.core.actor import Actor, Classification
from tracker.core.fields import Code, Combobox, Comboboxes, Day, Line, Lines, Number, Paragraph, Stage, Year
from tracker.core.forms import FilterForm, HintedForm, PageForm
from tracker.core.wording import gettext
from tracker.core.wording import lazy_gettext as _l
from tracker.corrections.forms import WithCorrectionReason
from tracker.proposals.rules import NotActionableReason

HUNDRED_PERCENT = 100


class ActionForm(HintedForm):
    text_id = Paragraph(_l("What is to be done"), needed=_l("Describe what is to be done."))
    text_en = Paragraph(_l("The same in English"))
    instruction_type = Code(InstructionType, _l("Kind of instruction"))
    responsible_position = Combobox(_l("Responsible post"))
    responsible_unit = Combobox(_l("Responsible unit"))
    pic = Combobox(_l("Person in charge (PIC)"))
    supporting_units = Comboboxes(_l("Supporting units"))
    supporting_persons = Comboboxes(_l("Supporting persons"))
    supporting_positions = Comboboxes(_l("Supporting posts"))
    supporting_others = Lines(_l("Other supporters not in the registers"))
    waiting_for = Line(_l("Person in charge, if not in the registers"))
    former_code = Line(_l("Former code"))

    @classmethod
    def of(cls, action: ActionItem) -> Self:
        names = ("text_id", "text_en", "instruction_type", "waiting_for", "former_code", "version")
        form = cls(formdata=None, data={name: getattr(action, name) for name in names})
        form.responsible_unit.data, form.pic.data = action.responsible_unit_id, action.pic_id
        form.responsible_position.data = action.responsible_position_id
        form.supporting_units.data = [unit.id for unit in action.supporting_units]
        form.supporting_persons.data = [row.person_id for row in action.supporters if row.person_id]
        form.supporting_positions.data = [row.position_id for row in action.supporters if row.position_id]
        form.supporting_others.data = [row.as_written for row in action.supporters if row.as_written]
        return form

    def draft(self, stored: Sequence[ActionSupporter] = ()) -> ActionDraft:
        """A post and its holder stay one supporter while both are still chosen in the form."""
        return ActionDraft(
            text_id=self.text_id.data or "",
            text_en=self.text_en.data,
            instruction_type=self.instruction_type.data,
            responsible_position_id=self.responsible_position.data,
            responsible_unit_id=self.responsible_unit.data,
            supporting_unit_ids=tuple(self.supporting_units.data or ()),
            pic_id=self.pic.data,
            supporters=self._supporters(stored),
            waiting_for=self.waiting_for.data,
            former_code=self.former_code.data,
        )

    def _supporters(self, stored: Sequence[ActionSupporter]) -> list[Supporter]:
        persons, posts = set(self.supporting_persons.data or ()), set(self.supporting_positions.data or ())
        others = self.supporting_others.entries()
        unchanged = [
            Supporter(person_id=row.person_id, position_id=row.position_id, as_written=row.as_written)
            for row in stored
            if row.person_id in {None, *persons}
            and row.position_id in {None, *posts}
            and row.as_written in {None, *others}
        ]
        persons -= {row.person_id for row in unchanged}
        posts -= {row.position_id for row in unchanged}
        unchanged_others = {row.as_written for row in unchanged}
        return [
            *unchanged,
            *(Supporter(person_id=person_id) for person_id in sorted(persons)),
            *(Supporter(position_id=position_id) for position_id in sorted(posts)),
            *(Supporter(as_written=name) for name in others if name not in unchanged_others),
        ]


class EditActionForm(WithCorrectionReason, ActionForm):
    """Edits an action. Once it was verified or cancelled, changing its text needs a reason."""


class NewActionForm(WithHistory, ActionForm):
    classification = Code(
        Classification, _l("Classification"), needed=_l("Choose a classification."), default=Classification.ORDINARY
    )
    meeting = Combobox(_l("Agreed at the meeting"))
    proposal = Combobox(_l("Follows from the proposal"))
    statement = Combobox(_l("Implements the line of the minutes"))
    due_on = Day(_l("Due date"))
    assigned_on = Day(_l("Assigned on"))

    def validate_proposal(self, field: Combobox) -> None:
        if not field.data and not self.meeting.data and not self.statement.data:
            raise ValidationError(gettext("Choose the meeting, proposal, decision or directive it follows from."))


def usual_day(action: ActionItem, actor: Actor) -> date | None:
    """The secretariat says when steps of long ago were taken: with today's day, no later step could have its own."""
    is_recorded = action.history_until and policy.may_edit(actor) and not policy.is_own(actor, action)
    return None if is_recorded else clock.today()


class ReportForm(PageForm):
    on = Day(_l("Date"), needed=_l("Enter the date."))
    progress_note = Paragraph(_l("What was done"), needed=_l("Describe what was done."))
    percent = Number(_l("Percent complete"))
    obstacle = Paragraph(_l("Obstacle"))
    next_step = Paragraph(_l("Next step"))
    next_due_on = Day(_l("Next step due"))
    evidence = Paragraph(_l("Evidence"))
    is_finished = BooleanField(_l("Finished: request verification"))
    #: Whether the action already has evidence, as text or as a file. Set by the view.
    has_evidence = False

    def validate_percent(self, field: Number) -> None:
        if field.data is not None and (field.data % 1 or not 0 <= field.data <= HUNDRED_PERCENT):
            raise ValidationError(gettext("Enter a whole number from 0 to 100."))

    def validate_evidence(self, field: Paragraph) -> None:
        if self.is_finished.data and not field.data and not self.has_evidence:
            raise ValidationError(str(NO_EVIDENCE))

    def report(self) -> Report:
        return Report(
            on=self.on.data,
            progress_note=self.progress_note.data or "",
            percent=None if self.percent.data is None else int(self.percent.data),
            obstacle=self.obstacle.data,
            next_step=self.next_step.data,
            next_due_on=self.next_due_on.data,
            evidence=self.evidence.data,
            is_finished=self.is_finished.data,
        )


class PromiseForm(PageForm):
    on = Day(_l("Agreed on"))
    due_on = Day(_l("New due date"), needed=_l("Enter the new due date."))
    reason = Paragraph(_l("Reason"))
    agreed_by = Line(_l("Agreed by"))

    def offered_for(self, action: ActionItem) -> "PromiseForm":
        if action.history_until is None:
            del self.on
        return self.mark_required(action)

    def mark_required(self, action: ActionItem) -> "PromiseForm":
        self.reason.flags.required = action.due_on is not None
        if action.due_on is None:
            self.reason.label.text = gettext("Remarks")
        return self

    def promise(self) -> Promise:
        return Promise(due_on=self.due_on.data, reason=self.reason.data, agreed_by=self.agreed_by.data)


class MoveForm(PageForm):
    on = Day(_l("Happened on"), needed=_l("Enter the date on which it happened."))
    reason = Paragraph(_l("Reason"))
    reason_code = Code(NotActionableReason, _l("Valid reason"))
    evidence = Paragraph(_l("Evidence"))
    verified_by = Line(_l("Verified by, as written"))

    def only_for(self, action: ActionItem, to: ActionStatus) -> "MoveForm":
        """Who verified it is asked where that may be recorded later."""
        if action.history_until is None or to is not ActionStatus.COMPLETED:
            del self.verified_by
        return self

    def mark_required(self, action: ActionItem, to: ActionStatus, *, has_evidence: bool) -> "MoveForm":
        needed = {
            "reason": rules.needs_reason(action.status, to, self.reason_code.data),
            "reason_code": to is ActionStatus.NOT_ACTIONABLE,
            "evidence": to is ActionStatus.COMPLETED and not has_evidence,
        }
        for name, is_needed in needed.items():
            self[name].flags.required = is_needed
        if not needed["reason"]:
            self.reason.label.text = gettext("Remarks")
        return self


class DueSoonForm(PageForm):
    working_days = Number(_l("Working days"), needed=_l("Enter a number of working days."))

    def validate_working_days(self, field: Number) -> None:
        if field.data is None or field.data % 1 or not 1 <= field.data <= rules.MAX_DUE_SOON:
            raise ValidationError(gettext("Enter a whole number from 1 to %(most)d.", most=rules.MAX_DUE_SOON))


class ActionFilterForm(FilterForm):
    orders = tuple(ORDERS)

    q = Line(_l("Text or code"))
    watch = SelectField(
        _l("Attention"),
        default="",
        choices=lambda: [
            SelectChoice("", gettext("Everything")),
            SelectChoice("overdue", gettext("Overdue")),
            SelectChoice("this_week", gettext("Due this week")),
            SelectChoice("due_soon", gettext("Due soon")),
            SelectChoice("no_pic", gettext("Without a person in charge")),
            SelectChoice("no_due_date", gettext("Without a due date")),
            SelectChoice("waits_for_me", gettext("Waiting for me")),
            SelectChoice("escalated", gettext("Escalated, not answered")),
        ],
    )
    stage = Stage()
    status = Code(ActionStatus, _l("Status"))
    unit = Combobox(_l("Responsible unit"))
    pic = Combobox(_l("Person in charge (PIC)"))
    year = Year(_l("Year"))
    due_from = Day(_l("Due from"))
    due_until = Day(_l("Due until"))

    def filter(self) -> ActionFilter:
        """Values that are not among the choices are ignored, on pages and in exported lists."""
        watch, stage = (
            field.data if field.data in {str(choice[0]) for choice in field.iter_choices()} else None
            for field in (self.watch, self.stage)
        )
        return ActionFilter(
            q=self.q.data,
            watch=watch or None,
            stage=stage or None,
            status=self.status.data,
            unit_id=self.unit.data,
            pic_id=self.pic.data,
            year=int(self.year.data) if self.year.data else None,
            due_from=self.due_from.data,
            due_until=self.due_until.data,
            order=self.order,
        )
