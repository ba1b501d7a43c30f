"""Rules of the weekly review: its weeks, the order of its queue, what moved, what a decision needs. Pure.

Source: domain.md 4.3, S9 and S10.
"""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tracker.actions.rules import CLOSED, OPEN, ActionStatus
from tracker.holidays.rules import DAY, WEEK, IsoWeek, is_day_off, next_working_day, previous_working_day
from tracker.proposals.rules import ProposalStatus

STALE_AFTER = timedelta(days=14)


class ReviewStatus(StrEnum):
    """A sitting is open until it is closed, once."""

    OPEN = "open"
    CLOSED = "closed"


class QueueGroup(StrEnum):
    """Why a thing is in the queue, in the order in which the queue is worked through."""

    OVERDUE = "overdue"
    DUE_BEFORE_NEXT = "due_before_next"
    UNASSIGNED = "unassigned"
    STALE = "stale"
    AWAITING_VERIFICATION = "awaiting_verification"
    BACK_FROM_DEFERRAL = "back_from_deferral"
    ONLY_SUBMITTED = "only_submitted"


class Movement(StrEnum):
    """What became of a thing since the last closed sitting; each thing is in exactly one."""

    DONE = "done"
    EXTENDED = "extended"
    SLIPPED_AGAIN = "slipped_again"
    NOT_MOVED = "not_moved"
    NEW = "new"
    RETURNED = "returned"
    MOVED = "moved"
    DROPPED = "dropped"


#: Movements of things that are closed when the sitting opens.
ENDED = frozenset({Movement.DONE, Movement.DROPPED})
SLIPPED = frozenset({Movement.EXTENDED, Movement.SLIPPED_AGAIN})


class Decision(StrEnum):
    """What the sitting decides of one thing."""

    DONE = "done"
    GOES_ON = "goes_on"
    EXTEND = "extend"
    REASSIGN = "reassign"
    ESCALATE = "escalate"


#: The key of each decision; the letters are those of the Indonesian words.
KEYS = {Decision.DONE: "S", Decision.GOES_ON: "L", Decision.EXTEND: "P", Decision.REASSIGN: "A", Decision.ESCALATE: "E"}
NEEDS_REASON = frozenset({Decision.EXTEND, Decision.REASSIGN, Decision.ESCALATE})


# --- Weeks ---


def planned_day(week: IsoWeek, weekday: int) -> date:
    """The day of that week on which the review is held by habit; Monday is 0."""
    return week.monday + weekday * DAY


def next_review_on(week: IsoWeek, weekday: int, held_on: date) -> date:
    """The day of the review after this one: the first habitual day after both its week and the day it is held."""
    day = planned_day(week.next, weekday)
    while day <= held_on:
        day += WEEK
    return day


def days_to_offer(week: IsoWeek, weekday: int, days_off: Container[date]) -> list[date]:
    """The habitual day; where that is a day off, the working days before and after it instead."""
    day = planned_day(week, weekday)
    if not is_day_off(day, days_off):
        return [day]
    return [previous_working_day(day, days_off), next_working_day(day, days_off)]


def days_between(first: date, last: date) -> list[date]:
    """The days after the one and before the other."""
    return [first + number * DAY for number in range(1, (last - first).days)]


# --- The queue ---


@dataclass(frozen=True, kw_only=True)
class ActionFacts:
    """What the queue asks of an action."""

    id: int
    status: ActionStatus
    has_pic: bool
    due_on: date | None
    original_due_on: date | None
    #: When something last happened to it, other than being looked at in a review.
    last_moved_on: date


@dataclass(frozen=True, kw_only=True)
class ProposalFacts:
    """What the queue asks of a proposal."""

    id: int
    status: ProposalStatus
    status_since: date
    revisit_on: date | None


@dataclass(frozen=True)
class Before:
    """How the last closed sitting left a thing."""

    due_on: date | None
    weeks: int


@dataclass(frozen=True)
class Place:
    """A thing's group, and what orders it within the group."""

    group: QueueGroup
    order: date


def place_of_action(facts: ActionFacts, held_on: date, next_on: date) -> Place | None:
    """The first group that asks for an open action; None where nothing asks for it."""
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
    """Back from deferral when its day comes before the next review; unanswered after so long."""
    if facts.status is ProposalStatus.DEFERRED and facts.revisit_on and facts.revisit_on < next_on:
        return Place(QueueGroup.BACK_FROM_DEFERRAL, facts.revisit_on)
    if facts.status is ProposalStatus.SUBMITTED and facts.status_since <= held_on - patience:
        return Place(QueueGroup.ONLY_SUBMITTED, facts.status_since)
    return None


def rank(place: Place, thing_id: int) -> tuple[int, date, int]:
    """What the queue is sorted by: group, then the longest waiting first, then the older record."""
    return list(QueueGroup).index(place.group), place.order, thing_id


# --- What moved ---


def movement_of_action(
    facts: ActionFacts, before: Before | None, held_on: date, last_closed_on: date | None
) -> Movement:
    """What became of an action since the last sitting, which left it as `before` tells: None when closed or unborn."""
    if facts.status in CLOSED:
        return Movement.DONE if facts.status is ActionStatus.COMPLETED else Movement.DROPPED
    if before is None or last_closed_on is None:
        return Movement.NEW
    first, now, then = facts.original_due_on, facts.due_on, before.due_on
    if now and then and now > then:
        return Movement.SLIPPED_AGAIN if first and then > first else Movement.EXTENDED
    if now and first and now > first and last_closed_on <= now < held_on:
        return Movement.SLIPPED_AGAIN  # the day it was moved to has passed as well
    return Movement.MOVED if facts.last_moved_on > last_closed_on else Movement.NOT_MOVED


def movement_of_proposal(place: Place, before: Before | None) -> Movement:
    """A proposal is back from deferral, newly unanswered, or still."""
    if place.group is QueueGroup.BACK_FROM_DEFERRAL:
        return Movement.RETURNED
    return Movement.NOT_MOVED if before else Movement.NEW


# --- Going through the queue ---


@dataclass(frozen=True)
class Stop:
    """One thing in the queue, as far as going through it is concerned."""

    item_id: int
    is_settled: bool


def next_to_settle(stops: list[Stop], after: int | None) -> int | None:
    """The next unsettled thing after this one, from the top again when the end is reached; None when all is settled."""
    ids = [stop.item_id for stop in stops]
    start = ids.index(after) + 1 if after in ids else 0
    return next((stop.item_id for stop in stops[start:] + stops[:start] if not stop.is_settled), None)
