"""The list of runs, and beginning new ones."""

from collections.abc import Iterator, Sequence

from flask import (
    has_request_context,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from tracker.core import clock
from tracker.core.actor import current
from tracker.core.errors import NotPossible
from tracker.core.media_types import clean_name
from tracker.core.pages import ensure, me
from tracker.core.transactions import transactional
from tracker.core.uploads import takes_files
from tracker.core.wording import lazy_gettext as _l
from tracker.imports import commands, policy, queries
from tracker.imports.commands.remarks import sentence
from tracker.imports.formats import Sheet, UnreadableFile, sheets_in, sheets_pasted
from tracker.imports.forms import NewRunForm
from tracker.imports.routes.blueprint import bp
from tracker.imports.rules.kinds import OF_A_DAY, ImportKind

PASTED = _l("Pasted cells")


@bp.get("")
def index() -> ResponseReturnValue:
    ensure(bool(kinds_to_import()))
    return render_template("imports/index.html", runs=queries.runs())


def kinds_to_import() -> list[ImportKind]:
    """What this account may import, in the order of moving in."""
    return [kind for kind in ImportKind if kind in commands.KEEPERS and policy.may_import(me(), kind)]


@bp.get("/new")
def new() -> ResponseReturnValue:
    kinds = kinds_to_import()
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
    kinds = kinds_to_import()
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


@bp.app_template_global()
def import_href(kind: str) -> str | None:
    """Where a list offers to import its rows; none to those who may not."""
    actor = current() if has_request_context() else None
    code = ImportKind(kind)
    may = actor is not None and code in commands.KEEPERS and policy.may_import(actor, code)
    return url_for("imports.new", kind=kind) if may else None
