"""Assign and edit actions."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from tracker.actions import queries
from tracker.actions.models import ActionItem, ActionSupporter, DueDateChange
from tracker.actions.rules import CLOSED, ActionStatus, InstructionType
from tracker.audit.commands import record
from tracker.core.actor import Actor, Classification
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.numbering import next_code
from tracker.core.occurrence import ensure_day, history_until
from tracker.core.wording import lazy_gettext as _l
from tracker.corrections import commands as corrections
from tracker.people.models import OrgUnit, Position


@dataclass(frozen=True, kw_only=True)
class Supporter:
    """A supporter of the person in charge: a person, a post with its holder, or an outside body as text."""

    person_id: int | None = None
    position_id: int | None = None
    as_written: str | None = None


@dataclass(frozen=True, kw_only=True)
class ActionDraft:
    text_id: str
    text_en: str | None = None
    instruction_type: InstructionType | None = None
    responsible_position_id: int | None = None
    responsible_unit_id: int | None = None
    supporting_unit_ids: Sequence[int] = ()
    pic_id: int | None = None
    supporters: Sequence[Supporter] = ()
    waiting_for: str | None = None
    former_code: str | None = None
    classification: Classification = Classification.ORDINARY


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where an action was agreed, and what it follows from.

    `statement_id` requires `meeting_id`. `agenda_item_id` is only used without `statement_id`.
    """

    meeting_id: int | None = None
    statement_id: int | None = None
    agenda_item_id: int | None = None
    proposal_id: int | None = None


def assign_action(
    draft: ActionDraft, origin: Origin, due_on: date | None, *, on: date, by: Actor, at: datetime
) -> ActionItem:
    """Raises NotPossible without a meeting or proposal. `due_on` becomes the original due date."""
    if origin.meeting_id is None and origin.proposal_id is None:
        raise NotPossible(_l("Choose the meeting or the proposal that the action follows from."))
    ensure_day(on, since=on, at=at, field="assigned_on")
    action = ActionItem(
        code=next_code("TL", on.year),
        classification=draft.classification,
        meeting_id=origin.meeting_id,
        statement_id=origin.statement_id,
        agenda_item_id=None if origin.statement_id else origin.agenda_item_id,
        proposal_id=origin.proposal_id,
        status=ActionStatus.NOT_STARTED,
        status_since=on,
        assigned_on=on,
        history_until=history_until(on, at=at),
        due_on=due_on,
        original_due_on=due_on,
        recorded_by_id=by.account_id,
        promises=[DueDateChange(to_on=due_on, at=at, by_name=by.name)] if due_on else [],
        updates=[],
        supporting_units=[],
        supporters=[],
        holds=[],
    )
    _store(action, draft)
    db.session.add(action)
    db.session.flush()  # the event needs the action's number
    record(action, "assigned", by=by, at=at, on=on, to_state=ActionStatus.NOT_STARTED, after=_assignment(action))
    return action


def edit_action(action: ActionItem, draft: ActionDraft, *, reason: str | None = None, by: Actor, at: datetime) -> None:
    """Store the draft; a closed action cannot be reassigned, and correcting its text needs a reason.

    The due date is changed by `move_due_date`.
    """
    before = _assignment(action)
    texts = {name: getattr(draft, name) for name in action.decided_columns}
    is_correction = corrections.apply_edit(action, texts, reason=reason, by=by, at=at)
    _store(action, draft)
    after = _assignment(action)
    if before != after and action.status in CLOSED:
        raise NotPossible(_l("The action is closed: its person in charge no longer changes."), field="pic")
    if not is_correction:
        record(action, "edited", by=by, at=at)
    if before != after:
        record(action, "reassigned", by=by, at=at, before=before, after=after)


def _assignment(action: ActionItem) -> dict[str, Any]:
    return queries.assignment(action.pic_id, action.responsible_unit_id) | {"waiting_for": action.waiting_for}


def _store(action: ActionItem, draft: ActionDraft) -> None:
    for name in (
        "text_id",
        "text_en",
        "instruction_type",
        "responsible_position_id",
        "responsible_unit_id",
        "pic_id",
        "waiting_for",
        "former_code",
    ):
        setattr(action, name, getattr(draft, name))
    if action.responsible_position_id and not action.responsible_unit_id:
        post = db.session.get(Position, action.responsible_position_id)
        action.responsible_unit_id = post.unit_id if post else None
    _store_supporters(action, draft.supporters)
    unit_ids = list(draft.supporting_unit_ids)
    action.supporting_units = (
        list(db.session.scalars(select(OrgUnit).where(OrgUnit.id.in_(unit_ids)))) if unit_ids else []
    )


def _store_supporters(action: ActionItem, supporters: Sequence[Supporter]) -> None:
    """Supporters that remain keep their rows, and so their order."""
    stored = {Supporter(person_id=row.person_id, position_id=row.position_id, as_written=row.as_written): row
              for row in action.supporters}  # fmt: skip
    action.supporters = [
        stored.get(supporter) or ActionSupporter(**asdict(supporter)) for supporter in dict.fromkeys(supporters)
    ]
