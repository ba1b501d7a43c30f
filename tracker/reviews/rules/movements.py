"""What moved since the last closed sitting. Pure. Source: S9."""

from datetime import date

from tracker.actions.rules import CLOSED, ActionStatus
from tracker.reviews.rules.codes import Movement, QueueGroup
from tracker.reviews.rules.facts import ActionFacts, Before
from tracker.reviews.rules.queue import Place


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
