"""Queries for saved views."""

from collections.abc import Sequence

from sqlalchemy import or_, select

from tracker.core.db import db
from tracker.core.errors import NotFound
from tracker.lists.saved_filters.models import SavedView


def views_of(list_name: str, account_id: int | None) -> Sequence[SavedView]:
    is_offered = or_(SavedView.account_id == account_id, SavedView.is_shared)
    query = select(SavedView).where(SavedView.list_name == list_name, is_offered)
    return db.session.scalars(query.order_by(SavedView.name, SavedView.id)).all()


def own_view(view_id: int, account_id: int | None, *, to_change: bool = False) -> SavedView:
    """A view of this account. Another account's view looks absent."""
    query = select(SavedView).filter_by(id=view_id, account_id=account_id)
    view = db.session.scalar(query.with_for_update() if to_change else query)
    if view is None:
        raise NotFound
    return view
