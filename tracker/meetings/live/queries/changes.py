"""Whether the minutes changed since the last poll: small queries that run every few seconds."""

import hashlib
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ScalarSelect, Select, bindparam, func, select

from tracker.actions.models import ActionItem
from tracker.audit.models import Event
from tracker.core.actor import Actor
from tracker.core.db import Model, db
from tracker.core.errors import NotFound
from tracker.meetings.live.models import TypedLine
from tracker.meetings.models import Meeting, Statement, StatementProposal, StatementRepeat
from tracker.proposals.models import Proposal


def version_of(meeting_id: int, reader: Actor) -> tuple[str, str]:
    """A version of the screen for this user, which changes with each event that affects it; the keys of their drafts.

    One statement, because many windows ask every few seconds.
    """
    asked = {"meeting": meeting_id, "account": reader.account_id}
    last = db.session.execute(_last_events(), asked).one_or_none()
    if last is None:
        raise NotFound
    *last_events, keys = last
    seen_by = (reader.seen.account_id, reader.clearance.value, reader.real.account_id)
    # Hashed, because the number of events reveals something about hidden rows.
    of_screen = hashlib.sha256(repr((*last_events, *seen_by)).encode()).hexdigest()[:20]
    return of_screen, " ".join(sorted((keys or "").split()))


@cache
def _last_events() -> Select[Any]:
    """Built once, because building it costs more than running it."""
    # Bare tables: the visibility of the meeting itself decides.
    statement, link, repeat, raised, agreed = (
        model.__table__.c for model in (Statement, StatementProposal, StatementRepeat, Proposal, ActionItem)
    )
    meeting_id: BindParameter[int] = bindparam("meeting")
    lines = select(statement.id).where(statement.meeting_id == meeting_id)
    event = Event.__table__.c
    of_meeting = select(func.max(event.id)).where(event.subject == "meeting", event.subject_id == meeting_id)
    return select(
        Meeting.id,
        of_meeting.scalar_subquery(),
        _last(Statement, lines),
        _last(Proposal, select(link.proposal_id).where(link.statement_id.in_(lines))),
        _last(Proposal, select(raised.id).where(raised.raised_in_id == meeting_id)),
        _last(ActionItem, select(agreed.id).where(agreed.meeting_id == meeting_id)),
        _last(ActionItem, select(repeat.action_id).where(repeat.statement_id.in_(lines))),
        _last(Proposal, select(repeat.proposal_id).where(repeat.statement_id.in_(lines))),
        _own_keys(meeting_id),
    ).where(Meeting.id == meeting_id)


def _last(kind: type[Model], rows: Select[Any]) -> ScalarSelect[Any]:
    event = Event.__table__.c
    query = select(func.max(event.id)).where(event.subject == kind.__tablename__, event.subject_id.in_(rows))
    return query.scalar_subquery()


def _own_keys(meeting_id: BindParameter[int]) -> ScalarSelect[Any]:
    typed = TypedLine.__table__.c
    own = (typed.meeting_id == meeting_id, typed.account_id == bindparam("account"))
    return select(func.aggregate_strings(typed.key, " ")).where(*own).scalar_subquery()
