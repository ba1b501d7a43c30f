"""Lists to download, the follow-up matrix on screen, and what every list page offers beside its rows."""

import re
import tempfile
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlencode

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    g,
    jsonify,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue

from tracker.core import clock
from tracker.core.actor import current
from tracker.core.errors import NotFound, NotPossible
from tracker.core.pages import me
from tracker.core.paging import page_of
from tracker.core.transactions import transactional
from tracker.core.wording import lazy as _l
from tracker.core.wording import say
from tracker.exchange import commands, formats, labels, policy, queries
from tracker.exchange.formats import Sheet
from tracker.exchange.forms import ViewForm
from tracker.exchange.lists import LISTS
from tracker.exchange.lists.description import Listing
from tracker.exchange.models import SavedView

bp = Blueprint("exchange", __name__)
blueprints = (bp,)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: More rows than anybody reads on paper; the typesetter holds all of them at once.
MOST_ROWS_ON_PAPER = 2000
LONGEST_QUERY = 2000
_TOKEN = re.compile(r"[0-9a-f]{32}")


def _listing(name: str) -> Listing:
    if name not in LISTS:
        raise NotFound
    return LISTS[name]


def _progress_file(token: str) -> Path | None:
    """Where one reader's download tells how far it is; beside the database, so that every worker sees it."""
    if not _TOKEN.fullmatch(token):
        return None
    folder: Path = current_app.extensions["settings"].instance / "progress"
    folder.mkdir(exist_ok=True)
    return folder / f"{me().account_id}-{token}"


def _sheet(listing: Listing, tell: Callable[[int], None]) -> Sheet:
    return labels.sheet_of(listing, listing.form(), by=me().name, at=clock.now(), tell=tell)


def _download(name: str, extension: str, kind: str, write: Callable[[Sheet, IO[bytes]], None]) -> Response:
    """Write the list into a file without a name and send it: it arrives whole or not at all."""
    listing = _listing(name)
    file = tempfile.TemporaryFile()  # noqa: SIM115  # the answer closes it
    told = _progress_file(request.args.get("progress", ""))
    try:
        write(_sheet(listing, (lambda done: _tell(told, done)) if told else (lambda _: None)), file)
    finally:
        if told:
            told.unlink(missing_ok=True)
    file.seek(0)
    return send_file(file, kind, as_attachment=True, download_name=f"{name}-{clock.today()}.{extension}")


def _tell(file: Path, done: int) -> None:
    file.write_text(str(done))


@bp.get("/<name>.csv")
def csv(name: str) -> ResponseReturnValue:
    return _download(name, "csv", "text/csv", formats.write_csv)


@bp.get("/<name>.xlsx")
def xlsx(name: str) -> ResponseReturnValue:
    return _download(name, "xlsx", XLSX, formats.write_xlsx)


@bp.get("/<name>.pdf")
def pdf(name: str) -> ResponseReturnValue:
    listing = _listing(name)
    if queries.count(listing.question(listing.form())) > MOST_ROWS_ON_PAPER:
        raise NotPossible(_l("More than 2,000 rows do not go on paper. Narrow the filter, or take the XLSX."))
    return _download(name, "pdf", "application/pdf", lambda sheet, file: _write(file, formats.pdf(sheet)))


def _write(file: IO[bytes], made: bytes) -> None:
    file.write(made)


@bp.get("/progress/<token>")
def progress(token: str) -> ResponseReturnValue:
    file = _progress_file(token)
    if file is None:
        raise NotFound
    try:
        return jsonify(done=int(file.read_text() or 0))
    except (FileNotFoundError, ValueError):  # not begun, just being written, or already done
        return jsonify(done=None)


@bp.get("/actions/matrix")
def matrix() -> ResponseReturnValue:
    listing = LISTS["actions"]
    form = listing.form()
    for field, choices in listing.choices.items():
        form[field].offer(choices(), say("Any"))
    status = HTTPStatus.OK if form.validate() else HTTPStatus.UNPROCESSABLE_ENTITY
    page = page_of(listing.question(form), request.args.get("page"))
    return render_template(
        "exchange/matrix.html",
        form=form,
        page=page,
        headings=[str(column.heading) for column in listing.columns],
        rows=[[labels.in_text(value) for value in row[1:]] for row in labels.cells(listing, page.rows)],
        about=labels.filter_in_words(listing, form),
        today=clock.today(),
    ), status


@bp.app_template_global()
def here_as(endpoint: str, **more: Any) -> str:
    """The present filter at another address: a file to download, another view."""
    kept = {name: values for name, values in request.args.to_dict(flat=False).items() if name != "page"}
    return url_for(endpoint, **{**kept, **more})


def _filter_here(listing: Listing) -> str:
    """The present filter as a query string: the list's own parameters alone, whatever else the address holds."""
    own = {field.name for field in listing.form()}
    query = urlencode([(name, value) for name, value in request.args.items(multi=True) if name in own and value])
    if len(query) > LONGEST_QUERY:
        raise NotPossible(_l("This filter is too long to be kept."))
    return query


def _views(name: str) -> list[SavedView]:
    if "views" not in g:
        g.views = list(queries.views_of(name, me().account_id))
    found: list[SavedView] = g.views
    return found


@bp.before_app_request
def open_with_default() -> ResponseReturnValue | None:
    """A list that is asked for without any filter opens with its reader's own view."""
    name, _, page = str(request.endpoint).partition(".")
    is_bare_list = page == "index" and name in LISTS and LISTS[name].has_filter and not request.args
    if not is_bare_list or current() is None:
        return None
    chosen = next((one for one in _views(name) if one.is_default and one.account_id == me().account_id), None)
    return redirect(f"{request.path}?{chosen.query}") if chosen and chosen.query else None


@bp.app_template_global()
def saved_views(name: str) -> dict[str, Any] | None:
    """What the bar above a list shows: the views, which of them is open, and where to keep the present filter."""
    listing = LISTS[name]
    if not listing.has_filter:
        return None
    here = _filter_here(listing)
    views = [
        {"name": one.name, "href": f"{request.path}?{one.query or 'view=all'}", "is_current": one.query == here,
         "edit_href": url_for("exchange.edit_view", view_id=one.id) if one.account_id == me().account_id else None}
        for one in _views(name)
    ]  # fmt: skip
    is_kept = not here or any(view["is_current"] for view in views)
    keep_href = None if is_kept else here_as("exchange.new_view", list=name)
    return {"views": views, "all_href": f"{request.path}?view=all", "is_all": not here, "keep_href": keep_href}


def _view_page(form: ViewForm, listing: Listing, view: SavedView | None) -> str:
    if not policy.may_share(me()):
        del form.is_shared
    return render_template("exchange/view.html", form=form, listing=listing, view=view, about=labels.filter_in_words(
        listing, listing.form()) if view is None else None)  # fmt: skip


def _of_view(view: SavedView) -> str:
    return f"{url_for(f'{view.list_name}.index')}?{view.query or 'view=all'}"


@bp.get("/views/new")
def new_view() -> ResponseReturnValue:
    listing = _listing(request.args.get("list", ""))
    return _view_page(ViewForm(formdata=None), listing, None)


@bp.post("/views/new")
@transactional
def create_view() -> ResponseReturnValue:
    listing = _listing(request.args.get("list", ""))
    form = ViewForm()
    status = form.verdict()
    if status != HTTPStatus.OK:
        return _view_page(form, listing, None), status
    view = commands.save_view(listing.name, _filter_here(listing), form.draft(), by=me())
    flash(say("Saved."))
    return redirect(_of_view(view), 303)


@bp.get("/views/<row:view_id>/edit")
def edit_view(view_id: int) -> ResponseReturnValue:
    view = queries.own_view(view_id, me().account_id)
    return _view_page(ViewForm.of(view), _listing(view.list_name), view)


@bp.post("/views/<row:view_id>/edit")
@transactional
def update_view(view_id: int) -> ResponseReturnValue:
    view = queries.own_view(view_id, me().account_id, to_change=True)
    form = ViewForm()
    status = form.verdict(ViewForm.of(view))
    if status != HTTPStatus.OK:
        return _view_page(form, _listing(view.list_name), view), status
    commands.edit_view(view, form.draft(), by=me())
    flash(say("Saved."))
    return redirect(_of_view(view), 303)


@bp.post("/views/<row:view_id>/delete")
@transactional
def delete_view(view_id: int) -> ResponseReturnValue:
    view = queries.own_view(view_id, me().account_id, to_change=True)
    commands.delete_view(view)
    flash(say("The view is deleted. The rows it showed are untouched."))
    return redirect(f"{url_for(f'{view.list_name}.index')}?view=all", 303)
