"""Rows related to a proposal or an action, and its timeline."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, or_, select
from sqlalchemy.orm import aliased, joinedload

from tracker.actions import queries as action_queries
from tracker.actions.models import ActionItem
from tracker.audit.models import Event
from tracker.audit.queries import events_about
from tracker.core import clock
from tracker.core.actor import Actor
from tracker.core.clock import day_at
from tracker.core.db import db
from tracker.core.errors import NotFound
from tracker.core.together import RowsOf
from tracker.meetings import queries as meetings
from tracker.meetings.models import StatementProposal
from tracker.people import queries as people
from tracker.proposals.models import Proposal
from tracker.proposals.rules import NOTED
from tracker.status import policy
from tracker.status.models import HandOver


@dataclass
class Facts:
    """Rows related to a proposal; events newest first, the rest oldest first."""

    mentions: list[StatementProposal] = field(default_factory=list)
    actions: list[ActionItem] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    hand_overs: list[HandOver] = field(default_factory=list)

    @property
    def last_happened(self) -> Event | None:
        """The last event of the proposal or its actions, without later annotations."""
        happened = (event for event in self.events if event.verb not in NOTED)
        return max(happened, key=lambda event: (day_of(event), event.id), default=None)


def facts_of(proposal_ids: Sequence[int]) -> Mapping[int, Facts]:
    """Facts of each proposal by id, in four statements regardless of their number."""
    facts_by_id: dict[int, Facts] = defaultdict(Facts)
    for mention in meetings.statements_about(*proposal_ids):
        facts_by_id[mention.proposal_id].mentions.append(mention)
    owner: dict[int, int] = {}
    for action in action_queries.of_proposals(proposal_ids):
        owner[action.id] = action.proposal_id or 0
        facts_by_id[owner[action.id]].actions.append(action)
    for event in events_about({"proposal": proposal_ids, "action_item": list(owner)}):
        is_own = event.subject == "proposal"
        facts_by_id[event.subject_id if is_own else owner[event.subject_id]].events.append(event)
    for hand_over_row in hand_overs(proposal_ids, list(owner)):
        facts_by_id[hand_over_row.proposal_id or owner[hand_over_row.action_id or 0]].hand_overs.append(hand_over_row)
    return facts_by_id


_hand_over = aliased(HandOver)


def hand_overs_of_action(action_id: int) -> RowsOf:
    return RowsOf(_hand_over, _hands_over, {"handed_over": action_id}, _WITH_RECIPIENT)


_WITH_RECIPIENT = (joinedload(_hand_over.person), joinedload(_hand_over.position), joinedload(_hand_over.unit))


def _hands_over(columns: Any) -> ColumnElement[bool]:
    criterion: ColumnElement[bool] = columns.action_id == bindparam("handed_over")
    return criterion


def hand_overs(proposal_ids: Sequence[int], action_ids: Sequence[int]) -> Sequence[HandOver]:
    return db.session.scalars(_HAND_OVERS, {"proposals": proposal_ids, "actions": action_ids}).all()


_HAND_OVERS = (
    select(HandOver)
    .where(
        or_(
            HandOver.proposal_id.in_(bindparam("proposals", expanding=True)),
            HandOver.action_id.in_(bindparam("actions", expanding=True)),
        )
    )
    .options(joinedload(HandOver.person), joinedload(HandOver.position), joinedload(HandOver.unit))
    .order_by(HandOver.id)
)


def open_hand_overs(subject: Proposal | ActionItem) -> Sequence[HandOver]:
    return db.session.scalars(_hand_overs_of(subject).where(HandOver.ended_at.is_(None))).all()


def hand_overs_overtaken(subject: Proposal | ActionItem, at: datetime) -> Sequence[HandOver]:
    """Hand-overs that ended at this moment without an answer."""
    return db.session.scalars(_hand_overs_of(subject).filter_by(ended_at=at, answer=None)).all()


def hand_over(subject: Proposal | ActionItem, hand_over_id: int, *, to_change: bool = False) -> HandOver:
    query = _hand_overs_of(subject).where(HandOver.id == hand_over_id)
    row = db.session.scalar(query.with_for_update(of=HandOver) if to_change else query)
    if row is None:
        raise NotFound
    return row


def _hand_overs_of(subject: Proposal | ActionItem) -> Select[HandOver]:
    owner = HandOver.proposal_id if isinstance(subject, Proposal) else HandOver.action_id
    return select(HandOver).where(owner == subject.id).order_by(HandOver.id)


def hand_over_to_answer(facts: Facts, subject: Proposal | ActionItem, actor: Actor) -> HandOver | None:
    owner = "proposal_id" if isinstance(subject, Proposal) else "action_id"
    waiting = [row for row in facts.hand_overs if row.ended_at is None and getattr(row, owner) == subject.id]
    posts = people.posts_of(actor.person_id, clock.today()) if waiting else frozenset()
    return next((row for row in waiting if policy.may_answer_hand_over(actor, row, posts)), None)


def day_of(event: Event) -> date:
    """The date on which it took effect."""
    return event.on or day_at(event.at)
