"""Relate proposals to each other."""

from flask import flash, render_template
from flask.typing import ResponseReturnValue

from tracker.core import clock
from tracker.core.errors import NotPossible
from tracker.core.pages import ensure, me
from tracker.core.transactions import transactional
from tracker.core.wording import gettext
from tracker.proposals import commands, policy, queries
from tracker.proposals.forms import (
    ClarifyForm,
    RelationForm,
)
from tracker.proposals.routes.blueprint import back, bp


@bp.get("/<row:proposal_id>/relations/new")
def new_relation(proposal_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    form = RelationForm(formdata=None)
    form.other.offer(queries.PROPOSALS, without=proposal_id)
    return render_template("proposals/relation.html", form=form, proposal=queries.in_full(proposal_id))


@bp.post("/<row:proposal_id>/relations/new")
@transactional
def add_relation(proposal_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    proposal = queries.in_full(proposal_id, to_change=True)
    form = RelationForm()
    form.other.offer(queries.PROPOSALS, without=proposal_id)
    try:
        form.check()
        other = queries.in_full(form.other.data or 0)
        commands.relate(proposal, other, form.kind.data, form.note.data, by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("proposals/relation.html", form=form, proposal=proposal), status
    flash(gettext("Saved."))
    return back(proposal)


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
    try:
        form.check()
        commands.clarify_relation(relation, form.kind.data, form.note.data or "", by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("proposals/clarify.html", form=form, proposal=proposal, relation=relation), status
    flash(gettext("The relation was changed."))
    return back(proposal)
