"""Changes to saved views. Callers commit. They are private: audited, but without events."""

from dataclasses import dataclass

from tracker.core.actor import Actor
from tracker.core.constraints import retry_on_violation, taken
from tracker.core.db import db
from tracker.core.wording import lazy_gettext as _l
from tracker.lists.saved_filters import policy, queries
from tracker.lists.saved_filters.models import SavedView

NAME_TAKEN = taken(
    "uq_saved_view_account_id_list_name_name", _l("You already have a view with this name for this list."), field="name"
)
retry_on_violation("ix_saved_view_one_default")


@dataclass(frozen=True, kw_only=True)
class ViewDraft:
    name: str
    is_default: bool = False
    is_shared: bool = False


def save_view(list_name: str, query: str, draft: ViewDraft, *, by: Actor) -> SavedView:
    view = SavedView(account_id=by.account_id, list_name=list_name, query=query)
    _apply(view, draft, by)
    db.session.add(view)
    db.session.flush()
    return view


def edit_view(view: SavedView, draft: ViewDraft, *, by: Actor) -> None:
    _apply(view, draft, by)


def delete_view(view: SavedView) -> None:
    db.session.delete(view)


def _apply(view: SavedView, draft: ViewDraft, by: Actor) -> None:
    views = queries.views_of(view.list_name, view.account_id)
    others = [other for other in views if other.account_id == view.account_id and other is not view]
    if draft.name.casefold() in {other.name.casefold() for other in others}:
        raise NAME_TAKEN.refusal()
    if draft.is_default:
        for other in others:
            other.is_default = False
        db.session.flush()  # a unique index allows one default per list, so the old one is cleared first
    view.name, view.is_default = draft.name, draft.is_default
    view.is_shared = draft.is_shared and policy.may_share(by)
