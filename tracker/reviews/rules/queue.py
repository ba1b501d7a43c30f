"""Which items are in the queue, in which order, and how to go through it. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from tracker.actions.rules import OPEN, ActionStatus
from tracker.proposals.rules import ProposalStatus
from tracker.reviews.rules.codes import QueueGroup
from tracker.reviews.rules.facts import ActionFacts, ProposalFacts

STALE_AFTER = timedelta(days=14)


@dataclass(frozen=True)
class Place:
    group: QueueGroup
    #: Sorts within the group.
    order: date


def place_of_action(facts: ActionFacts, held_on: date, next_on: date) -> Place | None:
    """The first group that applies to an open action; None if it is not in the queue."""
    return next(_places(facts, held_on, next_on), None) if facts.status in OPEN else None


def _places(facts: ActionFacts, held_on: date, next_on: date) -> Iterator[Place]:
    if facts.due_on and facts.due_on < held_on:
        yield Place(QueueGroup.OVERDUE, facts.due_on)
    if facts.due_on and held_on <= facts.due_on < next_on:
        yield Place(QueueGroup.DUE_BEFORE_NEXT, facts.due_on)
    if not facts.has_pic or not facts.due_on:
        yield Place(QueueGroup.UNASSIGNED, facts.last_moved_on)
    if facts.last_moved_on <= held_on - STALE_AFTER:
        yield Place(QueueGroup.STALE, facts.last_moved_on)
    if facts.status is ActionStatus.AWAITING_VERIFICATION:
        yield Place(QueueGroup.AWAITING_VERIFICATION, facts.last_moved_on)


def place_of_proposal(facts: ProposalFacts, held_on: date, next_on: date, patience: timedelta) -> Place | None:
    """Back from deferral if the revisit date is before the next review; unanswered if older than `patience`."""
    if facts.status is ProposalStatus.DEFERRED and facts.revisit_on and facts.revisit_on < next_on:
        return Place(QueueGroup.BACK_FROM_DEFERRAL, facts.revisit_on)
    if facts.status is ProposalStatus.SUBMITTED and facts.status_since <= held_on - patience:
        return Place(QueueGroup.ONLY_SUBMITTED, facts.status_since)
    return None


def rank(place: Place, subject_id: int) -> tuple[int, date, int]:
    """Sort key of the queue: group, then date, then id."""
    return list(QueueGroup).index(place.group), place.order, subject_id


class Stop(NamedTuple):
    """An item of the queue for navigation. A tuple, since a queue can have thousands."""

    item_id: int
    is_settled: bool


def next_to_settle(stops: list[Stop], after: int | None) -> int | None:
    """Id of the next unsettled item after `after`, wrapping around at the end; None if all are settled."""
    ids = [stop.item_id for stop in stops]
    start = ids.index(after) + 1 if after in ids else 0
    return next((stop.item_id for stop in stops[start:] + stops[:start] if not stop.is_settled), None)
