"""What a thing was before a decision, and making it that again."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from tracker.actions import queries as actions_asked
from tracker.actions.changes import queries as steering_asked
from tracker.actions.changes.models import Escalation
from tracker.actions.models import ActionHold, ActionItem
from tracker.core.db import db
from tracker.proposals.models import Proposal

#: Columns of a thing that no decision changes and no undoing restores.
_IDENTITY = frozenset({"id", "version"})
_IN_CHARGE = ("pic_id", "responsible_unit_id", "waiting_for", "decision_authority_id")


def restore(thing: ActionItem | Proposal, former: Mapping[str, Any], *, decided_at: datetime, at: datetime) -> None:
    """Write back what the thing's row held, and what stood beside it."""
    if isinstance(thing, ActionItem) and thing.due_on and thing.due_on.isoformat() != former["due_on"]:
        thing.promises[-1].withdrawn_at = at
    _restore_beside(thing, former, decided_at)
    for column in type(thing).__table__.columns:
        if column.name in former:
            setattr(thing, column.name, _revived(former[column.name], column.type.python_type))


def _restore_beside(thing: ActionItem | Proposal, former: Mapping[str, Any], decided_at: datetime) -> None:
    """What held it up holds it up again, and it was not brought before anybody."""
    now = _beside(thing)
    if former.get("hold_id") and not now["hold_id"]:
        held = db.session.get_one(ActionHold, former["hold_id"])
        held.ended_on = None
    for raised in db.session.scalars(select(Escalation).filter_by(id=now["escalation_id"], at=decided_at)):
        db.session.delete(raised)


def facts(thing: ActionItem | Proposal) -> dict[str, Any]:
    """What a thing's row holds and what stands beside it, as JSON keeps it."""
    values = {column.name: getattr(thing, column.name) for column in type(thing).__table__.columns}
    row = {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
        if name not in _IDENTITY
    }
    return row | _beside(thing)


def in_charge_before_and_after(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Who was and is in charge, as events tell it, where undoing changed that."""
    told = [{name: one[name] for name in _IN_CHARGE if name in one} for one in (before, after)]
    for one in told:
        if "pic_id" in one:
            one |= actions_asked.charge(one["pic_id"], one["responsible_unit_id"])
    return {"before": told[0], "after": told[1]} if told[0] != told[1] else {}


def _beside(thing: ActionItem | Proposal) -> dict[str, int | None]:
    """What holds an action up, and the last time it was escalated."""
    raised = steering_asked.latest_escalation(thing)
    held = thing.hold if isinstance(thing, ActionItem) else None
    return {"hold_id": held.id if held else None, "escalation_id": raised.id if raised else None}


def _revived(value: Any, kind: Any) -> Any:
    if value is None:
        return None
    return kind.fromisoformat(value) if issubclass(kind, date) else kind(value)
