"""What people do with saved views. They are their own affair: audited, but told in no timeline."""

from dataclasses import dataclass

from tracker.core.actor import Actor
from tracker.core.constraints import made_by_two, taken
from tracker.core.db import db
from tracker.core.wording import lazy as _l
from tracker.lists.saved_filters import policy, queries
from tracker.lists.saved_filters.models import SavedView

NAME_TAKEN = taken(
    "uq_saved_view_account_id_list_name_name", _l("You already have a view with this name for this list."), field="name"
)
made_by_two("ix_saved_view_one_default")


@dataclass(frozen=True, kw_only=True)
class ViewDraft:
    """What a person says of a view."""

    name: str
    is_default: bool = False
    is_shared: bool = False


def save_view(list_name: str, query: str, draft: ViewDraft, *, by: Actor) -> SavedView:
    """Keep a filter under a name."""
    view = SavedView(account_id=by.account_id, list_name=list_name, query=query)
    _name(view, draft, by)
    db.session.add(view)
    db.session.flush()
    return view


def edit_view(view: SavedView, draft: ViewDraft, *, by: Actor) -> None:
    """Name it anew, make it the first of its list or not, show it to everybody or not."""
    _name(view, draft, by)


def delete_view(view: SavedView) -> None:
    """Forget it; the rows it showed are not touched."""
    db.session.delete(view)


def _name(view: SavedView, draft: ViewDraft, by: Actor) -> None:
    others = [one for one in queries.views_of(view.list_name, view.account_id) if one.account_id == view.account_id]
    others = [one for one in others if one is not view]
    if draft.name.casefold() in {one.name.casefold() for one in others}:
        raise NAME_TAKEN.refusal()
    if draft.is_default:
        for one in others:
            one.is_default = False
        db.session.flush()  # one default a list: the old one gives way first
    view.name, view.is_default = draft.name, draft.is_default
    view.is_shared = draft.is_shared and policy.may_share(by)
