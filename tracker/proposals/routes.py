"""Pages of proposals: the register, one proposal, and every step of its life."""

from dataclasses import replace
from datetime import date
from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.actions import queries as actions
from tracker.answers import queries as answers
from tracker.attachments import queries as attachments
from tracker.core import clock
from tracker.core.actor import Classification
from tracker.core.errors import NotFound
from tracker.core.fields import LONGEST_TEXT
from tracker.core.pages import ensure, me
from tracker.core.transactions import transactional
from tracker.core.wording import say
from tracker.follows import queries as follows
from tracker.meetings import queries as meetings
from tracker.people import queries as people
from tracker.proposals import commands, policy, queries, rules
from tracker.proposals.forms import (
    ClarifyForm,
    EffectForm,
    LinkForm,
    MoveForm,
    NewProposalForm,
    ProponentForm,
    ProposalFilterForm,
    ProposalForm,
    RelationForm,
)
from tracker.proposals.models import Proposal
from tracker.proposals.rules import Attribution, LinkState, ProposalStatus
from tracker.search import queries as search
from tracker.secrecy import queries as secrecy
from tracker.targets import queries as targets

bp = Blueprint("proposals", __name__, url_prefix="/proposals")
blueprints = (bp,)


@bp.get("")
def index() -> ResponseReturnValue:
    form = ProposalFilterForm()
    form.proponent.offer(people.person_choices(), say("Anybody"))
    form.unit.offer(people.unit_choices(), say("Any"))
    form.target.offer(targets.target_choices(), say("Any"))
    status = HTTPStatus.OK if form.validate() else HTTPStatus.UNPROCESSABLE_ENTITY
    page = queries.matching(form.filter(), request.args.get("page"))
    return render_template("proposals/index.html", form=form, page=page, may_edit=policy.may_edit(me())), status


@bp.get("/<code:code>")
def by_code(code: str) -> ResponseReturnValue:
    return redirect(url_for(".show", proposal_id=queries.id_of_code(code)))


@bp.get("/<row:proposal_id>")
def show(proposal_id: int) -> ResponseReturnValue:
    proposal = queries.in_full(proposal_id)
    answer, actor = answers.answers_about([proposal])[proposal_id], me()
    relations = queries.relations_of(proposal_id)
    taken_in = queries.taken_in(proposal, relations)
    kept = follows.kept(actor, proposal)
    is_mine = policy.is_proponent(actor, proposal)
    events = [event for event in answer.facts.events if event.subject == "proposal"]
    return render_template(
        "proposals/show.html",
        proposal=proposal,
        answer=answer,
        raised_in=meetings.named(proposal.raised_in_id),
        relations=relations,
        lineage=queries.lineage_of(proposal, relations),
        taken_in=taken_in,
        taken_actions=actions.open_of([one.id for one in taken_in]),
        timeline=answers.timeline_of(answer.facts),
        files=attachments.files_of(proposal, me()),
        kept=kept,
        changes=follows.changes_of_one(proposal, kept, events) if kept or is_mine else None,
        today=clock.today(),
        steps=[
            to for to in ProposalStatus if to in rules.NEXT[proposal.status] and policy.may_move(actor, proposal, to)
        ],
        answerable={row.id for row in proposal.proponents if policy.may_answer_attribution(actor, row)},
        may_edit=policy.may_edit(actor),
        may_classify=secrecy.may_classify(me()),
        may_settle=policy.may_settle_link(actor),
        may_keep=policy.may_keep(actor) and proposal.status in rules.OPEN,
    )


def _offer(form: ProposalForm) -> ProposalForm:
    form.raised_in.offer(meetings.meeting_choices(), say("Not at a meeting of this register"))
    form.responsible_unit.offer(people.unit_choices(), say("not yet set"))
    form.decision_authority.offer(people.position_choices(), say("not yet set"))
    return form


@bp.get("/new")
def new() -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    meeting = meetings.named(request.args.get("meeting", type=int))
    form = NewProposalForm(formdata=None, data={"classification": Classification.ORDINARY})
    if meeting:
        form.raised_in.data = meeting.id
        form.raised_on.data = meeting.date
        form.classification.data = meeting.classification
    return render_template("proposals/new.html", form=_offer(form))


@bp.get("/earlier")
def earlier() -> ResponseReturnValue:
    """What was proposed before, beside a form in which a proposal is being typed."""
    text = request.args.get("text", "")[:LONGEST_TEXT]
    found = search.proposed_before(text, except_id=request.args.get("except", type=int))
    return render_template("proposals/_earlier.html", earlier=found)


@bp.post("/new")
@transactional
def create() -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    form = _offer(NewProposalForm())
    status = form.verdict()
    if status != HTTPStatus.OK:
        return render_template("proposals/new.html", form=form), status
    draft, meeting = form.draft(), meetings.named(form.raised_in.data)
    level = draft.classification.at_least(*([meeting.classification] if meeting else []))
    proposal = commands.propose(replace(draft, classification=level), by=me(), at=clock.now())
    flash(say("Saved."))
    return _back(proposal)


@bp.get("/<row:proposal_id>/edit")
def edit(proposal_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    proposal = queries.in_full(proposal_id)
    return render_template("proposals/edit.html", form=_offer(ProposalForm.of(proposal)), proposal=proposal)


@bp.post("/<row:proposal_id>/edit")
@transactional
def update(proposal_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    proposal = queries.in_full(proposal_id, to_change=True)
    form = _offer(ProposalForm())
    status = form.verdict(_offer(ProposalForm.of(proposal)))
    if status != HTTPStatus.OK:
        return render_template("proposals/edit.html", form=form, proposal=proposal), status
    commands.edit_proposal(proposal, form.draft(), by=me(), at=clock.now())
    flash(say("Saved."))
    return _back(proposal)


def _step(code: str) -> ProposalStatus:
    if code not in set(ProposalStatus):
        raise NotFound
    return ProposalStatus(code)


def _offer_move(form: MoveForm, proposal: Proposal) -> MoveForm:
    form.meeting.offer(meetings.meeting_choices(), say("At no meeting"))
    form.authority.offer(people.position_choices(), say("Nobody yet"))
    form.survivor.offer(queries.proposal_choices(open_only=True, except_id=proposal.id))
    return form


@bp.get("/<row:proposal_id>/move/<to>")
def move(proposal_id: int, to: str) -> ResponseReturnValue:
    proposal, step = queries.in_full(proposal_id), _step(to)
    ensure(policy.may_move(me(), proposal, step) and rules.can_move(proposal.status, step))
    today: date = clock.today()
    form = MoveForm(formdata=None, data={"on": today, "version": proposal.version})
    return render_template("proposals/move.html", form=_offer_move(form, proposal), proposal=proposal, to=step)


@bp.post("/<row:proposal_id>/move/<to>")
@transactional
def take_step(proposal_id: int, to: str) -> ResponseReturnValue:
    proposal, step = queries.in_full(proposal_id, to_change=True), _step(to)
    ensure(policy.may_move(me(), proposal, step))
    form = _offer_move(MoveForm(), proposal)
    every, unfinished = actions.count_for_proposal(proposal_id)
    status = form.judge(proposal, step, actions=every, open_actions=unfinished)
    if status != HTTPStatus.OK:
        return render_template("proposals/move.html", form=form, proposal=proposal, to=step), status
    commands.move_proposal(proposal, form.move(step), actions=every, open_actions=unfinished, by=me(), at=clock.now())
    flash(say("Recorded."))
    return _back(proposal)


def _offer_proponent(form: ProponentForm) -> ProponentForm:
    form.person.offer(people.person_choices())
    form.position.offer(people.position_choices())
    return form


@bp.get("/<row:proposal_id>/proponents/new")
def new_proponent(proposal_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    form = _offer_proponent(ProponentForm(formdata=None))
    return render_template("proposals/proponent.html", form=form, proposal=queries.in_full(proposal_id))


@bp.post("/<row:proposal_id>/proponents/new")
@transactional
def add_proponent(proposal_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    proposal = queries.in_full(proposal_id, to_change=True)
    form = _offer_proponent(ProponentForm())
    status = form.verdict()
    if status != HTTPStatus.OK:
        return render_template("proposals/proponent.html", form=form, proposal=proposal), status
    commands.add_proponent(proposal, form.draft(), by=me(), at=clock.now())
    flash(say("Saved."))
    return _back(proposal)


@bp.post("/<row:proposal_id>/proponents/<row:proponent_id>/remove")
@transactional
def remove_proponent(proposal_id: int, proponent_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    proposal = queries.in_full(proposal_id, to_change=True)
    commands.remove_proponent(proposal, queries.proponent(proposal, proponent_id), by=me(), at=clock.now())
    flash(say("Removed."))
    return _back(proposal)


@bp.post("/<row:proposal_id>/proponents/<row:proponent_id>/answer")
@transactional
def answer_attribution(proposal_id: int, proponent_id: int) -> ResponseReturnValue:
    proposal = queries.in_full(proposal_id, to_change=True)
    proponent = queries.proponent(proposal, proponent_id)
    ensure(policy.may_answer_attribution(me(), proponent))
    confirms = request.form.get("answer") == Attribution.CONFIRMED
    answer = Attribution.CONFIRMED if confirms else Attribution.DISPUTED
    commands.answer_attribution(proposal, proponent, answer, by=me(), at=clock.now())
    flash(say("Recorded."))
    return _back(proposal)


def _offer_target(form: LinkForm) -> LinkForm:
    form.target.offer(targets.target_choices())
    return form


@bp.get("/<row:proposal_id>/targets/new")
def new_link(proposal_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    form = _offer_target(LinkForm(formdata=None))
    return render_template("proposals/link.html", form=form, proposal=queries.in_full(proposal_id))


@bp.post("/<row:proposal_id>/targets/new")
@transactional
def add_link(proposal_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    proposal = queries.in_full(proposal_id, to_change=True)
    form = _offer_target(LinkForm())
    status = form.verdict()
    if status != HTTPStatus.OK:
        return render_template("proposals/link.html", form=form, proposal=proposal), status
    commands.link_target(proposal, form.draft(), by=me(), at=clock.now())
    flash(say("Saved."))
    return _back(proposal)


@bp.post("/<row:proposal_id>/targets/<row:link_id>/settle")
@transactional
def settle_link(proposal_id: int, link_id: int) -> ResponseReturnValue:
    ensure(policy.may_settle_link(me()))
    proposal = queries.in_full(proposal_id, to_change=True)
    state = LinkState.CONFIRMED if request.form.get("state") == LinkState.CONFIRMED else LinkState.REJECTED
    commands.settle_link(proposal, queries.link(proposal, link_id), state, by=me(), at=clock.now())
    flash(say("Recorded."))
    return _back(proposal)


@bp.get("/<row:proposal_id>/targets/<row:link_id>/effect")
def edit_effect(proposal_id: int, link_id: int) -> ResponseReturnValue:
    ensure(policy.may_tell_effect(me()))
    proposal = queries.in_full(proposal_id)
    link = queries.link(proposal, link_id)
    form = EffectForm.of(link)
    form.on.data = form.on.data or clock.today()
    return render_template("proposals/effect.html", form=form, proposal=proposal, link=link)


@bp.post("/<row:proposal_id>/targets/<row:link_id>/effect")
@transactional
def tell_effect(proposal_id: int, link_id: int) -> ResponseReturnValue:
    ensure(policy.may_tell_effect(me()))
    proposal = queries.in_full(proposal_id, to_change=True)
    link = queries.link(proposal, link_id)
    form = EffectForm()
    status = form.verdict(EffectForm.of(link))
    if status != HTTPStatus.OK:
        return render_template("proposals/effect.html", form=form, proposal=proposal, link=link), status
    commands.tell_effect(proposal, link, form.told(), by=me(), at=clock.now())
    flash(say("Recorded."))
    return redirect(url_for("targets.show", target_id=link.target_id, _anchor="proposals"), 303)


@bp.get("/<row:proposal_id>/relations/new")
def new_relation(proposal_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    form = RelationForm(formdata=None)
    form.other.offer(queries.proposal_choices(except_id=proposal_id))
    return render_template("proposals/relation.html", form=form, proposal=queries.in_full(proposal_id))


@bp.post("/<row:proposal_id>/relations/new")
@transactional
def add_relation(proposal_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    proposal = queries.in_full(proposal_id, to_change=True)
    form = RelationForm()
    form.other.offer(queries.proposal_choices(except_id=proposal_id))
    status = form.verdict()
    if status != HTTPStatus.OK:
        return render_template("proposals/relation.html", form=form, proposal=proposal), status
    other = queries.in_full(form.other.data or 0)
    commands.relate(proposal, other, form.kind.data, form.note.data, by=me(), at=clock.now())
    flash(say("Saved."))
    return _back(proposal)


@bp.get("/<row:proposal_id>/relations/<row:relation_id>/clarify")
def edit_relation(proposal_id: int, relation_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    relation = queries.relation(proposal_id, relation_id)
    form = ClarifyForm(formdata=None, data={"kind": relation.kind})
    return render_template(
        "proposals/clarify.html", form=form, proposal=queries.in_full(proposal_id), relation=relation
    )


@bp.post("/<row:proposal_id>/relations/<row:relation_id>/clarify")
@transactional
def clarify_relation(proposal_id: int, relation_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    proposal, relation = queries.in_full(proposal_id), queries.relation(proposal_id, relation_id)
    form = ClarifyForm()
    status = form.verdict()
    if status != HTTPStatus.OK:
        return render_template("proposals/clarify.html", form=form, proposal=proposal, relation=relation), status
    commands.clarify_relation(relation, form.kind.data, form.note.data or "", by=me(), at=clock.now())
    flash(say("Recorded."))
    return _back(proposal)


def _back(proposal: Proposal) -> ResponseReturnValue:
    return redirect(url_for(".show", proposal_id=proposal.id), 303)
