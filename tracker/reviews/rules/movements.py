"""How items changed since the last closed review. Pure."""

from datetime import date

from tracker.actions.rules import CLOSED, ActionStatus
from tracker.reviews.rules.codes import Movement, QueueGroup
from tracker.reviews.rules.facts import ActionFacts, PreviousState
from tracker.reviews.rules.queue import Place


def movement_of_action(
    facts: ActionFacts, before: PreviousState | None, held_on: date, last_closed_on: date | None
) -> Movement:
    """`before` is None if the action was closed or did not exist at the last review."""
    if facts.status in CLOSED:
        return Movement.DONE if facts.status is ActionStatus.COMPLETED else Movement.DROPPED
    if before is None or last_closed_on is None:
        return Movement.NEW
    original, current, previous = facts.original_due_on, facts.due_on, before.due_on
    if current and previous and current > previous:
        return Movement.SLIPPED_AGAIN if original and previous > original else Movement.EXTENDED
    if current and original and current > original and last_closed_on <= current < held_on:
        return Movement.SLIPPED_AGAIN  # the extended due date has passed, too
    return Movement.MOVED if facts.last_moved_on > last_closed_on else Movement.NOT_MOVED


def movement_of_proposal(place: Place, before: PreviousState | None) -> Movement:
    """Returned from deferral, or unanswered: for the first time (new) or again (not moved)."""
    if place.group is QueueGroup.BACK_FROM_DEFERRAL:
        return Movement.RETURNED
    return Movement.NOT_MOVED if before else Movement.NEW
