"""Questions about saved views."""

from collections.abc import Sequence

from sqlalchemy import or_, select

from tracker.core.db import db
from tracker.core.errors import NotFound
from tracker.lists.saved_filters.models import SavedView


def views_of(list_name: str, account_id: int | None) -> Sequence[SavedView]:
    """The views of a list that an account keeps, and those that are shown to everybody."""
    theirs = or_(SavedView.account_id == account_id, SavedView.is_shared)
    question = select(SavedView).where(SavedView.list_name == list_name, theirs)
    return db.session.scalars(question.order_by(SavedView.name, SavedView.id)).all()


def own_view(view_id: int, account_id: int | None, *, to_change: bool = False) -> SavedView:
    """One of an account's own views; another's looks like none."""
    question = select(SavedView).filter_by(id=view_id, account_id=account_id)
    found = db.session.scalar(question.with_for_update() if to_change else question)
    if found is None:
        raise NotFound
    return found
