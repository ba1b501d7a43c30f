"""Queries for reply links."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, select
from sqlalchemy.orm import aliased, selectinload

from tracker.actions import queries as actions
from tracker.actions.models import ActionItem
from tracker.actions.rules import ActionStatus
from tracker.audit.models import Event
from tracker.core.actor import acting
from tracker.core.db import db
from tracker.core.errors import NotFound
from tracker.core.together import RowsOf
from tracker.reply_links import policy, rules
from tracker.reply_links.models import ReplyLink
from tracker.reply_links.rules import LinkEnd, Purpose

_link = aliased(ReplyLink)


def out_of(action: ActionItem, at: datetime) -> RowsOf:
    """The links of an action with which it can be answered now."""
    return RowsOf(_link, _answers_action, {"answered_action": action.id, "answered_at": at})


def _answers_action(columns: Any) -> ColumnElement[bool]:
    is_in_force = and_(columns.ended_at.is_(None), columns.expires_at > bindparam("answered_at"))
    return and_(columns.action_id == bindparam("answered_action"), is_in_force)


def unended(action_id: int) -> Sequence[ReplyLink]:
    return db.session.scalars(select(ReplyLink).filter_by(action_id=action_id, ended_at=None)).all()


def last_finished(action_ids: Sequence[int]) -> Select[int, int | None]:
    """These actions and the persons who reported them finished by a link, if they were the last to do so."""
    reported_at = select(func.max(Event.at)).where(
        Event.subject == ActionItem.__tablename__, Event.subject_id == ReplyLink.action_id,
        Event.verb == f"moved_{ActionStatus.AWAITING_VERIFICATION}",
    )  # fmt: skip
    return select(ReplyLink.action_id, ReplyLink.person_id).where(
        ReplyLink.action_id.in_(action_ids), ReplyLink.purpose == Purpose.FINISH, ReplyLink.ended_as == LinkEnd.USED,
        ReplyLink.ended_at == reported_at.scalar_subquery(),
    )  # fmt: skip


def link(action_id: int, link_id: int, *, to_change: bool = False) -> ReplyLink:
    query = select(ReplyLink).filter_by(id=link_id, action_id=action_id, ended_at=None)
    stored = db.session.scalar(query.with_for_update() if to_change else query)
    if stored is None:
        raise NotFound
    return stored


def answerable(
    token: str, secret_key: str, at: datetime, *, to_change: bool = False
) -> tuple[ReplyLink, ActionItem] | None:
    """The link of this token and its action; None if it cannot be answered with, for whatever reason.

    They are read as a stranger reads them, who sees only what is ordinary. `to_change` locks both.
    """
    link_id = rules.link_id_of(token, secret_key)
    with acting(None):
        action_id = db.session.scalar(select(ReplyLink.action_id).filter_by(id=link_id)) if link_id else None
        if action_id is None:
            return None
        action = actions.in_full(action_id, to_change=to_change)  # locked first, as by those who end its links
        query = select(ReplyLink).filter_by(id=link_id).options(selectinload(ReplyLink.account))
        found = db.session.scalars(query.with_for_update(of=ReplyLink) if to_change else query).one()
    is_closed = found.account is not None and not found.account.is_active
    if is_closed or not found.is_out(at) or not policy.may_answer(found.reader, action):
        return None
    return found, action
