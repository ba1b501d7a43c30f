"""Questions whose answers a closing sitting freezes, and what was frozen."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from tracker.accounts.models import Account
from tracker.actions.models import ActionItem
from tracker.audit.models import Event
from tracker.audit.readings import note_reading
from tracker.core.db import db
from tracker.meetings import queries as meetings
from tracker.meetings.models import Meeting
from tracker.proposals.models import Proposal
from tracker.reviews.models import Review, ReviewItem
from tracker.reviews.queries.things import WITH_THING
from tracker.reviews.rules import weeks_between


def participants(review_id: int) -> Sequence[Account]:
    """Who opened, decided in or closed the sitting."""
    took_part = select(Event.by_account_id).filter_by(subject=Review.__tablename__, subject_id=review_id)
    question = select(Account).where(Account.id.in_(took_part)).options(selectinload(Account.person))
    return db.session.scalars(question.order_by(Account.id)).all()


def meeting_of(review: Review) -> Meeting:
    """The sitting's meeting, with its attendance."""
    return meetings.meeting(review.meeting_id, to_change=True)


def rows_of(review_id: int) -> Sequence[ReviewItem]:
    """All that the sitting found, with the actions and proposals as they are now."""
    question = select(ReviewItem).filter_by(review_id=review_id).options(*WITH_THING, joinedload(
        ReviewItem.proposal).joinedload(Proposal.responsible_unit))  # fmt: skip
    return db.session.scalars(question.order_by(ReviewItem.id).execution_options(populate_existing=True)).all()


def content_of(review: Review, *, closed_by: str, closed_at: datetime) -> dict[str, Any]:
    """All that the sitting saw and decided, as plain JSON values; what is not known is null."""
    return {
        "schema": 2, "week": review.week, "held_on": review.held_on.isoformat(),
        "planned_on": review.planned_on.isoformat(),
        "next_on": review.next_on.isoformat(), "previous": review.previous.week if review.previous else None,
        "opened_at": review.opened_at.isoformat(), "opened_by": review.opened_by_name,
        "closed_at": closed_at.isoformat(), "closed_by": closed_by,
        "participants": [one.person.full_name if one.person else one.display_name for one in participants(review.id)],
        "items": [_content(row) for row in rows_of(review.id)],
    }  # fmt: skip


def _content(row: ReviewItem) -> dict[str, Any]:
    thing, action, proposal = row.thing, row.action, row.proposal
    unit = thing.responsible_unit
    names = ("movement", "queue_group", "sittings", "state_before", "state_after", "decision", "turn", "reason", "note",
             "decided_by_name")  # fmt: skip
    days = ("open_since", "due_before", "due_after", "decided_at")
    return {name: getattr(row, name) for name in names} | {
        name: value.isoformat() if (value := getattr(row, name)) else None for name in days
    } | {
        "item": row.id, "kind": thing.__tablename__, "id": thing.id, "code": thing.code,
        "classification": thing.classification, "text_id": action.text_id if action else proposal and proposal.title_id,
        "text_en": action.text_en if action else proposal and proposal.title_en,
        "pic": action.pic.full_name if action and action.pic else None,
        "unit_id": unit.name_id if unit else None, "unit_en": unit.name_en if unit else None,
    }  # fmt: skip


def frozen(review: Review) -> dict[str, Any]:
    """What a closed sitting said, from its stored bytes; decisions the viewer may not see are only counted."""
    content: dict[str, Any] = json.loads(review.content or "{}")
    level = func.coalesce(ActionItem.classification, Proposal.classification)
    question = select(ReviewItem.id, level).outerjoin(ReviewItem.action).outerjoin(ReviewItem.proposal)
    seen = dict(db.session.execute(question.where(ReviewItem.review_id == review.id)).all())
    content["hidden"] = sum(bool(one["decision"]) and one["item"] not in seen for one in content["items"])
    content["items"] = [one for one in content["items"] if one["item"] in seen]
    held_on = date.fromisoformat(content["held_on"])
    for one in content["items"]:
        one["sittings"] = one.get("sittings", one.get("weeks"))  # its name in what the first sittings froze
        since = one.get("open_since")
        one["weeks_open"] = weeks_between(date.fromisoformat(since), held_on) if since else None
        note_reading(one["kind"], one["id"], seen[one["item"]])
    return content
