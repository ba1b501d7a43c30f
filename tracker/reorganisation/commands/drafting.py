"""Draft decrees and their lines."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from tracker.audit.commands import record
from tracker.core.actor import Actor
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.wording import lazy_gettext as _l
from tracker.reorganisation import queries
from tracker.reorganisation.models import Reorganisation, ReorganisationItem, ReorganisationLine
from tracker.reorganisation.rules import ItemLine, Line, LineKind


@dataclass(frozen=True, kw_only=True)
class DecreeDraft:
    number: str
    dated_on: date
    in_force_on: date
    note: str | None = None


def draft_decree(draft: DecreeDraft, *, by: Actor, at: datetime) -> Reorganisation:
    decree = Reorganisation(**asdict(draft), edited_at=at, lines=[])
    db.session.add(decree)
    db.session.flush()  # the event needs its id
    record(decree, "drafted", by=by, at=at)
    return decree


def edit_decree(decree: Reorganisation, draft: DecreeDraft, *, by: Actor, at: datetime) -> None:
    """Once it is in force, a typing error in its number, date or note can be corrected, but not the day."""
    for name, value in asdict(draft).items():
        setattr(decree, name, value)
    decree.edited_at = at
    record(decree, "corrected" if decree.is_in_force else "edited", by=by, at=at)


def remove_draft(decree: Reorganisation, *, by: Actor, at: datetime) -> None:
    """Delete a draft; nothing was changed by it. The audit keeps that it was there."""
    ensure_draft(decree)
    record(decree, "removed", by=by, at=at)
    for item in queries.all_item_lines(decree):
        db.session.delete(item)
    db.session.delete(decree)


def replace_lines(
    decree: Reorganisation, lines: Sequence[Line], items: Sequence[ItemLine], *, by: Actor, at: datetime
) -> None:
    """Let these be the lines of the draft. Lines about items that the actor may not see stay."""
    ensure_draft(decree)
    decree.lines = [_line(line, place) for place, line in enumerate(lines, start=1)]
    for old in queries.item_lines(decree):
        db.session.delete(old)
    db.session.add_all(_item(decree, item) for item in items)
    _note_change(decree, by=by, at=at)


def change_line(
    decree: Reorganisation, old: ReorganisationLine | None, line: Line | ItemLine, *, by: Actor, at: datetime
) -> None:
    """Add the line, or let it replace an older one."""
    ensure_draft(decree)
    if isinstance(line, ItemLine):
        db.session.add(_item(decree, line))
        if old is not None:
            decree.lines.remove(old)
    elif old is None:
        decree.lines.append(_line(line, 1 + max((row.place for row in decree.lines), default=0)))
    else:
        for name, value in _values(line).items():
            setattr(old, name, value)
    _note_change(decree, by=by, at=at)


def remove_line(
    decree: Reorganisation, line: ReorganisationLine | ReorganisationItem, *, by: Actor, at: datetime
) -> None:
    ensure_draft(decree)
    if isinstance(line, ReorganisationItem):
        db.session.delete(line)
    else:
        decree.lines.remove(line)
    _note_change(decree, by=by, at=at)


def take_the_rest(decree: Reorganisation, line: ReorganisationLine, *, by: Actor, at: datetime) -> None:
    """Let the successor of this line, and no other of its predecessor, take what no line gives to another."""
    ensure_draft(decree)
    for other in decree.lines:
        if (other.unit_id, other.position_id, other.person_id) == (line.unit_id, line.position_id, line.person_id):
            other.takes_rest = other is line
    _note_change(decree, by=by, at=at)


def ensure_draft(decree: Reorganisation) -> None:
    if decree.is_in_force:
        raise NotPossible(_l("This reorganisation is in force. Only a new one can correct it."))


def _note_change(decree: Reorganisation, *, by: Actor, at: datetime) -> None:
    decree.edited_at = at
    record(decree, "lines_changed", by=by, at=at)


def _line(line: Line, place: int) -> ReorganisationLine:
    return ReorganisationLine(place=place, **_values(line))


def _values(line: Line) -> dict[str, Any]:
    is_unit = line.kind is LineKind.UNIT
    return {
        "kind": line.kind,
        "unit_id": line.predecessor if is_unit else None,
        "position_id": line.predecessor if line.kind is LineKind.POST else None,
        "person_id": line.predecessor if line.kind is LineKind.PERSON else None,
        "successor_unit_id": line.successor if is_unit else None,
        "successor_position_id": None if is_unit else line.successor,
        "successor_name": line.successor_name,
        "successor_name_en": line.successor_name_en,
        "below_unit_id": line.below,
        "below_name": line.below_name,
        "takes_rest": line.takes_rest,
    }


def _item(decree: Reorganisation, item: ItemLine) -> ReorganisationItem:
    column = {"action_item": "action_id", "proposal": "proposal_id", "target": "target_id"}[item.table]
    return ReorganisationItem(
        reorganisation_id=decree.id, successor_unit_id=item.successor, successor_name=item.successor_name,
        **{column: item.item_id},
    )  # fmt: skip
