"""Store and undo a run whole: within the request, or in a thread after the answer."""

import threading
from http import HTTPStatus

import structlog
from flask import (
    Flask,
    Response,
    after_this_request,
    current_app,
    flash,
    jsonify,
    redirect,
    url_for,
)
from flask.typing import ResponseReturnValue

from tracker.accounts import queries as accounts
from tracker.accounts import signin
from tracker.core import clock
from tracker.core.actor import Actor, acting
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.pages import ensure, me
from tracker.core.restarts import restarted
from tracker.core.transactions import commit, ensure_storable, take_back, transactional
from tracker.core.wording import gettext, language, ngettext, speaking
from tracker.core.wording import lazy_gettext as _l
from tracker.imports import commands, policy, queries
from tracker.imports.forms import StoreForm
from tracker.imports.models import ImportRun
from tracker.imports.routes.blueprint import bp
from tracker.imports.routes.run import made_again, page, run_of
from tracker.imports.rules.kinds import MOST_AT_ONCE, ImportKind, RunState


@bp.post("/<row:run_id>/store")
@transactional
def store(run_id: int) -> ResponseReturnValue:
    run = run_of(run_id, to_change=True)
    ensure(run.import_kind is not ImportKind.ACCOUNTS)
    return _store(run)


@bp.post("/<row:run_id>/open")
@signin.requires_proof
@transactional
def open_accounts(run_id: int) -> ResponseReturnValue:
    """Accounts give rights, so the password is asked for again, as where one is opened by hand."""
    run = run_of(run_id, to_change=True)
    ensure(run.import_kind is ImportKind.ACCOUNTS)
    return _store(run)


def _store(run: ImportRun) -> ResponseReturnValue:
    run_id, form = run.id, StoreForm()
    try:
        form.check()
        if _rows_of(run) > MOST_AT_ONCE:
            commands.hand_over(run, form.mark.data or "")
            _go_on_after_the_answer(run.id)
            return redirect(url_for(".show", run_id=run.id), 303)
        stored = commands.store(run, queries.sheets_of(run), form.mark.data or "", by=me(), at=clock.now())
        ensure_storable()
    except NotPossible as refusal:
        return _refused(run_id, form, refusal)
    flash(ngettext("One row saved.", "%(num)d rows saved.", stored))
    return redirect(url_for(".show", run_id=(queries.following(run) or run).id), 303)


def _rows_of(run: ImportRun) -> int:
    return run.counts.get("new", 0) + run.counts.get("changed", 0)


def _refused(run_id: int, form: StoreForm, refusal: NotPossible) -> ResponseReturnValue:
    """The page with the plan as it is now."""
    take_back()
    run = run_of(run_id)
    plan = commands.shown(made_again(run), language()) if run.run_state is RunState.PREPARED else run.plan or {}
    status = form.show_refusal(refusal)
    return page(run, plan, form), status


@bp.post("/<row:run_id>/again")
@transactional
def again(run_id: int) -> ResponseReturnValue:
    """Start once more what was interrupted."""
    run = run_of(run_id, to_change=True)
    if not run.run_state.is_at_work or not queries.is_silent(run, clock.now()):
        raise NotPossible(_l("This import is not interrupted."))
    _go_on_after_the_answer(run.id)
    return redirect(url_for(".show", run_id=run.id), 303)


def _go_on_after_the_answer(run_id: int) -> None:
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # the proxy ends with the request
    actor, spoken = me(), language()
    queries.note_progress(run_id, 0, 0)

    @after_this_request
    def start(response: Response) -> Response:
        if response.status_code == HTTPStatus.SEE_OTHER:  # what the thread needs is committed
            threading.Thread(target=go_on_in_background, args=(app, run_id, actor, spoken), daemon=True).start()
        return response


def go_on_in_background(app: Flask, run_id: int, actor: Actor, spoken: str) -> None:
    """Store or undo with the rights that the account has by now, in one transaction. Its page shows a refusal."""
    with app.app_context(), speaking(spoken):
        try:
            account = accounts.account(actor.account_id or 0)
            with acting(accounts.as_actor(account)):
                _go_on(run_id, accounts.as_actor(account), is_active=account.is_active)
        except Exception as error:
            structlog.get_logger("tracker.fault").error("import", run=run_id, fault=type(error).__name__)
            raise
        finally:
            db.session.remove()


@restarted
def _go_on(run_id: int, by: Actor, *, is_active: bool) -> None:
    run = queries.run(run_id, to_change=True)
    if not run.run_state.is_at_work:  # another thread was only slow
        return

    def note(done: int, total: int) -> None:
        queries.note_progress(run_id, done, total)

    try:
        if not is_active or not policy.may_import(by, run.import_kind):
            raise NotPossible(_l("You may not import this any more."))
        if run.run_state is RunState.UNDOING:
            commands.undo(run, by=by, at=clock.now(), on_progress=note)
        else:
            mark = (run.plan or {}).get("mark", "")
            commands.store(run, queries.sheets_of(run), mark, by=by, at=clock.now(), on_progress=note)
        ensure_storable()
    except NotPossible as refusal:
        take_back()
        commands.take_back(queries.run(run_id, to_change=True), str(refusal))
    commit()


@bp.get("/<row:run_id>/progress")
def progress(run_id: int) -> Response:
    run = run_of(run_id)
    done, total = queries.progress(run)
    return jsonify(done=done, of=total, waits=run.run_state.is_at_work)


@bp.post("/<row:run_id>/undo")
@transactional
def undo(run_id: int) -> ResponseReturnValue:
    run = run_of(run_id, to_change=True)
    form = StoreForm()
    try:
        form.check()
        if _rows_of(run) > MOST_AT_ONCE:
            commands.hand_over_undoing(run)
            _go_on_after_the_answer(run.id)
            return redirect(url_for(".show", run_id=run.id), 303)
        commands.undo(run, by=me(), at=clock.now())
    except NotPossible as refusal:
        return _refused(run_id, form, refusal)
    flash(gettext("Import undone."))
    return redirect(url_for(".show", run_id=run.id), 303)
