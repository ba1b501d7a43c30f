"""Snapshots of actions and proposals before a decision, and restoring them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from tracker.actions import queries as action_queries
from tracker.actions.changes import queries as change_queries
from tracker.actions.changes.models import Escalation
from tracker.actions.models import ActionHold, ActionItem
from tracker.core.db import db
from tracker.core.json_values import as_json, from_json
from tracker.proposals.models import Proposal

#: Columns that are never restored.
_IDENTITY = frozenset({"id", "version"})
_ASSIGNMENT = ("pic_id", "responsible_unit_id", "waiting_for", "decision_authority_id")


def restore(subject: ActionItem | Proposal, former: Mapping[str, Any], *, decided_at: datetime, at: datetime) -> None:
    """Restore columns, promises, hold and escalations as of the snapshot."""
    if isinstance(subject, ActionItem) and subject.due_on and subject.due_on.isoformat() != former["due_on"]:
        subject.promises[-1].withdrawn_at = at
    _restore_related(subject, former, decided_at)
    for column in type(subject).__table__.columns:
        if column.name in former:
            setattr(subject, column.name, from_json(column.type, former[column.name]))


def _restore_related(subject: ActionItem | Proposal, former: Mapping[str, Any], decided_at: datetime) -> None:
    current = _related(subject)
    if former.get("hold_id") and not current["hold_id"]:
        hold = db.session.get_one(ActionHold, former["hold_id"])
        hold.ended_on = None
    for escalation in db.session.scalars(select(Escalation).filter_by(id=current["escalation_id"], at=decided_at)):
        db.session.delete(escalation)


def snapshot(subject: ActionItem | Proposal) -> dict[str, Any]:
    """Columns, hold and latest escalation as JSON values."""
    values = {column.name: getattr(subject, column.name) for column in type(subject).__table__.columns}
    row = {name: as_json(value) for name, value in values.items() if name not in _IDENTITY}
    return row | _related(subject)


def assignment_change(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Details of an event if the assignment differs between two snapshots; empty otherwise."""
    old, new = ({name: state[name] for name in _ASSIGNMENT if name in state} for state in (before, after))
    for values in (old, new):
        if "pic_id" in values:
            values |= action_queries.assignment(values["pic_id"], values["responsible_unit_id"])
    return {"before": old, "after": new} if old != new else {}


def _related(subject: ActionItem | Proposal) -> dict[str, int | None]:
    escalation = change_queries.latest_escalation(subject)
    hold = subject.hold if isinstance(subject, ActionItem) else None
    return {"hold_id": hold.id if hold else None, "escalation_id": escalation.id if escalation else None}
