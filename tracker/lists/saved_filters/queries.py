"""Queries for saved filters."""

from collections.abc import Sequence

from sqlalchemy import bindparam, or_, select

from tracker.core.db import db
from tracker.core.errors import NotFound
from tracker.lists.saved_filters.models import SavedFilter


def filters_of(list_name: str, account_id: int | None) -> Sequence[SavedFilter]:
    return db.session.scalars(_OFFERED, {"list": list_name, "account": account_id}).all()


_OFFERED = (
    select(SavedFilter)
    .where(
        SavedFilter.list_name == bindparam("list"),
        or_(SavedFilter.account_id == bindparam("account"), SavedFilter.is_shared),
    )
    .order_by(SavedFilter.name, SavedFilter.id)
)


def own_filter(filter_id: int, account_id: int | None, *, to_change: bool = False) -> SavedFilter:
    """A saved filter of this account. Another account's looks absent."""
    query = select(SavedFilter).filter_by(id=filter_id, account_id=account_id)
    saved = db.session.scalar(query.with_for_update() if to_change else query)
    if saved is None:
        raise NotFound
    return saved
