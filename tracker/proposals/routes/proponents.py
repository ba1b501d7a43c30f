"""Add and remove proponents, and answer attributions."""

from http import HTTPStatus
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.core import clock
from tracker.core.errors import NotAccepted, NotFound, NotPossible
from tracker.core.pages import ensure, flash_undoable, me
from tracker.core.transactions import transactional
from tracker.core.wording import gettext
from tracker.core.wording import lazy_gettext as _l
from tracker.people import queries as people
from tracker.proposals import commands, policy, queries, rules
from tracker.proposals.forms import AnswerForm, ProponentForm, RemoveProponentForm
from tracker.proposals.models import Proponent, Proposal
from tracker.proposals.routes.blueprint import back, bp
from tracker.proposals.rules import Answer


def _offer_proponent(form: ProponentForm) -> ProponentForm:
    form.person.offer(people.PERSONS)
    form.position.offer(people.POSTS)
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
    try:
        form.check()
        held = people.posts_held([form.person.data], proposal.raised_on) if form.person.data else {}
        if form.asks_post(held.get(form.person.data or 0, [])):
            raise NotAccepted(HTTPStatus.UNPROCESSABLE_ENTITY)
        commands.add_proponent(proposal, form.draft(), reason=form.correction_reason.data, by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("proposals/proponent.html", form=form, proposal=proposal), status
    flash(gettext("Saved."))
    return back(proposal)


def _removal_page(form: RemoveProponentForm, proposal: Proposal, proponent: Proponent) -> str:
    return render_template("proposals/remove_proponent.html", form=form, proposal=proposal, proponent=proponent)


@bp.get("/<row:proposal_id>/proponents/<row:proponent_id>/remove")
def removing_proponent(proposal_id: int, proponent_id: int) -> ResponseReturnValue:
    """Asks for the reason, which only removing a proponent of a decided proposal needs."""
    ensure(policy.may_edit(me()))
    proposal = queries.in_full(proposal_id)
    return _removal_page(RemoveProponentForm(formdata=None), proposal, queries.proponent(proposal, proponent_id))


@bp.post("/<row:proposal_id>/proponents/<row:proponent_id>/remove")
@transactional
def remove_proponent(proposal_id: int, proponent_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    proposal = queries.in_full(proposal_id, to_change=True)
    proponent, form = queries.proponent(proposal, proponent_id), RemoveProponentForm()
    try:
        form.check()
        commands.remove_proponent(proposal, proponent, reason=form.correction_reason.data, by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _removal_page(form, proposal, proponent), status
    flash(gettext("Removed."))
    return back(proposal)


def _answer(code: str) -> Answer:
    if code not in set(Answer):
        raise NotFound
    return Answer(code)


def _answer_page(form: AnswerForm, proposal: Proposal, proponent: Proponent, answer: Answer) -> str:
    return render_template("proposals/answer.html", form=form, proposal=proposal, proponent=proponent, answer=answer)


@bp.get("/<row:proposal_id>/proponents/<row:proponent_id>/answer/<answer>")
def answering(proposal_id: int, proponent_id: int, answer: str) -> ResponseReturnValue:
    proposal, reply = queries.in_full(proposal_id), _answer(answer)
    proponent = queries.proponent(proposal, proponent_id)
    ensure(policy.may_answer_attribution(me(), proponent) and reply in rules.answers_to(proponent.attribution))
    return _answer_page(AnswerForm(formdata=None), proposal, proponent, reply)


@bp.post("/<row:proposal_id>/proponents/<row:proponent_id>/answer/<answer>")
@transactional
def answer_attribution(proposal_id: int, proponent_id: int, answer: str) -> ResponseReturnValue:
    proposal, reply = queries.in_full(proposal_id, to_change=True), _answer(answer)
    proponent = queries.proponent(proposal, proponent_id)
    ensure(policy.may_answer_attribution(me(), proponent))
    form = AnswerForm()
    try:
        form.check()
        commands.answer_attribution(proposal, proponent, reply, form.note.data, by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _answer_page(form, proposal, proponent, reply), status
    if reply is Answer.TAKEN_BACK:
        flash(_ANSWERED[reply])
    else:
        ids: dict[str, Any] = {"proposal_id": proposal.id, "proponent_id": proponent.id}
        flash_undoable(str(_ANSWERED[reply]), url_for(".answer_attribution", **ids, answer=Answer.TAKEN_BACK))
    return redirect(url_for(".show", proposal_id=proposal.id, _anchor="proponents"), 303)


_ANSWERED = {
    Answer.CONFIRMED: _l("Confirmed: you proposed this."),
    Answer.DISPUTED: _l("Your dispute was sent. The secretariat will resolve it."),
    Answer.TAKEN_BACK: _l("Your answer was withdrawn."),
}
