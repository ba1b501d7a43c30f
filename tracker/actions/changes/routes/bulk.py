"""Change several actions at once, and undo that."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.actions import queries as actions
from tracker.actions.changes import commands, policy, queries
from tracker.actions.changes.forms import BulkForm, UndoForm
from tracker.actions.changes.models import BulkChange
from tracker.actions.changes.routes.blueprint import bp, offer_assignees
from tracker.actions.changes.rules import write_versions
from tracker.actions.forms import ActionFilterForm
from tracker.actions.models import ActionItem
from tracker.core import clock
from tracker.core.errors import NotPossible
from tracker.core.pages import ensure, me
from tracker.core.paging import here_as
from tracker.core.request import row_number
from tracker.core.transactions import transactional
from tracker.core.wording import gettext, ngettext
from tracker.core.wording import lazy_gettext as _l
from tracker.people import queries as people

#: The most actions that can be changed at once.
LARGEST_BULK = 500


def _bulk_page(form: BulkForm, chosen: Any, *changed: ActionItem) -> str:
    offer_assignees(form, gettext("unchanged"))
    last = queries.last_bulk_change_of(me().account_id)
    return render_template("actions/changes/bulk.html", form=form, chosen=chosen, changed=changed, last=last)


@bp.get("/bulk")
def choosing() -> ResponseReturnValue:
    ensure(policy.may_manage(me()))
    ids = [row_number(text) for text in request.args.getlist("action")[:LARGEST_BULK]]
    return _chosen_page(queries.actions_by_ids([action_id for action_id in ids if action_id]))


@bp.get("/bulk/all")
def choosing_all() -> ResponseReturnValue:
    ensure(policy.may_manage(me()))
    form = ActionFilterForm()
    form.unit.offer(people.UNITS)
    form.pic.offer(people.PERSONS)
    form.ensure_understood()
    matching = actions.matching_open(form.filter(), clock.today(), LARGEST_BULK + 1)
    if len(matching) > LARGEST_BULK:
        flash(gettext("More than %(most)d open actions match. Narrow the filter.", most=LARGEST_BULK))
        return redirect(here_as("actions.index"), 303)
    return _chosen_page(queries.actions_by_ids([action.id for action in matching]))


def _chosen_page(chosen: Sequence[ActionItem]) -> str:
    versions = {action.id: action.version for action in chosen}
    return _bulk_page(BulkForm(formdata=None, data={"chosen": write_versions(versions)}), chosen)


@bp.post("/bulk")
@transactional
def change_several() -> ResponseReturnValue:
    ensure(policy.may_manage(me()))
    form = BulkForm()
    seen = form.versions()
    chosen = queries.actions_by_ids(list(seen)[:LARGEST_BULK], to_change=True)
    offer_assignees(form, gettext("unchanged"))
    changed = [action for action in chosen if action.version != seen[action.id]]
    try:
        form.check()
        if changed or len(chosen) != len(seen):
            form.chosen.data = write_versions({action.id: action.version for action in chosen})
            raise NotPossible(
                _l("Some of these actions were changed in the meantime. Nothing was changed; check again.")
            )
        commands.change_several(chosen, form.draft(), by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _bulk_page(form, chosen, *changed), status
    flash(ngettext("%(num)d action changed.", "%(num)d actions changed.", len(chosen)))
    return redirect(url_for(".choosing"), 303)


@bp.get("/bulk/<row:change_id>/undo")
def undoing(change_id: int) -> ResponseReturnValue:
    return _undo_page(UndoForm(formdata=None), _own_change(change_id))


@bp.post("/bulk/<row:change_id>/undo")
@transactional
def undo(change_id: int) -> ResponseReturnValue:
    change, form = _own_change(change_id, to_change=True), UndoForm()
    try:
        form.check()
        chosen = queries.actions_by_ids((row.action_id for row in change.rows), to_change=True)
        commands.undo_bulk_change(change, chosen, by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _undo_page(form, change), status
    flash(gettext("The change was undone."))
    return redirect(url_for("actions.index"), 303)


def _own_change(change_id: int, *, to_change: bool = False) -> BulkChange:
    """A bulk change of the user; NotFound for those of others."""
    change = queries.bulk_change(change_id, to_change=to_change)
    ensure(policy.may_undo(me(), change))
    return change


def _undo_page(form: UndoForm, change: BulkChange) -> str:
    return render_template("actions/changes/undo.html", form=form, change=change)
