"""Link proposals to targets, decide about links and record effects."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.audit.queries import parts_of
from tracker.core import clock
from tracker.core.errors import NotFound, NotPossible
from tracker.core.pages import ensure, flash_undoable, me
from tracker.core.request import row_named
from tracker.core.transactions import transactional
from tracker.core.wording import gettext
from tracker.core.wording import lazy_gettext as _l
from tracker.proposals import commands, policy, queries, rules
from tracker.proposals.forms import (
    EffectForm,
    LinkForm,
    SettleForm,
)
from tracker.proposals.models import Proposal, TargetLink
from tracker.proposals.routes.blueprint import back, bp
from tracker.proposals.rules import LinkState
from tracker.targets import queries as targets


def _offer_target(form: LinkForm) -> LinkForm:
    form.target.offer(targets.TARGETS)
    return form


@bp.get("/<row:proposal_id>/targets/new")
def new_link(proposal_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    form = _offer_target(LinkForm(formdata=None))
    form.target.data = row_named("target")
    return render_template("proposals/link.html", form=form, proposal=queries.in_full(proposal_id))


@bp.post("/<row:proposal_id>/targets/new")
@transactional
def add_link(proposal_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    proposal = queries.in_full(proposal_id, to_change=True)
    form = _offer_target(LinkForm())
    try:
        form.check()
        commands.link_target(proposal, form.draft(), reason=form.correction_reason.data, by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("proposals/link.html", form=form, proposal=proposal), status
    flash(gettext("Saved."))
    return back(proposal)


def _state(code: str) -> LinkState:
    if code not in set(LinkState):
        raise NotFound
    return LinkState(code)


def _settle_page(form: SettleForm, proposal: Proposal, link: TargetLink, to: LinkState) -> str:
    form.note.flags.required = proposal.is_decided or to is LinkState.REJECTED
    return render_template("proposals/settle_link.html", form=form, proposal=proposal, link=link, to=to)


@bp.get("/<row:proposal_id>/targets/<row:link_id>/settle/<to>")
def settling_link(proposal_id: int, link_id: int, to: str) -> ResponseReturnValue:
    proposal, state = queries.in_full(proposal_id), _state(to)
    link = queries.link(proposal, link_id)
    ensure(policy.may_settle_link(me(), parts_of(me(), link)))
    ensure(state in rules.LINK_STEPS[link.state])
    return _settle_page(SettleForm(formdata=None), proposal, link, state)


@bp.post("/<row:proposal_id>/targets/<row:link_id>/settle/<to>")
@transactional
def settle_link(proposal_id: int, link_id: int, to: str) -> ResponseReturnValue:
    proposal, state = queries.in_full(proposal_id, to_change=True), _state(to)
    link, form = queries.link(proposal, link_id), SettleForm()
    ensure(policy.may_settle_link(me(), parts_of(me(), link)))
    try:
        form.check()
        commands.settle_link(proposal, link, state, form.note.data, by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _settle_page(form, proposal, link, state), status
    if state is LinkState.SUGGESTED or proposal.is_decided:  # taking it back would need a reason
        flash(_SETTLED[state])
    else:
        flash_undoable(
            str(_SETTLED[state]),
            url_for(".settle_link", proposal_id=proposal.id, link_id=link.id, to=LinkState.SUGGESTED),
        )
    return redirect(url_for(".show", proposal_id=proposal.id, _anchor="targets"), 303)


_SETTLED = {
    LinkState.CONFIRMED: _l("Link to the target confirmed."),
    LinkState.REJECTED: _l("Link to the target rejected."),
    LinkState.SUGGESTED: _l("Decision withdrawn: the link is a suggestion again."),
}


@bp.get("/<row:proposal_id>/targets/<row:link_id>/effect")
def edit_effect(proposal_id: int, link_id: int) -> ResponseReturnValue:
    ensure(policy.may_record_effect(me()))
    proposal = queries.in_full(proposal_id)
    link = queries.link(proposal, link_id)
    form = EffectForm.of(link)
    form.on.data = form.on.data or clock.today()
    return render_template("proposals/effect.html", form=form, proposal=proposal, link=link)


@bp.post("/<row:proposal_id>/targets/<row:link_id>/effect")
@transactional
def tell_effect(proposal_id: int, link_id: int) -> ResponseReturnValue:
    ensure(policy.may_record_effect(me()))
    proposal = queries.in_full(proposal_id, to_change=True)
    link = queries.link(proposal, link_id)
    form = EffectForm()
    try:
        form.check(EffectForm.of(link))
        commands.record_effect(proposal, link, form.realised(), by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("proposals/effect.html", form=form, proposal=proposal, link=link), status
    flash(gettext("The effect on the target was recorded."))
    return redirect(url_for("targets.show", target_id=link.target_id, _anchor="proposals"), 303)


@bp.post("/<row:proposal_id>/targets/<row:link_id>/edition/<way>")
@transactional
def carry_link(proposal_id: int, link_id: int, way: str) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    if way not in _CARRIED:
        raise NotFound
    carry, message = _CARRIED[way]
    proposal = queries.in_full(proposal_id, to_change=True)
    carry(proposal, queries.link(proposal, link_id), by=me(), at=clock.now())
    flash(message)
    return redirect(url_for(".show", proposal_id=proposal.id, _anchor="targets"), 303)


_CARRIED = {
    "forward": (commands.carry_forward, _l("Link moved to the edition in force.")),
    "back": (commands.carry_back, _l("Link moved back to its original edition.")),
}
