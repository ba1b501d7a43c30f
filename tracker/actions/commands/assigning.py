"""Writing down who promised what, and changing it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from tracker.actions import queries
from tracker.actions.models import ActionItem, DueDateChange
from tracker.actions.rules import ActionStatus, InstructionType
from tracker.core.actor import Actor, Classification
from tracker.core.db import db
from tracker.core.numbering import next_code
from tracker.history.commands import record
from tracker.people.models import OrgUnit


@dataclass(frozen=True, kw_only=True)
class ActionDraft:
    """What is promised."""

    text_id: str
    text_en: str | None = None
    instruction_type: InstructionType | None = None
    responsible_unit_id: int | None = None
    supporting_unit_ids: Sequence[int] = ()
    pic_id: int | None = None
    waiting_for: str | None = None
    classification: Classification = Classification.ORDINARY


@dataclass(frozen=True, kw_only=True)
class Origin:
    """What an action follows from: a proposal, or a decision or directive in the minutes."""

    proposal_id: int | None = None
    statement_id: int | None = None


def assign_action(
    draft: ActionDraft, origin: Origin, due_on: date | None, *, on: date, by: Actor, at: datetime
) -> ActionItem:
    """Write down who promised what by when; the first due date is kept for good."""
    action = ActionItem(
        code=next_code("TL", on.year),
        classification=draft.classification,
        proposal_id=origin.proposal_id,
        statement_id=origin.statement_id,
        status=ActionStatus.NOT_STARTED,
        status_since=on,
        assigned_on=on,
        due_on=due_on,
        original_due_on=due_on,
        recorded_by_id=by.account_id,
        promises=[DueDateChange(to_on=due_on, at=at, by_name=by.name)] if due_on else [],
        updates=[],
        supporting_units=[],
        holds=[],
    )
    _take(action, draft)
    db.session.add(action)
    db.session.flush()  # the event needs the action's number
    record(action, "assigned", by=by, at=at, on=on, to_state=ActionStatus.NOT_STARTED, after=_in_charge(action))
    return action


def edit_action(action: ActionItem, draft: ActionDraft, *, by: Actor, at: datetime) -> None:
    """Change what is promised, and by whom; the due date moves only with a reason."""
    before = _in_charge(action)
    _take(action, draft)
    record(action, "edited", by=by, at=at)
    if before != (after := _in_charge(action)):
        record(action, "reassigned", by=by, at=at, before=before, after=after)


def _in_charge(action: ActionItem) -> dict[str, Any]:
    return queries.charge(action.pic_id, action.responsible_unit_id) | {"waiting_for": action.waiting_for}


def _take(action: ActionItem, draft: ActionDraft) -> None:
    for name in (
        "text_id",
        "text_en",
        "instruction_type",
        "responsible_unit_id",
        "pic_id",
        "waiting_for",
    ):
        setattr(action, name, getattr(draft, name))
    wanted = list(draft.supporting_unit_ids)
    action.supporting_units = list(db.session.scalars(select(OrgUnit).where(OrgUnit.id.in_(wanted)))) if wanted else []
