"""Proposals, and the decisions about them."""

from dataclasses import replace
from functools import partial
from typing import TypeVar

from flask import request

from tracker.accounts.rules import ApiFeature
from tracker.api.bodies import filled, refusing
from tracker.api.operations import ensure_unchanged, ensure_understood, listing
from tracker.api.routes.blueprint import operation
from tracker.api.schemas import Listing
from tracker.api.schemas.proposals import Proposal, ProposalItem
from tracker.core import clock
from tracker.core.occurrence import recording_history
from tracker.core.pages import ensure, me
from tracker.core.wording import lazy_gettext as _l
from tracker.meetings import queries as meetings
from tracker.people import queries as people
from tracker.proposals import commands, policy, queries
from tracker.proposals.commands import ProposalDraft
from tracker.proposals.forms import EditProposalForm, MoveForm, NewProposalForm, ProposalFilterForm, ProposalForm
from tracker.proposals.models import Proposal as StoredProposal
from tracker.proposals.rules import ProposalStatus
from tracker.targets import queries as targets

P = ApiFeature.PROPOSALS
STEPS = f"/proposals/<row:proposal_id>/steps/<any({', '.join(ProposalStatus)}):to>"
Form = TypeVar("Form", bound=ProposalForm)


@operation("GET", "/proposals", summary=_l("Proposals, the newest first"), feature=P, answers=ProposalItem,
           is_list=True, is_paged=True, filters=ProposalFilterForm)  # fmt: skip
def list_proposals() -> Listing[ProposalItem]:
    form = ProposalFilterForm()
    form.proponent.offer(people.PERSONS)
    form.unit.offer(people.UNITS)
    form.target.offer(targets.TARGETS)
    ensure_understood(form)
    page = queries.matching(form.filter(), request.args.get("page"))
    return listing(page, [ProposalItem.of(row) for row in page.rows])


@operation("GET", "/proposals/<row:proposal_id>", summary=_l("A proposal, with proponents and targets"), feature=P,
           answers=Proposal)  # fmt: skip
def show_proposal(proposal_id: int) -> Proposal:
    row = queries.in_full(proposal_id)
    return Proposal.of(row, raised_in=meetings.meeting_or_none(row.raised_in_id), targets=row.target_links)


def _offer(form: Form, stored: StoredProposal | None = None) -> Form:
    form.raised_in.offer(meetings.MEETINGS)
    form.raised_in.keep(stored.raised_in_id if stored else None, "")
    form.responsible_unit.offer(people.UNITS)
    form.decision_authority.offer(people.POSTS)
    return form


def _draft(form: ProposalForm) -> ProposalDraft:
    """The draft, with at least the classification of its meeting."""
    draft, meeting = form.draft(), meetings.meeting_or_none(form.raised_in.data)
    return replace(draft, classification=draft.classification.at_least(*([meeting.classification] if meeting else [])))


@operation(
    "POST", "/proposals", summary=_l("Record a proposal"), feature=P, answers=Proposal, takes=NewProposalForm,
    shown_by=show_proposal,
    example={"title_id": "Satu data HAM", "gist_id": "Menyatukan data pengaduan.", "raised_on": "2026-11-02",
             "source_note": "Surat Biro Umum", "classification": "ordinary"},
)  # fmt: skip
def record_proposal() -> dict[str, int]:
    ensure(policy.may_edit(me()))
    form = filled(NewProposalForm)
    for entry in form.proponents.entries:
        entry.form.person.offer(people.PERSONS)
        entry.form.position.offer(people.POSTS)
    for entry in form.links.entries:
        entry.form.target.offer(targets.TARGETS)
    _offer(form)
    with refusing(form):
        form.check()
        with recording_history(if_so=form.is_history.data, since=form.raised_on.data):
            proposal = commands.propose(_draft(form), by=me(), at=clock.now())
            for proponent in form.proponent_drafts():
                commands.add_proponent(proposal, proponent, by=me(), at=clock.now())
            for link in form.link_drafts():
                commands.link_target(proposal, link, by=me(), at=clock.now())
    return {"proposal_id": proposal.id}


@operation(
    "PATCH", "/proposals/<row:proposal_id>", summary=_l("Change a proposal"), feature=P, answers=Proposal,
    takes=EditProposalForm, shown_by=show_proposal, is_guarded=True, example={"title_en": "One set of data"},
)  # fmt: skip
def change_proposal(proposal_id: int) -> dict[str, int]:
    ensure(policy.may_edit(me()))
    proposal = queries.in_full(proposal_id, to_change=True)
    ensure_unchanged(show_proposal(proposal_id))
    form = _offer(filled(EditProposalForm, _offer(EditProposalForm.of(proposal), proposal)), proposal)
    with refusing(form):
        form.check()
        commands.edit_proposal(proposal, _draft(form), reason=form.correction_reason.data, by=me(), at=clock.now())
    return {"proposal_id": proposal_id}


@operation(
    "POST", STEPS, summary=_l("Record a decision or another step"),
    feature=P, answers=Proposal, takes=MoveForm, shown_by=show_proposal, is_guarded=True,
    example={"on": "2026-11-09", "reason": "Disetujui dalam rapat pimpinan."},
)  # fmt: skip
def move_proposal(proposal_id: int, to: str) -> dict[str, int]:
    proposal, step = queries.in_full(proposal_id, to_change=True), ProposalStatus(to)
    ensure(policy.may_move(me(), proposal, step))
    ensure_unchanged(show_proposal(proposal_id))
    form = filled(MoveForm)
    form.meeting.offer(meetings.MEETINGS)
    form.authority.offer(people.POSTS)
    form.survivor.offer(queries.PROPOSALS, into=proposal.id)
    form.only_for(step)
    with refusing(form):
        form.check_step(step, partial(queries.lacking, proposal))
        commands.move_proposal(proposal, form.move(step), by=me(), at=clock.now())
    return {"proposal_id": proposal_id}
