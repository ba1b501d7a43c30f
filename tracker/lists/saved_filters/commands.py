"""Changes to saved filters. Callers commit. They are private: audited, but without events."""

from dataclasses import dataclass

from tracker.core.actor import Actor
from tracker.core.constraints import retry_on_violation, taken
from tracker.core.db import db
from tracker.core.wording import lazy_gettext as _l
from tracker.lists.saved_filters import policy, queries
from tracker.lists.saved_filters.models import SavedFilter

NAME_TAKEN = taken(
    "uq_saved_view_account_id_list_name_name", _l("You already have a view with this name for this list."), field="name"
)
retry_on_violation("ix_saved_view_one_default")


@dataclass(frozen=True, kw_only=True)
class SavedFilterDraft:
    name: str
    is_default: bool = False
    is_shared: bool = False


def save_filter(list_name: str, query: str, draft: SavedFilterDraft, *, by: Actor) -> SavedFilter:
    saved = SavedFilter(account_id=by.account_id, list_name=list_name, query=query)
    _apply(saved, draft, by)
    db.session.add(saved)
    db.session.flush()
    return saved


def edit_filter(saved: SavedFilter, draft: SavedFilterDraft, *, by: Actor) -> None:
    _apply(saved, draft, by)


def delete_filter(saved: SavedFilter) -> None:
    db.session.delete(saved)


def _apply(saved: SavedFilter, draft: SavedFilterDraft, by: Actor) -> None:
    filters = queries.filters_of(saved.list_name, saved.account_id)
    others = [other for other in filters if other.account_id == saved.account_id and other is not saved]
    if draft.name.casefold() in {other.name.casefold() for other in others}:
        raise NAME_TAKEN.refusal()
    if draft.is_default:
        for other in others:
            other.is_default = False
        db.session.flush()  # a unique index allows one default per list, so the old one is cleared first
    saved.name, saved.is_default = draft.name, draft.is_default
    saved.is_shared = draft.is_shared and policy.may_share(by)
