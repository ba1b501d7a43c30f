"""Opening a sitting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import insert

from tracker.core.actor import Actor
from tracker.core.clock import day_at
from tracker.core.constraints import taken
from tracker.core.db import db
from tracker.core.visibility import unrestricted
from tracker.core.wording import lazy as _l
from tracker.history.commands import record
from tracker.meetings import commands as meetings
from tracker.reviews import queries, rules
from tracker.reviews.commands.drafts import Plan
from tracker.reviews.models import Review, ReviewItem
from tracker.reviews.rules import Movement, Place, ReviewStatus

WEEK_TAKEN = taken("uq_review_week", _l("This week's sitting has been opened already."))
ANOTHER_OPEN = taken("ix_review_one_open", _l("Another sitting is still open. Close it first."))


def open_review(plan: Plan, *, by: Actor, at: datetime) -> Review:
    """Open the sitting of a week: what moved since the last one and the queue are frozen as they are now."""
    with unrestricted():  # the sitting is one for all; each reader is shown of it what is open to them
        if queries.known(str(plan.week)):
            raise WEEK_TAKEN.refusal()
        if queries.open_one():
            raise ANOTHER_OPEN.refusal()
        previous = queries.last_closed()
        meeting = meetings.log_meeting(plan.meeting, [], [], by=by, at=at)
        review = Review(
            week=str(plan.week),
            status=ReviewStatus.OPEN,
            held_on=plan.held_on,
            next_on=plan.next_on,
            previous=previous,
            meeting=meeting,
            opened_at=at,
            opened_by_name=by.name,
        )
        db.session.add(review)
        db.session.flush()  # its things need its number
        found = [*_actions_of(plan, previous), *_proposals_of(plan, previous)]
    if found:
        db.session.execute(insert(ReviewItem), _in_order(review.id, found))
    record(review, "opened", by=by, at=at, meeting_id=meeting.id, to_state=ReviewStatus.OPEN)
    return review


@dataclass(frozen=True, kw_only=True)
class _Found:
    thing_id: int
    kind: str
    place: Place | None
    movement: Movement
    weeks: int
    state: StrEnum
    due_on: date | None


def _actions_of(plan: Plan, previous: Review | None) -> list[_Found]:
    before = queries.left_open_by(previous)[0] if previous else {}
    closed_on = day_at(previous.closed_at) if previous and previous.closed_at else None
    found = []
    for facts in queries.actions_at_opening(plan.held_on, previous):
        was = before.get(facts.id)
        found.append(_Found(
            thing_id=facts.id, kind="action_id", place=rules.place_of_action(facts, plan.held_on, plan.next_on),
            movement=rules.movement_of_action(facts, was, plan.held_on, closed_on),
            weeks=was.weeks + 1 if was else 1, state=facts.status, due_on=facts.due_on,
        ))  # fmt: skip
    return found


def _proposals_of(plan: Plan, previous: Review | None) -> list[_Found]:
    before = queries.left_open_by(previous)[1] if previous else {}
    found = []
    for facts in queries.proposals_at_opening(plan.held_on):
        was, place = before.get(facts.id), rules.place_of_proposal(facts, plan.held_on, plan.next_on, plan.patience)
        if place:
            found.append(_Found(
                thing_id=facts.id, kind="proposal_id", place=place, movement=rules.movement_of_proposal(place, was),
                weeks=was.weeks + 1 if was else 1, state=facts.status, due_on=facts.revisit_on,
            ))  # fmt: skip
    return found


def _in_order(review_id: int, found: Sequence[_Found]) -> list[dict[str, Any]]:
    """The rows to store: the queue in its order, then what nothing asks for."""
    queued = sorted((one for one in found if one.place), key=lambda one: rules.rank(one.place, one.thing_id))  # type: ignore[arg-type]  # filtered
    others = [one for one in found if not one.place]
    return [
        {
            "review_id": review_id, "action_id": None, "proposal_id": None, one.kind: one.thing_id, "version": 1,
            "movement": one.movement, "queue_group": one.place.group if one.place else None,
            "position": position if one.place else None, "weeks": one.weeks, "state_before": str(one.state),
            "due_before": one.due_on,
        }
        for position, one in enumerate([*queued, *others], 1)
    ]  # fmt: skip
