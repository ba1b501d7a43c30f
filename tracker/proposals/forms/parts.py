"""Forms for proponents and for links to targets."""

from collections.abc import Sequence

from wtforms import ValidationError

from tracker.core.fields import Code, Combobox, Day, Line, Number, Paragraph
from tracker.core.forms import PageForm, PartForm
from tracker.core.wording import gettext
from tracker.core.wording import lazy_gettext as _l
from tracker.corrections.forms import WithCorrectionReason
from tracker.people.forms import NO_POST, HeldQuestion
from tracker.people.queries import HeldPost
from tracker.proposals import rules
from tracker.proposals.commands import (
    LinkDraft,
    ProponentDraft,
    RealisedEffect,
)
from tracker.proposals.models import TargetLink
from tracker.proposals.rules import (
    Attribution,
    Effect,
    ProponentRole,
)


class ProponentRow(PartForm):
    person = Combobox(_l("Person"))
    position = Combobox(_l("Post"))
    post_as_written = Line(_l("Post as written then"))
    role = Code(ProponentRole, _l("Role"))
    attribution = Code(Attribution, _l("Certainty"), only=rules.SETTLED_AS)

    def draft(self) -> ProponentDraft | None:
        """None if nobody is named. Defaults to an unconfirmed proponent."""
        if not (self.person.data or self.position.data or self.post_as_written.data):
            return None
        return ProponentDraft(
            person_id=self.person.data,
            position_id=self.position.data,
            post_as_written=self.post_as_written.data,
            role=self.role.data or ProponentRole.PROPONENT,
            attribution=self.attribution.data or Attribution.UNCONFIRMED,
        )


class ProponentForm(WithCorrectionReason, HeldQuestion, PageForm):
    person = Combobox(_l("Person"))
    position = Combobox(_l("Post"))
    post_as_written = Line(_l("Post as written then"))
    role = Code(ProponentRole, _l("Role"), needed=_l("Choose a role."))
    attribution = Code(
        Attribution,
        _l("Certainty"),
        needed=_l("Choose the degree of certainty."),
        only=rules.SETTLED_AS,
    )

    def asks_post(self, posts: Sequence[HeldPost]) -> bool:
        """Whether the user must choose among several posts held. A choice already made is filled in."""
        if self.position.data or self.post_as_written.data or len(posts) < 2 or self.held.data == NO_POST:
            return False
        chosen = self.post_chosen(posts)
        if chosen is None:
            self.ask_post(self.person.words or "", posts)
            return True
        self.position.data, self.post_as_written.data = chosen.position_id, chosen.words
        return False

    def validate_person(self, field: Combobox) -> None:
        if not (field.data or self.position.data or self.post_as_written.data):
            raise ValidationError(gettext("Choose a person or a post."))

    def draft(self) -> ProponentDraft:
        return ProponentDraft(
            person_id=self.person.data,
            position_id=self.position.data,
            post_as_written=self.post_as_written.data,
            role=self.role.data,
            attribution=self.attribution.data,
        )


class RemoveProponentForm(WithCorrectionReason, PageForm):
    """Asks for the reason if the proposal was decided on."""


class AnswerForm(PageForm):
    note = Paragraph(_l("Note"))


class SettleForm(PageForm):
    note = Paragraph(_l("Reason"))


class LinkRow(PartForm):
    """An affected target in the form of a new proposal; an empty row is ignored."""

    target = Combobox(_l("Target"))
    effect = Code(Effect, _l("Effect"))
    expected_effect = Line(_l("Expected effect"))

    def validate_target(self, field: Combobox) -> None:
        if not field.data and (self.effect.data or self.expected_effect.data):
            raise ValidationError(gettext("Choose a target."))

    def validate_effect(self, field: Code) -> None:
        if self.target.data and not field.data:
            raise ValidationError(gettext("Choose the effect."))

    def draft(self) -> LinkDraft | None:
        if not self.target.data:
            return None
        return LinkDraft(target_id=self.target.data, effect=self.effect.data, expected_effect=self.expected_effect.data)


class LinkForm(WithCorrectionReason, PageForm):
    target = Combobox(_l("Target"), needed=_l("Choose a target."))
    effect = Code(Effect, _l("Effect"), needed=_l("Choose the effect."))
    explanation_id = Paragraph(_l("Explanation in Indonesian"))
    explanation_en = Paragraph(_l("Explanation in English"))
    expected_effect = Line(_l("Expected effect"))
    old_value = Line(_l("Value before"))
    new_value = Line(_l("Value after"))

    def draft(self) -> LinkDraft:
        return LinkDraft(
            target_id=self.target.data or 0,
            effect=self.effect.data,
            explanation_id=self.explanation_id.data,
            explanation_en=self.explanation_en.data,
            expected_effect=self.expected_effect.data,
            old_value=self.old_value.data,
            new_value=self.new_value.data,
        )


class EffectForm(PageForm):
    on = Day(_l("Observed on"), needed=_l("Enter the date."))
    effect = Paragraph(_l("Realised effect"))
    value = Number(_l("Change reached"))
    period = Line(_l("Period of the change"), longest=40)

    @classmethod
    def of(cls, link: TargetLink) -> "EffectForm":
        form = cls(formdata=None, obj=link)
        form.on.data = link.realised_on
        form.effect.data, form.value.data = link.realised_effect, link.realised_value
        form.period.data = link.realised_period
        return form

    def validate_effect(self, field: Paragraph) -> None:
        if not field.data and self.value.data is None:
            raise ValidationError(gettext("Describe the outcome, or enter by how much the value changed."))

    def validate_period(self, field: Line) -> None:
        if self.value.data is not None and not field.data:
            raise ValidationError(gettext("Name the period of the change, for example B09 2026."))

    def realised(self) -> RealisedEffect:
        return RealisedEffect(on=self.on.data, effect=self.effect.data, value=self.value.data, period=self.period.data)
