"""Forms to record and edit a proposal."""

from dataclasses import replace
from typing import Self

from wtforms import FormField, ValidationError

from tracker.audit.forms import WithHistory
from tracker.core.actor import Classification
from tracker.core.fields import Code, Combobox, Day, Line, Paragraph, Rows
from tracker.core.forms import HintedForm
from tracker.core.wording import gettext
from tracker.core.wording import lazy_gettext as _l
from tracker.corrections.forms import WithCorrectionReason
from tracker.proposals.commands import (
    EFFECT_TAKEN,
    LinkDraft,
    ProponentDraft,
    ProposalDraft,
)
from tracker.proposals.forms.parts import LinkRow, ProponentRow
from tracker.proposals.models import Proposal


class ProposalForm(HintedForm):
    title_id = Line(_l("Title in Indonesian"), needed=_l("Enter a title."))
    title_en = Line(_l("Title in English"))
    gist_id = Paragraph(_l("Gist in Indonesian"), needed=_l("Describe in one sentence what is proposed."))
    gist_en = Paragraph(_l("Gist in English"))
    raised_on = Day(_l("Raised on"), needed=_l("Enter the date on which it was raised."))
    raised_in = Combobox(_l("Raised at the meeting"))
    source_note = Line(_l("Or another origin"))
    responsible_unit = Combobox(_l("Responsible unit"))
    decision_authority = Combobox(_l("Who has to decide"))
    outcome_note = Paragraph(_l("Outcome"))
    former_code = Line(_l("Former code"))

    @classmethod
    def of(cls, proposal: Proposal) -> Self:
        names = (
            "title_id",
            "title_en",
            "gist_id",
            "gist_en",
            "raised_on",
            "source_note",
            "outcome_note",
            "former_code",
        )
        stored = {name: getattr(proposal, name) for name in (*names, "version")}
        form = cls(formdata=None, data=stored)
        form.raised_in.data = proposal.raised_in_id
        form.responsible_unit.data = proposal.responsible_unit_id
        form.decision_authority.data = proposal.decision_authority_id
        return form

    def validate_source_note(self, field: Line) -> None:
        if not field.data and not self.raised_in.data:
            raise ValidationError(gettext("Name the meeting or the source it comes from."))

    def draft(self) -> ProposalDraft:
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
            former_code=self.former_code.data,
        )


class EditProposalForm(WithCorrectionReason, ProposalForm):
    """Edits a proposal. Once it was decided, changing its text needs a reason."""


#: Number of rows each for proponents and targets in the form of a new proposal.
ROWS = 3


class NewProposalForm(WithHistory, ProposalForm):
    classification = Code(
        Classification, _l("Classification"), needed=_l("Choose a classification."), default=Classification.ORDINARY
    )
    proponents = Rows(FormField(ProponentRow), min_entries=ROWS, max_entries=ROWS)
    links = Rows(FormField(LinkRow), min_entries=ROWS, max_entries=ROWS)

    def validate_links(self, field: Rows) -> None:
        seen = set()
        for entry in field.entries:
            link = entry.form.draft()
            if link and (link.target_id, link.effect) in seen:
                entry.form.effect.errors = [str(EFFECT_TAKEN.sentence)]
                raise ValidationError(str(EFFECT_TAKEN.sentence))
            seen |= {(link.target_id, link.effect)} if link else set()

    def draft(self) -> ProposalDraft:
        return replace(super().draft(), classification=self.classification.data)

    def proponent_drafts(self) -> list[ProponentDraft]:
        return [draft for entry in self.proponents.entries if (draft := entry.form.draft())]

    def link_drafts(self) -> list[LinkDraft]:
        return [draft for entry in self.links.entries if (draft := entry.form.draft())]
