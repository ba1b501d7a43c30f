"""A proposal, new or to be changed."""

from dataclasses import replace
from typing import Self

from wtforms import FieldList, FormField, ValidationError

from tracker.core.actor import Classification
from tracker.core.fields import Code, Day, Line, Paragraph, Pick
from tracker.core.forms import HintedForm
from tracker.core.wording import lazy as _l
from tracker.core.wording import say
from tracker.corrections.forms import Correcting
from tracker.proposals.commands import (
    EFFECT_TAKEN,
    LinkDraft,
    ProponentDraft,
    ProposalDraft,
)
from tracker.proposals.forms.parts import LinkRow, ProponentRow
from tracker.proposals.models import Proposal


class ProposalForm(HintedForm):
    """A proposal."""

    title_id = Line(_l("Title in Indonesian"), needed=_l("Enter a title."))
    title_en = Line(_l("Title in English"))
    gist_id = Paragraph(_l("Gist in Indonesian"), needed=_l("Describe in one sentence what is proposed."))
    gist_en = Paragraph(_l("Gist in English"))
    raised_on = Day(_l("Raised on"), needed=_l("Enter the date on which it was raised."))
    raised_in = Pick(_l("Raised at the meeting"))
    source_note = Line(_l("Or another origin"))
    responsible_unit = Pick(_l("Responsible unit"))
    decision_authority = Pick(_l("Who has to decide"))
    outcome_note = Paragraph(_l("Outcome"))

    @classmethod
    def of(cls, proposal: Proposal) -> Self:
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
            raise ValidationError(say("Name the meeting or the source it comes from."))

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


class EditProposalForm(Correcting, ProposalForm):
    """A proposal as it is changed; of one that was decided on, the words with a reason."""


#: Rows for proponents, and for targets, in the form of a new proposal; more are added on its page.
ROWS = 3


class NewProposalForm(ProposalForm):
    """A new proposal, with its classification, who proposed it and which targets it affects."""

    classification = Code(Classification, _l("Classification"), needed=_l("Choose a classification."))
    proponents = FieldList(FormField(ProponentRow), min_entries=ROWS, max_entries=ROWS)
    links = FieldList(FormField(LinkRow), min_entries=ROWS, max_entries=ROWS)

    def validate_links(self, field: FieldList) -> None:
        """One effect on one target is said once."""
        seen = set()
        for entry in field.entries:
            link = entry.form.draft()
            if link and (link.target_id, link.effect) in seen:
                entry.form.effect.errors = [str(EFFECT_TAKEN.sentence)]
                raise ValidationError(str(EFFECT_TAKEN.sentence))
            seen |= {(link.target_id, link.effect)} if link else set()

    def draft(self) -> ProposalDraft:
        """What the commands want."""
        return replace(super().draft(), classification=self.classification.data)

    def proponents_given(self) -> list[ProponentDraft]:
        """The rows that name somebody."""
        return [draft for entry in self.proponents.entries if (draft := entry.form.draft())]

    def links_given(self) -> list[LinkDraft]:
        """The rows that name a target."""
        return [draft for entry in self.links.entries if (draft := entry.form.draft())]
