"""Giving an action to somebody else, and bringing it before somebody higher."""

from datetime import date, datetime
from typing import Any

from tracker.actions import queries as actions_asked
from tracker.actions.models import ActionItem
from tracker.core.actor import Actor
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.wording import lazy as _l
from tracker.history.commands import record
from tracker.people.models import Person, Position
from tracker.steering.commands.open_only import refuse_closed
from tracker.steering.models import Escalation


def reassign(
    action: ActionItem, *, pic_id: int | None, responsible_unit_id: int | None, reason: str, on: date | None = None,
    by: Actor, at: datetime,
) -> None:  # fmt: skip
    """Give an action to another person or unit; whoever had it stays in its history."""
    refuse_closed(action)
    before = actions_asked.charge(action.pic_id, action.responsible_unit_id)
    after = actions_asked.charge(pic_id, responsible_unit_id)
    if before == after:
        raise NotPossible(_l("Nothing would change: it is with them already."), field="pic")
    action.pic_id, action.responsible_unit_id = pic_id, responsible_unit_id
    action.responsible_position_id = None  # the post was that of whoever had it
    record(action, "reassigned", by=by, at=at, on=on, reason=reason, before=before, after=after)


def escalate(
    action: ActionItem, *, position_id: int | None, person_id: int | None, reason: str, by: Actor, at: datetime
) -> Escalation:
    """Bring an action before somebody higher; it stays with those in charge."""
    refuse_closed(action)
    if position_id is None and person_id is None:
        raise NotPossible(_l("Choose the post or the person."), field="position")
    raised = Escalation(
        action_id=action.id, position_id=position_id, person_id=person_id, reason=reason, by_name=by.name, at=at
    )
    db.session.add(raised)
    record(action, "escalated", by=by, at=at, reason=reason, **_named(position_id, person_id))
    return raised


def _named(position_id: int | None, person_id: int | None) -> dict[str, Any]:
    """Before whom, by number and as named today."""
    post = db.session.get(Position, position_id) if position_id else None
    person = db.session.get(Person, person_id) if person_id else None
    return {
        "position_id": position_id, "title_id": post.title_id if post else None,
        "title_en": post.title_en if post else None, "person_id": person_id,
        "person": person.full_name if person else None,
    }  # fmt: skip
