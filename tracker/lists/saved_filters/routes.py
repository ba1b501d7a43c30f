"""Pages of saved views, and the bar above every list."""

from collections.abc import Sequence
from functools import cache
from typing import Any
from urllib.parse import parse_qs, urlencode

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.core.actor import current
from tracker.core.errors import NotFound, NotPossible
from tracker.core.pages import me
from tracker.core.paging import here_as
from tracker.core.transactions import transactional
from tracker.core.wording import gettext
from tracker.core.wording import lazy_gettext as _l
from tracker.lists.columns import LISTS
from tracker.lists.columns.description import Listing
from tracker.lists.labels import filter_in_words
from tracker.lists.saved_filters import commands, policy, queries
from tracker.lists.saved_filters.forms import ViewForm
from tracker.lists.saved_filters.models import SavedView

bp = Blueprint("saved_filters", __name__)
blueprints = (bp,)

LONGEST_QUERY = 2000


def _listing(name: str) -> Listing:
    if name not in LISTS:
        raise NotFound
    return LISTS[name]


def _filter_here(listing: Listing) -> str:
    """The current filter as a query string, with parameters of the list only."""
    own = _own_parameters(listing.name)
    return urlencode([(name, value) for name, value in request.args.items(multi=True) if name in own and value])


@cache
def _own_parameters(name: str) -> frozenset[str]:
    return frozenset(field.name for field in LISTS[name].form())


def _views(name: str) -> list[SavedView]:
    if "views" not in g:
        g.views = _offered_views(LISTS[name], queries.views_of(name, me().account_id))
    views: list[SavedView] = g.views
    return views


def _offered_views(listing: Listing, views: Sequence[SavedView]) -> list[SavedView]:
    """The user's own views, and shared views whose filter names only rows that the user may see."""
    filters = {view.id: parse_qs(view.query) for view in views if view.account_id != me().account_id}
    fields = {field for query in filters.values() for field in query if field in listing.choices}
    offered = {field: {str(row_id) for row_id, _ in listing.choices[field]()} for field in fields}
    return [
        view
        for view in views
        if all(offered[field].issuperset(ids) for field, ids in filters.get(view.id, {}).items() if field in offered)
    ]


@bp.before_app_request
def open_with_default() -> ResponseReturnValue | None:
    """A list without query parameters opens with the user's default view, or else with its standard filter."""
    name, _, page = str(request.endpoint).partition(".")
    is_bare_list = page == "index" and name in LISTS and LISTS[name].has_filter and not request.args
    if not is_bare_list or current() is None:
        return None
    default = next((view for view in _views(name) if view.is_default and view.account_id == me().account_id), None)
    query = default.query if default else LISTS[name].opens_with
    return redirect(f"{request.path}?{query}") if query else None


@bp.app_template_global()
def saved_views(name: str) -> dict[str, Any] | None:
    """Data for the bar above a list: the views, the current one, and the link that saves the current filter."""
    listing = LISTS[name]
    if not listing.has_filter:
        return None
    current_filter = _filter_here(listing)
    views = [
        {
            "name": view.name, "href": f"{request.path}?{view.query or 'view=all'}",
            "is_current": view.query == current_filter,
            "edit_href": url_for("saved_filters.edit", view_id=view.id) if view.account_id == me().account_id else None,
        }
        for view in _views(name)
    ]  # fmt: skip
    is_saved = not current_filter or any(view["is_current"] for view in views)
    save_href = None if is_saved or len(current_filter) > LONGEST_QUERY else here_as("saved_filters.new", list=name)
    all_href = f"{request.path}?view=all"
    return {"views": views, "all_href": all_href, "is_all": not current_filter, "save_href": save_href}


def _view_page(form: ViewForm, listing: Listing, view: SavedView | None) -> str:
    if not policy.may_share(me()):
        del form.is_shared
    about = filter_in_words(listing.filter()) if view is None else None
    return render_template("lists/saved_filters/form.html", form=form, listing=listing, view=view, about=about)


def _address_of(view: SavedView) -> str:
    return f"{url_for(f'{view.list_name}.index')}?{view.query or 'view=all'}"


@bp.get("/views/new")
def new() -> ResponseReturnValue:
    listing = _listing(request.args.get("list", ""))
    return _view_page(ViewForm(formdata=None), listing, None)


@bp.post("/views/new")
@transactional
def create() -> ResponseReturnValue:
    listing = _listing(request.args.get("list", ""))
    form = ViewForm()
    try:
        form.check()
        query = _filter_here(listing)
        if len(query) > LONGEST_QUERY:
            raise NotPossible(_l("This filter is too long to be saved."))
        view = commands.save_view(listing.name, query, form.draft(), by=me())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _view_page(form, listing, None), status
    flash(gettext("Saved."))
    return redirect(_address_of(view), 303)


@bp.get("/views/<row:view_id>/edit")
def edit(view_id: int) -> ResponseReturnValue:
    view = queries.own_view(view_id, me().account_id)
    return _view_page(ViewForm.of(view), _listing(view.list_name), view)


@bp.post("/views/<row:view_id>/edit")
@transactional
def update(view_id: int) -> ResponseReturnValue:
    view = queries.own_view(view_id, me().account_id, to_change=True)
    form = ViewForm()
    try:
        form.check(ViewForm.of(view))
        commands.edit_view(view, form.draft(), by=me())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _view_page(form, _listing(view.list_name), view), status
    flash(gettext("Saved."))
    return redirect(_address_of(view), 303)


@bp.post("/views/<row:view_id>/delete")
@transactional
def delete(view_id: int) -> ResponseReturnValue:
    view = queries.own_view(view_id, me().account_id, to_change=True)
    commands.delete_view(view)
    flash(gettext("The view is deleted. The rows it showed are untouched."))
    return redirect(f"{url_for(f'{view.list_name}.index')}?view=all", 303)
