"""Who proposed it, and what they say to that."""

from http import HTTPStatus

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from tracker.core import clock
from tracker.core.pages import ensure, me
from tracker.core.transactions import transactional
from tracker.core.wording import say
from tracker.people import queries as people
from tracker.proposals import commands, policy, queries
from tracker.proposals.forms import (
    ProponentForm,
)
from tracker.proposals.routes.blueprint import back, bp
from tracker.proposals.rules import Attribution


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
    return back(proposal)


@bp.post("/<row:proposal_id>/proponents/<row:proponent_id>/remove")
@transactional
def remove_proponent(proposal_id: int, proponent_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    proposal = queries.in_full(proposal_id, to_change=True)
    commands.remove_proponent(proposal, queries.proponent(proposal, proponent_id), by=me(), at=clock.now())
    flash(say("Removed."))
    return back(proposal)


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
    return back(proposal)
