"""Forms of proposals."""

from dataclasses import replace
from http import HTTPStatus
from typing import Any

from wtforms import BooleanField, SelectField, ValidationError
from wtforms.fields.choices import SelectChoice

from tracker.core.actor import Classification
from tracker.core.fields import Code, Day, Line, Number, Paragraph, Pick, Year
from tracker.core.forms import FilterForm, PageForm
from tracker.core.wording import label, say
from tracker.core.wording import lazy as _l
from tracker.proposals import rules
from tracker.proposals.commands import LinkDraft, Move, ProponentDraft, ProposalDraft, RealisedEffect
from tracker.proposals.models import Proposal, TargetLink
from tracker.proposals.queries import ProposalFilter
from tracker.proposals.rules import (
    Attribution,
    Effect,
    Needs,
    NotActionableReason,
    ProponentRole,
    ProposalStatus,
    RelationKind,
    Step,
)


class ProposalForm(PageForm):
    """A proposal."""

    title_id = Line(_l("Title in Indonesian"), needed=_l("Enter a title."))
    title_en = Line(_l("Title in English"))
    gist_id = Paragraph(_l("Gist in Indonesian"), needed=_l("Say in a sentence what is proposed."))
    gist_en = Paragraph(_l("Gist in English"))
    raised_on = Day(_l("Raised on"), needed=_l("Enter the day on which it was raised."))
    raised_in = Pick(_l("Raised at the meeting"))
    source_note = Line(_l("Or where else it comes from"))
    responsible_unit = Pick(_l("Responsible unit"))
    decision_authority = Pick(_l("Who has to decide"))
    outcome_note = Paragraph(_l("What came of it"))

    @classmethod
    def of(cls, proposal: Proposal) -> "ProposalForm":
        """The form as stored."""
        names = (
            "title_id",
            "title_en",
            "gist_id",
            "gist_en",
            "raised_on",
            "source_note",
            "outcome_note",
        )
        stored = {name: getattr(proposal, name) for name in (*names, "version")}
        form = cls(formdata=None, data=stored)
        form.raised_in.data = proposal.raised_in_id
        form.responsible_unit.data = proposal.responsible_unit_id
        form.decision_authority.data = proposal.decision_authority_id
        return form

    def validate_source_note(self, field: Line) -> None:
        """A proposal comes from somewhere."""
        if not field.data and not self.raised_in.data:
            raise ValidationError(say("Choose the meeting that raised it, or say where it comes from."))

    def draft(self) -> ProposalDraft:
        """What the commands want."""
        return ProposalDraft(
            title_id=self.title_id.data or "",
            title_en=self.title_en.data,
            gist_id=self.gist_id.data or "",
            gist_en=self.gist_en.data,
            raised_on=self.raised_on.data,
            raised_in_id=self.raised_in.data,
            source_note=self.source_note.data,
            responsible_unit_id=self.responsible_unit.data,
            decision_authority_id=self.decision_authority.data,
            outcome_note=self.outcome_note.data,
        )


class NewProposalForm(ProposalForm):
    """A new proposal, with its classification."""

    classification = Code(Classification, _l("Classification"), needed=_l("Choose a classification."))

    def draft(self) -> ProposalDraft:
        """What the commands want."""
        return replace(super().draft(), classification=self.classification.data)


class ProponentForm(PageForm):
    """Somebody who stands behind a proposal."""

    person = Pick(_l("Person"))
    position = Pick(_l("Post"))
    post_as_written = Line(_l("Post as written then"))
    role = Code(ProponentRole, _l("Role"), needed=_l("Choose a role."))
    attribution = Code(
        Attribution,
        _l("How sure it is"),
        needed=_l("Choose how sure it is."),
        only=(Attribution.QUOTED, Attribution.PARAPHRASED, Attribution.UNCONFIRMED),
    )

    def validate_person(self, field: Pick) -> None:
        """At least one of person and post."""
        if not (field.data or self.position.data or self.post_as_written.data):
            raise ValidationError(say("Choose a person or a post."))

    def draft(self) -> ProponentDraft:
        """What the commands want."""
        return ProponentDraft(
            person_id=self.person.data,
            position_id=self.position.data,
            post_as_written=self.post_as_written.data,
            role=self.role.data,
            attribution=self.attribution.data,
        )


class LinkForm(PageForm):
    """What a proposal does to a target."""

    target = Pick(_l("Target"), needed=_l("Choose a target."))
    effect = Code(Effect, _l("Effect"), needed=_l("Choose the effect."))
    explanation_id = Paragraph(_l("Explanation in Indonesian"))
    explanation_en = Paragraph(_l("Explanation in English"))
    expected_effect = Line(_l("Expected effect"))
    old_value = Line(_l("Value before"))
    new_value = Line(_l("Value after"))

    def draft(self) -> LinkDraft:
        """What the commands want."""
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
    """What a proposal did to a target."""

    on = Day(_l("Found on"), needed=_l("Enter the date."))
    effect = Paragraph(_l("Realised effect"))
    value = Number(_l("Value reached"))
    period = Line(_l("Period of the value"), longest=40)

    @classmethod
    def of(cls, link: TargetLink) -> "EffectForm":
        """The form as stored."""
        form = cls(formdata=None, obj=link)
        form.on.data = link.realised_on
        form.effect.data, form.value.data = link.realised_effect, link.realised_value
        form.period.data = link.realised_period
        return form

    def validate(self, extra_validators: Any = None) -> bool:
        """Something is said, and a number has its period. Asked here: empty fields are not asked themselves."""
        is_good = bool(super().validate(extra_validators))
        if is_good and not self.effect.data and self.value.data is None:
            self.effect.errors = [say("Say what came of it, or enter the value reached.")]
        if is_good and self.value.data is not None and not self.period.data:
            self.period.errors = [say("Name the period of the value, for example B09 2026.")]
        return is_good and not (self.effect.errors or self.period.errors)

    def told(self) -> RealisedEffect:
        """What the commands want."""
        return RealisedEffect(on=self.on.data, effect=self.effect.data, value=self.value.data, period=self.period.data)


class RelationForm(PageForm):
    """How a proposal relates to another."""

    kind = Code(
        RelationKind,
        _l("This proposal is"),
        needed=_l("Choose the relation."),
        only=[kind for kind in RelationKind if kind is not RelationKind.MERGED_INTO],
    )
    other = Pick(_l("The other proposal"), needed=_l("Choose the other proposal."))
    note = Line(_l("Note"))


class ClarifyForm(PageForm):
    """What a relation turns out to be."""

    kind = Code(
        RelationKind,
        _l("The relation is"),
        needed=_l("Choose the relation."),
        only=[kind for kind in RelationKind if kind is not RelationKind.MERGED_INTO],
    )
    note = Line(_l("Who clarified it, and how"), needed=_l("Say who clarified it, and how."))


_FIELD_OF_NEED = {
    Needs.MEETING_OR_NOTE: "meeting",
    Needs.AUTHORITY: "authority",
    Needs.REASON: "reason",
    Needs.REASON_CODE: "reason_code",
    Needs.REVISIT_ON: "revisit_on",
    Needs.ACTION: "on",
    Needs.EVIDENCE: "evidence",
    Needs.NO_OPEN_ACTION: "reason",
    Needs.SURVIVOR: "survivor",
}


class MoveForm(PageForm):
    """One step of the life cycle."""

    on = Day(_l("Date"), needed=_l("Enter the date."))
    meeting = Pick(_l("At the meeting"))
    authority = Pick(_l("Decided by"))
    reason = Paragraph(_l("Reason"))
    reason_code = Code(NotActionableReason, _l("Valid reason"))
    revisit_on = Day(_l("Comes back on"))
    evidence = Paragraph(_l("Evidence"))
    survivor = Pick(_l("Goes on in"))

    def move(self, to: ProposalStatus) -> Move:
        """What the command wants."""
        step = Step(
            to=to,
            on=self.on.data,
            reason=self.reason.data,
            reason_code=self.reason_code.data,
            revisit_on=self.revisit_on.data,
            has_authority=self.authority.data is not None,
            has_meeting=self.meeting.data is not None,
            evidence=self.evidence.data,
            survivor_id=self.survivor.data,
        )
        return Move(step=step, meeting_id=self.meeting.data, authority_id=self.authority.data)

    def judge(self, proposal: Proposal, to: ProposalStatus, *, actions: int, open_actions: int) -> HTTPStatus:
        """The verdict, with what the step still lacks written at its field."""
        status = self.verdict()
        if status != HTTPStatus.OK:
            return status
        lacking = rules.lacking(self.move(to).step, before=proposal.status, actions=actions, open_actions=open_actions)
        for need in lacking:
            field = self[_FIELD_OF_NEED[need]]
            field.errors = [*field.errors, label(need)]
        return HTTPStatus.UNPROCESSABLE_ENTITY if lacking else HTTPStatus.OK


class ProposalFilterForm(FilterForm):
    """The filter of the register."""

    q = Line(_l("Text or code"))
    stage = SelectField(
        _l("Open or closed"),
        default="",
        choices=lambda: [
            SelectChoice("", say("Both")),
            SelectChoice("open", say("Open")),
            SelectChoice("closed", say("Closed")),
        ],
    )
    status = Code(ProposalStatus, _l("Status"))
    year = Year(_l("Year"))
    proponent = Pick(_l("Proponent"))
    unit = Pick(_l("Responsible unit"))
    target = Pick(_l("Target"))
    orphans = BooleanField(_l("Only proposals without a target"))

    def filter(self) -> ProposalFilter:
        """What the query wants."""
        return ProposalFilter(
            q=self.q.data,
            stage=self.stage.data or None,
            status=self.status.data,
            year=int(self.year.data) if self.year.data else None,
            proponent_id=self.proponent.data,
            unit_id=self.unit.data,
            target_id=self.target.data,
            is_orphan=self.orphans.data,
        )
