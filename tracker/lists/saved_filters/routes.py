"""Pages of saved filters, and the bar above every list."""

from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date
from functools import cache, lru_cache
from typing import Any
from urllib.parse import parse_qs, urlencode

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel.speaklater import LazyString
from sqlalchemy import Select, null, select

from tracker.core import clock
from tracker.core.actor import Actor, current
from tracker.core.db import db
from tracker.core.errors import NotFound, NotPossible
from tracker.core.fields import Combobox
from tracker.core.pages import me
from tracker.core.paging import count_text, counting, here_as
from tracker.core.request import row_number
from tracker.core.transactions import transactional
from tracker.core.wording import gettext
from tracker.core.wording import lazy_gettext as _l
from tracker.lists.columns import LISTS
from tracker.lists.columns.description import Listing
from tracker.lists.labels import filter_in_words
from tracker.lists.saved_filters import commands, policy, queries
from tracker.lists.saved_filters.forms import SavedFilterForm
from tracker.lists.saved_filters.models import SavedFilter
from tracker.people.queries import days_elsewhere

bp = Blueprint("saved_filters", __name__)
blueprints = (bp,)

LONGEST_QUERY = 2000


def _listing(name: str) -> Listing:
    if name not in LISTS:
        raise NotFound
    return LISTS[name]


def _filter_here(listing: Listing) -> str:
    """The current filter as a query string, with parameters of the list only; words only where they have no id."""
    own = _own_parameters(listing.name)
    chosen = {f"{name}-typed" for name in listing.sources if request.args.get(name)}
    return urlencode(
        [(name, value) for name, value in request.args.items(multi=True) if name in own - chosen and value]
    )


@cache
def _own_parameters(name: str) -> frozenset[str]:
    fields = LISTS[name].form()
    typed = (field.typed_name for field in fields if isinstance(field, Combobox))
    return frozenset([*(field.name for field in fields), *typed])


def _saved_filters(name: str) -> list[SavedFilter]:
    if "saved_filters" not in g:
        g.saved_filters = _offered(LISTS[name], queries.filters_of(name, me().account_id))
    filters: list[SavedFilter] = g.saved_filters
    return filters


def _offered(listing: Listing, filters: Sequence[SavedFilter]) -> list[SavedFilter]:
    """The user's own filters, and those shared that name only rows that the user may see."""
    shared = {saved.id: parse_qs(saved.query) for saved in filters if saved.account_id != me().account_id}
    named = {field: _ids_in(shared.values(), field) for field in [*listing.sources, *listing.choices]}
    open_ids = {field: _open_ids(listing, field, ids) for field, ids in named.items() if ids}
    return [
        saved
        for saved in filters
        if all(open_ids[field].issuperset(ids) for field, ids in shared.get(saved.id, {}).items() if field in open_ids)
    ]


def _ids_in(shared: Iterable[Mapping[str, Sequence[str]]], field: str) -> set[str]:
    return {row_id for query in shared for row_id in query.get(field, ())}


def _open_ids(listing: Listing, field: str, ids: Set[str]) -> set[str]:
    """Those of the ids that a filter field offers to the user."""
    if field in listing.choices:
        return {str(row_id) for row_id, _ in listing.choices[field]()}
    found = listing.sources[field].named({row_number(row_id) or 0 for row_id in ids})
    return {str(row_id) for row_id in found}


@bp.before_app_request
def open_with_default() -> ResponseReturnValue | None:
    """A list without query parameters opens with the user's default filter, or else with its standard filter."""
    name, _, page = str(request.endpoint).partition(".")
    is_bare_list = page == "index" and name in LISTS and LISTS[name].has_filter and not request.args
    if not is_bare_list or current() is None:
        return None
    own = (saved for saved in _saved_filters(name) if saved.account_id == me().account_id)
    default = next((saved for saved in own if saved.is_default), None)
    query = default.query if default else LISTS[name].opens_with
    return redirect(f"{request.path}?{query}") if query else None


@bp.app_template_global()
def list_views(name: str, *, with_hidden: bool = False) -> dict[str, Any] | None:
    """The tabs above a list: built-in filters with their counts, then saved ones; and links to save and to edit.

    The first to ask on a page says whether the number of hidden rows is counted in the same statement.
    """
    listing = LISTS[name]
    if not listing.has_filter:
        return None
    if "list_views" not in g:
        g.list_views = _list_views(listing, with_hidden=with_hidden)
    views: dict[str, Any] = g.list_views
    return views


def _list_views(listing: Listing, *, with_hidden: bool) -> dict[str, Any]:
    current_filter = _filter_here(listing)
    *counts, hidden = _counts(listing, with_hidden=with_hidden)
    counted = zip(listing.tabs, counts, strict=True)
    built_in = [_link(tab.label, tab.query, current_filter, count) for tab, count in counted]
    own_or_shared = _saved_filters(listing.name)
    if own_or_shared and not built_in:
        built_in = [_link(gettext("All"), "", current_filter)]
    views = [*built_in, *(_link(saved.name, saved.query, current_filter) for saved in own_or_shared)]
    is_saved = not current_filter or any(view["is_current"] for view in views)
    may_save = not is_saved and len(current_filter) <= LONGEST_QUERY
    save_href = here_as("saved_filters.new", list=listing.name) if may_save else None
    own = (saved for saved in own_or_shared if saved.account_id == me().account_id)
    edit_href = next((_edit_address(saved) for saved in own if saved.query == current_filter), None)
    return {"views": views, "save_href": save_href, "edit_href": edit_href, "hidden": hidden}


def _counts(listing: Listing, *, with_hidden: bool) -> Sequence[Any]:
    """The number of rows of each tab, then that of hidden rows or None."""
    if not listing.tabs and not with_hidden:
        return [None]
    today = clock.today()
    elsewhere = frozenset(days_elsewhere(today).items())
    return db.session.execute(_counting(listing.name, me(), today, elsewhere, with_hidden=with_hidden)).one()


@lru_cache(maxsize=256)
def _counting(
    name: str, _actor: Actor, _today: date, _elsewhere: frozenset[tuple[int, date]], *, with_hidden: bool
) -> Select[*tuple[Any, ...]]:
    """Made once for all that tabs depend on, since making it takes longer than counting. It holds no rights."""
    hidden = LISTS[name].hidden() if with_hidden else select(null()).scalar_subquery()
    return counting([*(tab.rows() for tab in LISTS[name].tabs), hidden])


def _link(name: LazyString | str, query: str, current_filter: str, count: int | None = None) -> dict[str, Any]:
    return {
        "name": name,
        "href": f"{request.path}?{query or 'view=all'}",
        "is_current": query == current_filter,
        "count": None if count is None else count_text(count),
    }


def _form_page(form: SavedFilterForm, listing: Listing, saved: SavedFilter | None) -> str:
    if not policy.may_share(me()):
        del form.is_shared
    about = filter_in_words(listing.filter()) if saved is None else None
    return render_template("lists/saved_filters/form.html", form=form, listing=listing, saved=saved, about=about)


def _edit_address(saved: SavedFilter) -> str:
    return url_for("saved_filters.edit", filter_id=saved.id)


def _address_of(saved: SavedFilter) -> str:
    return f"{url_for(f'{saved.list_name}.index')}?{saved.query or 'view=all'}"


@bp.get("/views/new")
def new() -> ResponseReturnValue:
    listing = _listing(request.args.get("list", ""))
    return _form_page(SavedFilterForm(formdata=None), listing, None)


@bp.post("/views/new")
@transactional
def create() -> ResponseReturnValue:
    listing = _listing(request.args.get("list", ""))
    form = SavedFilterForm()
    try:
        form.check()
        query = _filter_here(listing)
        if len(query) > LONGEST_QUERY:
            raise NotPossible(_l("This filter is too long to be saved."))
        saved = commands.save_filter(listing.name, query, form.draft(), by=me())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _form_page(form, listing, None), status
    flash(gettext("Saved."))
    return redirect(_address_of(saved), 303)


@bp.get("/views/<row:filter_id>/edit")
def edit(filter_id: int) -> ResponseReturnValue:
    saved = queries.own_filter(filter_id, me().account_id)
    return _form_page(SavedFilterForm.of(saved), _listing(saved.list_name), saved)


@bp.post("/views/<row:filter_id>/edit")
@transactional
def update(filter_id: int) -> ResponseReturnValue:
    saved = queries.own_filter(filter_id, me().account_id, to_change=True)
    form = SavedFilterForm()
    try:
        form.check(SavedFilterForm.of(saved))
        commands.edit_filter(saved, form.draft(), by=me())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _form_page(form, _listing(saved.list_name), saved), status
    flash(gettext("Saved."))
    return redirect(_address_of(saved), 303)


@bp.post("/views/<row:filter_id>/delete")
@transactional
def delete(filter_id: int) -> ResponseReturnValue:
    saved = queries.own_filter(filter_id, me().account_id, to_change=True)
    commands.delete_filter(saved)
    flash(gettext("The view is deleted. The rows it showed are untouched."))
    return redirect(f"{url_for(f'{saved.list_name}.index')}?view=all", 303)
