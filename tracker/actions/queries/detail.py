"""Queries for one action."""

from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload, selectinload

from tracker.actions import rules
from tracker.actions.models import ActionItem, ActionSupporter
from tracker.audit.models import Event
from tracker.audit.queries import events_about
from tracker.core.db import Model, db
from tracker.core.errors import NotFound
from tracker.people.models import OrgUnit, Person
from tracker.proposals import queries as proposals
from tracker.proposals.models import Proposal

OF_ROWS = (
    joinedload(ActionItem.pic),
    joinedload(ActionItem.responsible_unit),
    joinedload(ActionItem.proposal),
)


#: For pages and documents that name everybody involved.
WITH_SUPPORTERS = (
    joinedload(ActionItem.responsible_position),
    joinedload(ActionItem.supporting_units),
    joinedload(ActionItem.supporters).joinedload(ActionSupporter.person),
    joinedload(ActionItem.supporters).joinedload(ActionSupporter.position),
)


_IN_FULL = (
    select(ActionItem)
    .where(ActionItem.id == bindparam("asked_for"))
    .options(*OF_ROWS, *WITH_SUPPORTERS, joinedload(ActionItem.promises), joinedload(ActionItem.holds))
    .options(selectinload(ActionItem.updates))
)


def in_full(action_id: int, *, to_change: bool = False) -> ActionItem:
    """Load everything that the page of the action shows. `to_change` locks the row."""
    query = _IN_FULL.with_for_update(of=ActionItem) if to_change else _IN_FULL
    action = db.session.scalars(query, {"asked_for": action_id}).unique().one_or_none()
    if action is None:
        raise NotFound
    return action


def proposal_or_action(kind: str, row_id: int, *, to_change: bool = False) -> Proposal | ActionItem:
    """For addresses that begin with `proposals` or `actions`, which is `kind`."""
    if kind == "proposals":
        return proposals.in_full(row_id, to_change=to_change)
    return in_full(row_id, to_change=to_change)


def assignment(pic_id: int | None, unit_id: int | None) -> dict[str, Any]:
    """PIC and responsible unit for the details of an event: ids, and their names at the time."""
    pic = db.session.get(Person, pic_id) if pic_id else None
    unit = db.session.get(OrgUnit, unit_id) if unit_id else None
    return {
        "pic_id": pic_id, "pic": pic.full_name if pic else None, "responsible_unit_id": unit_id,
        "unit_name_id": unit.name_id if unit else None, "unit_name_en": unit.name_en if unit else None,
    }  # fmt: skip


def sent_back(action: ActionItem) -> Event | None:
    """How a report that it is finished was sent back, if it has not moved since."""
    events = events_about({ActionItem.__tablename__: [action.id]})
    last = next((event for event in events if event.to_state), None)
    return last if last and rules.reopens(last.from_state, last.to_state) else None


def id_of_code(code: str) -> int:
    action_id = db.session.scalar(select(ActionItem.id).filter_by(code=code))
    if action_id is None:
        raise NotFound
    return action_id


def has_evidence(action: ActionItem) -> bool:
    """Whether it has evidence as text or as a file, including files that the viewer may not see."""
    files = Model.metadata.tables["attachment"].c  # attachments is a feature above this one, so it cannot be imported
    attached = select(files.id).where(
        files.action_id == action.id, files.kind == "evidence", files.removed_at.is_(None)
    )
    return bool(action.evidence) or db.session.scalar(attached.limit(1)) is not None
