"""Decrees with their lines, and who came before and after a unit or post."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from tracker.actions.models import ActionItem
from tracker.core.db import db
from tracker.core.errors import NotFound
from tracker.core.visibility import unrestricted
from tracker.meetings.models import Meeting
from tracker.meetings.rules import MeetingStatus
from tracker.proposals.models import Proposal
from tracker.proposals.rules import OPEN
from tracker.reorganisation.models import Reorganisation, ReorganisationItem, ReorganisationLine
from tracker.reorganisation.rules import LineKind
from tracker.targets.models import Target
from tracker.targets.rules import ENDED

#: What a decree moves, by table.
ITEM_TABLES: dict[str, Any] = {"action_item": ActionItem, "proposal": Proposal, "target": Target}
#: By table, which of its rows count as open: what a sheet may name, a preview shows and a decree moves.
IS_OPEN: dict[str, ColumnElement[bool]] = {
    "action_item": ActionItem.is_unfinished(),
    "proposal": Proposal.status.in_(sorted(OPEN)),
    "target": Target.state.not_in(sorted(ENDED)),
}
_NAMED = ("unit", "position", "person", "successor_unit", "successor_position", "below_unit")


def all_records(*, with_drafts: bool) -> Sequence[Reorganisation]:
    query = select(Reorganisation).order_by(Reorganisation.in_force_on.desc(), Reorganisation.id.desc())
    return db.session.scalars(query if with_drafts else query.where(Reorganisation.entered_at.is_not(None))).all()


def record_of(number: int, *, with_drafts: bool, to_change: bool = False) -> Reorganisation:
    """The decree with its lines and the names in them."""
    lines = selectinload(Reorganisation.lines)
    query = select(Reorganisation).filter_by(id=number)
    query = query.options(lines.options(*(joinedload(getattr(ReorganisationLine, name)) for name in _NAMED)))
    if not with_drafts:
        query = query.where(Reorganisation.entered_at.is_not(None))
    decree = db.session.scalar(query.with_for_update(of=Reorganisation) if to_change else query)
    if decree is None:
        raise NotFound
    return decree


def item_lines(decree: Reorganisation) -> Sequence[ReorganisationItem]:
    """Items that the viewer may see and that the decree gives to a unit by name."""
    query = select(ReorganisationItem).filter_by(reorganisation_id=decree.id).order_by(ReorganisationItem.id)
    item = ReorganisationItem
    return db.session.scalars(
        query.options(*(joinedload(part) for part in (item.action, item.proposal, item.target, item.successor_unit)))
    ).all()


def all_item_lines(decree: Reorganisation) -> Sequence[ReorganisationItem]:
    """All of them, to delete or use, never to show."""
    with unrestricted():
        return db.session.scalars(select(ReorganisationItem).filter_by(reorganisation_id=decree.id)).all()


def last_in_force_on() -> date | None:
    """The day of the latest reorganisation that is in force."""
    return db.session.scalar(select(func.max(Reorganisation.in_force_on)).where(Reorganisation.entered_at.is_not(None)))


def planned_meetings(unit_ids: Collection[int], since: date) -> Sequence[Meeting]:
    """Meetings from this day on that are still to be held and that these units organise."""
    query = select(Meeting).where(Meeting.date >= since, Meeting.organiser_unit_id.in_(unit_ids))
    is_planned = Meeting.status.in_((MeetingStatus.SCHEDULED, MeetingStatus.POSTPONED))
    return db.session.scalars(query.where(is_planned)).all()


@dataclass(frozen=True)
class Succession:
    """Lines of decrees in force from which a unit or post came, and in which it was followed by others."""

    came_from: Sequence[ReorganisationLine]
    went_to: Sequence[ReorganisationLine]


def succession_of_unit(unit_id: int) -> Succession:
    line = ReorganisationLine
    about = or_(line.unit_id == unit_id, line.successor_unit_id == unit_id)
    lines = _lines(and_(line.kind == LineKind.UNIT, about), "unit", "successor_unit")
    return Succession(
        came_from=[row for row in lines if row.successor_unit_id == unit_id and row.unit_id not in (None, unit_id)],
        went_to=[row for row in lines if row.unit_id == unit_id and row.successor_unit_id not in (None, unit_id)],
    )


def succession_of_post(position_id: int) -> Succession:
    line = ReorganisationLine
    about = or_(line.position_id == position_id, line.successor_position_id == position_id)
    lines = _lines(and_(line.kind == LineKind.POST, about), "position", "successor_position")
    return Succession(
        came_from=[
            row for row in lines
            if row.successor_position_id == position_id and row.position_id not in (None, position_id)
        ],
        went_to=[
            row for row in lines
            if row.position_id == position_id and row.successor_position_id not in (None, position_id)
        ],
    )  # fmt: skip


def _lines(about: ColumnElement[bool], *named: str) -> Sequence[ReorganisationLine]:
    query = select(ReorganisationLine).join(ReorganisationLine.reorganisation)
    query = query.where(about, Reorganisation.entered_at.is_not(None)).order_by(Reorganisation.in_force_on)
    parts = [joinedload(getattr(ReorganisationLine, name)) for name in ("reorganisation", *named)]
    return db.session.scalars(query.options(*parts)).all()
