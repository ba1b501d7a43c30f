"""Questions about one action."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from tracker.actions.models import ActionItem, ActionSupporter
from tracker.core.db import Model, db
from tracker.core.errors import NotFound
from tracker.people.models import OrgUnit, Person

OF_ROWS = (
    joinedload(ActionItem.pic),
    joinedload(ActionItem.responsible_unit),
    joinedload(ActionItem.proposal),
)


#: For lists that name all who are to do it.
WITH_SUPPORTERS = (
    joinedload(ActionItem.responsible_position),
    joinedload(ActionItem.supporting_units),
    joinedload(ActionItem.supporters).joinedload(ActionSupporter.person),
    joinedload(ActionItem.supporters).joinedload(ActionSupporter.position),
)


def in_full(action_id: int, *, to_change: bool = False) -> ActionItem:
    """One action with everything its page shows."""
    loaded = (
        *OF_ROWS,
        *WITH_SUPPORTERS,
        joinedload(ActionItem.promises),
        joinedload(ActionItem.holds),
        selectinload(ActionItem.updates),
    )
    question = select(ActionItem).filter_by(id=action_id).options(*loaded)
    question = question.with_for_update(of=ActionItem) if to_change else question
    found = db.session.scalars(question).unique().one_or_none()
    if found is None:
        raise NotFound
    return found


def charge(pic_id: int | None, unit_id: int | None) -> dict[str, Any]:
    """Who is in charge, by number and as named today: events keep both, as they keep the name of whoever acted."""
    pic = db.session.get(Person, pic_id) if pic_id else None
    unit = db.session.get(OrgUnit, unit_id) if unit_id else None
    return {
        "pic_id": pic_id, "pic": pic.full_name if pic else None, "responsible_unit_id": unit_id,
        "unit_name_id": unit.name_id if unit else None, "unit_name_en": unit.name_en if unit else None,
    }  # fmt: skip


def id_of_code(code: str) -> int:
    """The number of the action with this code."""
    found = db.session.scalar(select(ActionItem.id).filter_by(code=code))
    if found is None:
        raise NotFound
    return found


def has_evidence(action: ActionItem) -> bool:
    """Whether evidence is named, or a file of that kind is attached, also one the viewer may not see."""
    files = Model.metadata.tables["attachment"].c  # a feature above this one: its table is named, not imported
    attached = select(files.id).where(
        files.action_id == action.id, files.kind == "evidence", files.removed_at.is_(None)
    )
    return bool(action.evidence) or db.session.scalar(attached.limit(1)) is not None
