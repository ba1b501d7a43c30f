"""Writing down who promised what, and changing it."""

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
from tracker.core.wording import lazy as _l
from tracker.corrections import commands as corrections
from tracker.people.models import OrgUnit, Position


@dataclass(frozen=True, kw_only=True)
class Supporter:
    """Who supports the person in charge: a person, a post with its holder, or an outside body in words."""

    person_id: int | None = None
    position_id: int | None = None
    as_written: str | None = None


@dataclass(frozen=True, kw_only=True)
class ActionDraft:
    """What is promised."""

    text_id: str
    text_en: str | None = None
    instruction_type: InstructionType | None = None
    responsible_position_id: int | None = None
    responsible_unit_id: int | None = None
    supporting_unit_ids: Sequence[int] = ()
    pic_id: int | None = None
    supporters: Sequence[Supporter] = ()
    waiting_for: str | None = None
    classification: Classification = Classification.ORDINARY


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where an action was agreed, and what it follows from: the meeting and the line of its minutes, the proposal.

    A line is given together with its meeting. The agenda item is that of an action which follows from no line.
    """

    meeting_id: int | None = None
    statement_id: int | None = None
    agenda_item_id: int | None = None
    proposal_id: int | None = None


def assign_action(
    draft: ActionDraft, origin: Origin, due_on: date | None, *, on: date, by: Actor, at: datetime
) -> ActionItem:
    """Write down who promised what by when; the first due date is kept for good."""
    if origin.meeting_id is None and origin.proposal_id is None:
        raise NotPossible(_l("Choose the meeting or the proposal that the action follows from."))
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
        due_on=due_on,
        original_due_on=due_on,
        recorded_by_id=by.account_id,
        promises=[DueDateChange(to_on=due_on, at=at, by_name=by.name)] if due_on else [],
        updates=[],
        supporting_units=[],
        supporters=[],
        holds=[],
    )
    _take(action, draft)
    db.session.add(action)
    db.session.flush()  # the event needs the action's number
    record(action, "assigned", by=by, at=at, on=on, to_state=ActionStatus.NOT_STARTED, after=_in_charge(action))
    return action


def edit_action(action: ActionItem, draft: ActionDraft, *, reason: str | None = None, by: Actor, at: datetime) -> None:
    """Change what is promised, and by whom; the due date, and words that were judged, change only with a reason."""
    before = _in_charge(action)
    words = {name: getattr(draft, name) for name in action.decided_words}
    is_correction = corrections.take(action, words, reason=reason, by=by, at=at)
    _take(action, draft)
    after = _in_charge(action)
    if before != after and action.status in CLOSED:
        raise NotPossible(_l("The action is closed: its person in charge no longer changes."), field="pic")
    if not is_correction:
        record(action, "edited", by=by, at=at)
    if before != after:
        record(action, "reassigned", by=by, at=at, before=before, after=after)


def _in_charge(action: ActionItem) -> dict[str, Any]:
    return queries.charge(action.pic_id, action.responsible_unit_id) | {"waiting_for": action.waiting_for}


def _take(action: ActionItem, draft: ActionDraft) -> None:
    for name in (
        "text_id",
        "text_en",
        "instruction_type",
        "responsible_position_id",
        "responsible_unit_id",
        "pic_id",
        "waiting_for",
    ):
        setattr(action, name, getattr(draft, name))
    if action.responsible_position_id and not action.responsible_unit_id:
        post = db.session.get(Position, action.responsible_position_id)
        action.responsible_unit_id = post.unit_id if post else None
    _take_supporters(action, draft.supporters)
    wanted = list(draft.supporting_unit_ids)
    action.supporting_units = list(db.session.scalars(select(OrgUnit).where(OrgUnit.id.in_(wanted)))) if wanted else []


def _take_supporters(action: ActionItem, wanted: Sequence[Supporter]) -> None:
    """Rows that stay keep their number, and with it their order."""
    known = {Supporter(person_id=row.person_id, position_id=row.position_id, as_written=row.as_written): row
             for row in action.supporters}  # fmt: skip
    action.supporters = [known.get(one) or ActionSupporter(**asdict(one)) for one in dict.fromkeys(wanted)]
