"""What a proposal does to targets."""

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.core import clock
from tracker.core.pages import ensure, me
from tracker.core.transactions import transactional
from tracker.core.wording import say
from tracker.proposals import commands, policy, queries
from tracker.proposals.forms import (
    EffectForm,
    LinkForm,
)
from tracker.proposals.routes.blueprint import back, bp
from tracker.proposals.rules import LinkState
from tracker.targets import queries as targets


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
    return back(proposal)


@bp.post("/<row:proposal_id>/targets/<row:link_id>/settle")
@transactional
def settle_link(proposal_id: int, link_id: int) -> ResponseReturnValue:
    ensure(policy.may_settle_link(me()))
    proposal = queries.in_full(proposal_id, to_change=True)
    state = LinkState.CONFIRMED if request.form.get("state") == LinkState.CONFIRMED else LinkState.REJECTED
    commands.settle_link(proposal, queries.link(proposal, link_id), state, by=me(), at=clock.now())
    flash(say("Recorded."))
    return back(proposal)


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
