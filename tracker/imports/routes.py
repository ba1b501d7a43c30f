"""Pages of imports: bring a file, see what it would do, save it whole, undo it whole."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from io import BytesIO
from typing import Any

import structlog
from flask import (
    Blueprint,
    Flask,
    Response,
    after_this_request,
    current_app,
    flash,
    has_request_context,
    jsonify,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue

from tracker.accounts import queries as accounts
from tracker.accounts import signin
from tracker.core import clock
from tracker.core.actor import Actor, acting, current
from tracker.core.db import db
from tracker.core.errors import NotFound, NotPossible
from tracker.core.media_types import clean_name
from tracker.core.pages import ensure, me
from tracker.core.transactions import commit, ensure_storable, take_back, transactional
from tracker.core.uploads import takes_files
from tracker.core.wording import gettext, label, language, ngettext, speaking
from tracker.core.wording import lazy_gettext as _l
from tracker.imports import commands, policy, queries
from tracker.imports.commands.remarks import sentence
from tracker.imports.formats import Sheet, UnreadableFile, sheets_in, sheets_pasted
from tracker.imports.forms import MatchForm, NewRunForm, StoreForm
from tracker.imports.models import ImportRun
from tracker.imports.rules.kinds import MOST_AT_ONCE, OF_A_DAY, ImportKind, RowState, RunState

bp = Blueprint("imports", __name__, url_prefix="/imports")
blueprints = (bp,)
PASTED = _l("Pasted cells")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("")
def index() -> ResponseReturnValue:
    ensure(bool(_kinds()))
    return render_template("imports/index.html", runs=queries.runs())


def _kinds() -> list[ImportKind]:
    """What this account may import, in the order of moving in."""
    return [kind for kind in ImportKind if kind in commands.KEEPERS and policy.may_import(me(), kind)]


@bp.get("/new")
def new() -> ResponseReturnValue:
    kinds = _kinds()
    ensure(bool(kinds))
    form = NewRunForm(formdata=None).offer(kinds)
    asked = request.args.get("kind")
    form.kind.data = next((kind for kind in kinds if kind.value == asked), None)
    return _new_page(form)


def _new_page(form: NewRunForm) -> str:
    return render_template("imports/new.html", form=form)


@bp.post("/new")
@takes_files
@transactional
def create() -> ResponseReturnValue:
    kinds = _kinds()
    ensure(bool(kinds))
    form = NewRunForm().offer(kinds)
    try:
        form.check()
        run = commands.begin([*_drafts(form, kinds)], by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _new_page(form), status
    return redirect(url_for(".show", run_id=run.id), 303)


def _drafts(form: NewRunForm, kinds: Sequence[ImportKind]) -> Iterator[tuple[commands.RunDraft, Sequence[Sheet]]]:
    """Each file with its sheets. What is in it is recognised, unless it was chosen for the only one."""
    files = [(clean_name(file.filename), file.stream.read()) for file in form.file.data or ()]
    chosen = form.kind.data if len(files) <= 1 else None
    for name, content in files or [(str(PASTED), (form.cells.data or "").encode())]:
        sheets = _sheets(name, content, is_pasted=not files)
        kind = chosen or commands.kind_of(sheets, kinds)
        if kind is None:
            raise NotPossible(
                _l("The headings of “%(name)s” do not say what is in it. Choose it.", name=name), field="kind"
            )
        yield commands.RunDraft(
            kind=kind, name=name, content=content, is_pasted=not files,
            is_history=form.is_history.data and kind in OF_A_DAY,
        ), sheets  # fmt: skip


def _sheets(name: str, content: bytes, *, is_pasted: bool) -> Sequence[Sheet]:
    try:
        return sheets_pasted(content.decode()) if is_pasted else sheets_in(content, name)
    except UnreadableFile as unreadable:
        field, words = "cells" if is_pasted else "file", sentence(unreadable.remark)
        raise NotPossible(words if is_pasted else f"{name}: {words}", field=field) from unreadable


def _run(run_id: int, *, to_change: bool = False) -> ImportRun:
    run = queries.run(run_id, to_change=to_change)
    ensure(policy.may_import(me(), run.import_kind))
    return run


@bp.get("/<row:run_id>")
def show(run_id: int) -> ResponseReturnValue:
    run = _run(run_id)
    return _page(run, _plan(run))


def _plan(run: ImportRun) -> Mapping[str, Any]:
    """As stored; made again where it was made in the other language."""
    plan = run.plan or {}
    if run.run_state is RunState.PREPARED and plan.get("language") != language():
        return commands.shown(_made_again(run), language())
    return plan


def _made_again(run: ImportRun) -> commands.Plan:
    return commands.plan_of(run, queries.sheets_of(run), by=me(), at=clock.now())


def _page(run: ImportRun, plan: Mapping[str, Any], *forms: Any) -> str:
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
    run = _run(run_id, to_change=True)
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
        return _page(run, plan, form), status
    return redirect(url_for(".show", run_id=run.id), 303)


@bp.post("/<row:run_id>/store")
@transactional
def store(run_id: int) -> ResponseReturnValue:
    run = _run(run_id, to_change=True)
    ensure(run.import_kind is not ImportKind.ACCOUNTS)
    return _store(run)


@bp.post("/<row:run_id>/open")
@signin.requires_proof
@transactional
def open_accounts(run_id: int) -> ResponseReturnValue:
    """Accounts give rights, so the password is asked for again, as where one is opened by hand."""
    run = _run(run_id, to_change=True)
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
    run = _run(run_id)
    plan = commands.shown(_made_again(run), language()) if run.run_state is RunState.PREPARED else run.plan or {}
    status = form.show_refusal(refusal)
    return _page(run, plan, form), status


@bp.post("/<row:run_id>/again")
@transactional
def again(run_id: int) -> ResponseReturnValue:
    """Start once more what was interrupted."""
    run = _run(run_id, to_change=True)
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
    run = _run(run_id)
    done, total = queries.progress(run)
    return jsonify(done=done, of=total, waits=run.run_state.is_at_work)


@bp.post("/<row:run_id>/undo")
@transactional
def undo(run_id: int) -> ResponseReturnValue:
    run = _run(run_id, to_change=True)
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


@bp.get("/<row:run_id>/wrong.xlsx")
def wrong(run_id: int) -> Response:
    """The wrong rows with what is wrong about them, to be mended and brought again."""
    run = _run(run_id)
    ensure(run.run_state is RunState.PREPARED)
    return _file(commands.wrong_rows(_made_again(run)), gettext("wrong rows"))


@bp.get("/template/<kind>.xlsx")
def template(kind: str) -> Response:
    found = next((one for one in _kinds() if one.value == kind), None)
    if found is None:
        raise NotFound
    return _file(commands.template_of(found), label(found))


def _file(content: bytes, name: str) -> Response:
    return send_file(BytesIO(content), XLSX, as_attachment=True, download_name=f"{clean_name(name)}.xlsx")


@bp.get("/<row:run_id>/source")
def source(run_id: int) -> Response:
    """As a download: a browser must never render an uploaded file within this site."""
    run = _run(run_id)
    name = f"{run.name}.txt" if run.is_pasted else run.name
    return send_file(
        BytesIO(queries.content_of(run)), "application/octet-stream", as_attachment=True, download_name=name
    )


@bp.app_template_global()
def import_href(kind: str) -> str | None:
    """Where a list offers to import its rows; none to those who may not."""
    actor = current() if has_request_context() else None
    code = ImportKind(kind)
    may = actor is not None and code in commands.KEEPERS and policy.may_import(actor, code)
    return url_for("imports.new", kind=kind) if may else None
