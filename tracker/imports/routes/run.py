"""One run: what it would do, its columns and questions."""

from collections.abc import Mapping
from typing import Any

from flask import (
    redirect,
    render_template,
    url_for,
)
from flask.typing import ResponseReturnValue

from tracker.core import clock
from tracker.core.errors import NotPossible
from tracker.core.pages import ensure, me
from tracker.core.transactions import transactional
from tracker.core.wording import language
from tracker.imports import commands, policy, queries
from tracker.imports.forms import MatchForm, StoreForm
from tracker.imports.models import ImportRun
from tracker.imports.routes.blueprint import bp
from tracker.imports.rules.kinds import ImportKind, RowState, RunState


def run_of(run_id: int, *, to_change: bool = False) -> ImportRun:
    run = queries.run(run_id, to_change=to_change)
    ensure(policy.may_import(me(), run.import_kind))
    return run


@bp.get("/<row:run_id>")
def show(run_id: int) -> ResponseReturnValue:
    run = run_of(run_id)
    return page(run, _plan(run))


def _plan(run: ImportRun) -> Mapping[str, Any]:
    """As stored; made again where it was made in the other language."""
    plan = run.plan or {}
    if run.run_state is RunState.PREPARED and plan.get("language") != language():
        return commands.shown(made_again(run), language())
    return plan


def made_again(run: ImportRun) -> commands.Plan:
    return commands.plan_of(run, queries.sheets_of(run), by=me(), at=clock.now())


def page(run: ImportRun, plan: Mapping[str, Any], *forms: Any) -> str:
    matching = next((form for form in forms if isinstance(form, MatchForm)), None)
    storing = next((form for form in forms if isinstance(form, StoreForm)), None)
    keeper = commands.KEEPERS[run.import_kind]
    counts = plan["counts"]
    return render_template(
        "imports/show.html",
        run=run,
        plan=plan,
        form=storing or matching or StoreForm(formdata=None, data={"mark": plan["mark"]}),
        matching=matching or MatchForm(formdata=None, data={"is_history": run.is_history}),
        storing=storing or StoreForm(formdata=None, data={"mark": plan["mark"]}),
        fields=keeper.fields,
        store_endpoint=".open_accounts" if run.import_kind is ImportKind.ACCOUNTS else ".store",
        states=[(state, counts[state.value]) for state in RowState],
        rows=[(row, RowState(row["state"])) for row in plan["rows"]],
        names={field.name: field.label for field in keeper.fields},
        is_ready=not counts["wrong"] and not counts["asked"] and counts["new"] + counts["changed"] > 0,
        to_store=counts["new"] + counts["changed"],
        together=queries.together(run),
        progress=queries.progress(run),
        is_silent=run.run_state.is_at_work and queries.is_silent(run, clock.now()),
    )


@bp.post("/<row:run_id>/match")
@transactional
def match(run_id: int) -> ResponseReturnValue:
    run = run_of(run_id, to_change=True)
    form = MatchForm()
    plan = _plan(run)
    try:
        form.check()
        names = [field.name for field in commands.KEEPERS[run.import_kind].fields]
        commands.match(
            run, queries.sheets_of(run), form.columns(plan, names), form.answers(plan),
            is_history=form.is_history.data, by=me(), at=clock.now(),
        )  # fmt: skip
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return page(run, plan, form), status
    return redirect(url_for(".show", run_id=run.id), 303)
