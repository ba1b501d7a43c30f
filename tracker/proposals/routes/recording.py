"""Record, edit and move proposals, and check for earlier ones."""

from dataclasses import replace
from functools import partial
from typing import TypeVar

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.core import clock
from tracker.core.errors import NotFound, NotPossible
from tracker.core.fields import LONGEST_TEXT
from tracker.core.forms import Hint
from tracker.core.occurrence import recording_history
from tracker.core.pages import ensure, me
from tracker.core.request import row_named
from tracker.core.transactions import transactional
from tracker.core.wording import gettext, label
from tracker.meetings import queries as meetings
from tracker.people import queries as people
from tracker.proposals import commands, policy, queries, rules
from tracker.proposals.commands import ProposalDraft
from tracker.proposals.forms import (
    EditProposalForm,
    MoveForm,
    NewProposalForm,
    ProposalForm,
    ProposedBeforeForm,
)
from tracker.proposals.models import Proposal
from tracker.proposals.routes.blueprint import back, bp
from tracker.proposals.rules import Needs, ProposalStatus, Step
from tracker.search import queries as search
from tracker.targets import queries as targets

Form = TypeVar("Form", bound=ProposalForm)
#: Number of earlier proposals on the page of the check.
MOST_SHOWN = 10


def _offer_new(form: NewProposalForm) -> NewProposalForm:
    for entry in form.proponents.entries:
        entry.form.person.offer(people.PERSONS, gettext("Nobody named"))
        entry.form.position.offer(people.POSTS, gettext("No post of the register"))
    for entry in form.links.entries:
        entry.form.target.offer(targets.TARGETS)
    _offer(form)
    return form


def _offer(form: Form, stored: Proposal | None = None) -> Form:
    origin = stored.raised_in_id if stored else None
    form.raised_in.offer(meetings.MEETINGS, gettext("Not at a meeting of this register"))
    form.raised_in.keep(origin, gettext("A meeting that is not open to you"))
    form.responsible_unit.offer(people.UNITS, gettext("not yet set"))
    form.decision_authority.offer(people.POSTS, gettext("not yet set"))
    return form


@bp.get("/new")
def new() -> ResponseReturnValue:
    if not policy.may_edit(me()):
        raise NotFound(ways_on=[(url_for(".proposed_before"), gettext("See whether it was proposed before"))])
    meeting = meetings.meeting_or_none(row_named("meeting"))
    form = NewProposalForm(formdata=None)
    if meeting:
        form.raised_in.data = meeting.id
        form.raised_on.data = meeting.date
        form.classification.data = meeting.classification
        form.is_history.data = meeting.history_until is not None
    return render_template("proposals/new.html", form=_offer_new(form))


@bp.get("/earlier")
def earlier() -> ResponseReturnValue:
    text = request.args.get("text", "")[:LONGEST_TEXT]
    itself = row_named("except")
    proposals = search.proposed_before(text, except_id=itself)
    related = search.related(text, besides=[itself, *(proposal.id for proposal in proposals)])
    return render_template("proposals/_earlier.html", earlier=proposals, related=related)


@bp.get("/proposed-before")
def proposed_before() -> ResponseReturnValue:
    form = ProposedBeforeForm()
    text = (form.text.data or "")[:LONGEST_TEXT]
    proposals = search.proposed_before(text, limit=MOST_SHOWN) if text else []
    related = search.related(text, besides=[proposal.id for proposal in proposals])
    return render_template("proposals/proposed_before.html", form=form, text=text, found=proposals, related=related)


@bp.post("/new")
@transactional
def create() -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    form = _offer_new(NewProposalForm())
    try:
        form.check_with_hints(lambda: _hints(form))
        with recording_history(if_so=form.is_history.data, since=form.raised_on.data):
            proposal = commands.propose(_draft(form), by=me(), at=clock.now())
            for proponent in form.proponent_drafts():
                commands.add_proponent(proposal, proponent, by=me(), at=clock.now())
            for link in form.link_drafts():
                commands.link_target(proposal, link, by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("proposals/new.html", form=form), status
    flash(gettext("Saved."))
    return back(proposal)


def _hints(form: ProposalForm) -> list[Hint]:
    same = search.proposals_in_the_same_words(form.title_id.data, form.gist_id.data)
    return [
        Hint(
            f"proposal-{proposal.id}",
            gettext(
                "A proposal with the same text already exists: %(code)s (%(status)s)",
                code=proposal.code,
                status=label(proposal.status),
            ),
            url_for(".show", proposal_id=proposal.id),
        )
        for proposal in same
    ]


def _draft(form: ProposalForm) -> ProposalDraft:
    """The draft, with at least the classification of its meeting."""
    draft, meeting = form.draft(), meetings.meeting_or_none(form.raised_in.data)
    return replace(draft, classification=draft.classification.at_least(*([meeting.classification] if meeting else [])))


@bp.get("/<row:proposal_id>/edit")
def edit(proposal_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    proposal = queries.in_full(proposal_id)
    return render_template(
        "proposals/edit.html", form=_offer(EditProposalForm.of(proposal), proposal), proposal=proposal
    )


@bp.post("/<row:proposal_id>/edit")
@transactional
def update(proposal_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    proposal = queries.in_full(proposal_id, to_change=True)
    form = _offer(EditProposalForm(), proposal)
    try:
        form.check(_offer(EditProposalForm.of(proposal), proposal))
        commands.edit_proposal(proposal, _draft(form), reason=form.correction_reason.data, by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("proposals/edit.html", form=form, proposal=proposal), status
    flash(gettext("Saved."))
    return back(proposal)


def _step(code: str) -> ProposalStatus:
    if code not in set(ProposalStatus):
        raise NotFound
    return ProposalStatus(code)


def _offer_move(form: MoveForm, proposal: Proposal, step: ProposalStatus) -> MoveForm:
    form.meeting.offer(meetings.MEETINGS, gettext("Not at a meeting"))
    form.authority.offer(people.POSTS, gettext("Nobody yet"))
    form.survivor.offer(queries.PROPOSALS, into=proposal.id)
    return form.only_for(step)


@bp.get("/<row:proposal_id>/move/<to>")
def move(proposal_id: int, to: str) -> ResponseReturnValue:
    proposal, step = queries.in_full(proposal_id), _step(to)
    ensure(policy.may_move(me(), proposal, step) and rules.can_move(proposal.status, step))
    # What happened long ago did not happen today, and no later step could have its day.
    usual = None if proposal.history_until else clock.today()
    form = MoveForm(formdata=None, data={"on": usual, "version": proposal.version})
    return _move_page(_offer_move(form, proposal, step), proposal, step)


def _move_page(form: MoveForm, proposal: Proposal, step: ProposalStatus) -> str:
    missing = queries.lacking(proposal, Step(to=step, on=clock.today()))
    return render_template(
        "proposals/move.html",
        form=form.mark_required(missing),
        proposal=proposal,
        to=step,
        needs_meeting_or_note=Needs.MEETING_OR_NOTE in missing,
    )


@bp.post("/<row:proposal_id>/move/<to>")
@transactional
def take_step(proposal_id: int, to: str) -> ResponseReturnValue:
    proposal, step = queries.in_full(proposal_id, to_change=True), _step(to)
    ensure(policy.may_move(me(), proposal, step))
    form = _offer_move(MoveForm(), proposal, step)
    try:
        form.check_step(step, partial(queries.lacking, proposal))
        commands.move_proposal(proposal, form.move(step), by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _move_page(form, proposal, step), status
    flash(gettext("%(code)s is now “%(status)s”.", code=proposal.code, status=label(step)))
    return back(proposal)
