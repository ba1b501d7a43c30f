"""Queries for what is frozen when a review is closed, and for reading it later."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from tracker.accounts.models import Account
from tracker.actions.models import ActionItem
from tracker.actions.rules import ActionStatus
from tracker.audit.models import Event
from tracker.audit.readings import note_reading
from tracker.core.db import db
from tracker.meetings import queries as meetings
from tracker.meetings.models import Meeting
from tracker.proposals.models import Proposal
from tracker.reviews.models import Review, ReviewItem
from tracker.reviews.queries.items import WITH_SUBJECT
from tracker.reviews.rules import Standing, standing_of, weeks_between


def participants(review_id: int) -> Sequence[Account]:
    """Accounts that opened the review, decided in it or closed it."""
    took_part = select(Event.by_account_id).filter_by(subject=Review.__tablename__, subject_id=review_id)
    query = select(Account).where(Account.id.in_(took_part)).options(selectinload(Account.person))
    return db.session.scalars(query.order_by(Account.id)).all()


def meeting_of(review: Review) -> Meeting:
    return meetings.meeting(review.meeting_id, to_change=True)


def items_of(review_id: int) -> Sequence[ReviewItem]:
    """All items of the review, with actions and proposals read anew from the database."""
    query = select(ReviewItem).filter_by(review_id=review_id).options(*WITH_SUBJECT, joinedload(
        ReviewItem.proposal).joinedload(Proposal.responsible_unit))  # fmt: skip
    return db.session.scalars(query.order_by(ReviewItem.id).execution_options(populate_existing=True)).all()


def build_content(review: Review, *, closed_by: str, closed_at: datetime) -> dict[str, Any]:
    """All items and decisions as JSON values; null for what is unknown."""
    return {
        "schema": 2, "week": review.week, "held_on": review.held_on.isoformat(),
        "planned_on": review.planned_on.isoformat(),
        "next_on": review.next_on.isoformat(), "previous": review.previous.week if review.previous else None,
        "opened_at": review.opened_at.isoformat(), "opened_by": review.opened_by_name,
        "closed_at": closed_at.isoformat(), "closed_by": closed_by,
        "participants": [
            account.person.full_name if account.person else account.display_name for account in participants(review.id)
        ],
        "items": [_content(item) for item in items_of(review.id)],
    }  # fmt: skip


def _content(item: ReviewItem) -> dict[str, Any]:
    subject, action, proposal = item.subject, item.action, item.proposal
    unit = subject.responsible_unit
    names = ("movement", "queue_group", "sittings", "state_before", "state_after", "decision", "turn", "reason", "note",
             "decided_by_name")  # fmt: skip
    days = ("open_since", "due_before", "due_after", "decided_at")
    return {name: getattr(item, name) for name in names} | {
        name: value.isoformat() if (value := getattr(item, name)) else None for name in days
    } | {
        "item": item.id, "kind": subject.__tablename__, "id": subject.id, "code": subject.code,
        "classification": subject.classification,
        "text_id": action.text_id if action else proposal and proposal.title_id,
        "text_en": action.text_en if action else proposal and proposal.title_en,
        "pic": action.pic.full_name if action and action.pic else None,
        "unit_id": unit.name_id if unit else None, "unit_en": unit.name_en if unit else None,
    }  # fmt: skip


def frozen_content(review: Review) -> dict[str, Any]:
    """The content frozen by a closed review; of items that the viewer may not see only decisions are counted."""
    content: dict[str, Any] = json.loads(review.content or "{}")
    level = func.coalesce(ActionItem.classification, Proposal.classification)
    query = select(ReviewItem.id, level).outerjoin(ReviewItem.action).outerjoin(ReviewItem.proposal)
    visible = dict(db.session.execute(query.where(ReviewItem.review_id == review.id)).all())
    content["hidden"] = sum(bool(row["decision"]) and row["item"] not in visible for row in content["items"])
    content["items"] = [row for row in content["items"] if row["item"] in visible]
    held_on = date.fromisoformat(content["held_on"])
    for row in content["items"]:
        row["sittings"] = row.get("sittings", row.get("weeks"))  # the key in the content of the first reviews
        since = row.get("open_since")
        row["weeks_open"] = weeks_between(date.fromisoformat(since), held_on) if since else None
        note_reading(row["kind"], row["id"], visible[row["item"]])
    return content


def standings_after(review: Review) -> dict[int, Standing]:
    """Where each action of a closed review stood at its end, by id."""
    statuses = {str(status): status for status in ActionStatus}
    query = select(ReviewItem.action_id, ReviewItem.state_after, ReviewItem.due_after).where(
        ReviewItem.review_id == review.id, ReviewItem.action_id.is_not(None)
    )
    return {
        action_id: standing_of(statuses[status], due_on, review.held_on, review.next_on)
        for action_id, status, due_on in db.session.execute(query)
        if action_id and status in statuses
    }
