"""Add and edit persons, units, posts and holdings. Callers commit."""

from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from tracker.audit.commands import record
from tracker.core.actor import Actor
from tracker.core.clock import Zone
from tracker.core.constraints import taken
from tracker.core.db import Model, db
from tracker.core.errors import NotPossible
from tracker.core.wording import lazy_gettext as _l
from tracker.core.wording import long_day
from tracker.people import queries, rules
from tracker.people.models import FormerUnitName, OrgUnit, Person, Position, PositionHolding
from tracker.people.rules import HoldingKind

NAME_TAKEN = taken(
    "uq_former_unit_name_unit_id_until_on", _l("Another former name of this unit already ends on this day."),
    field="until_on",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class PersonDraft:
    name: str
    title_prefix: str | None = None
    title_suffix: str | None = None
    aliases: list[str] = field(default_factory=list)
    is_provisional: bool = False
    note: str | None = None
    nip: str | None = None
    email: str | None = None


@dataclass(frozen=True, kw_only=True)
class UnitDraft:
    name_id: str
    name_en: str | None = None
    short: str | None = None
    echelon: str | None = None
    parent_id: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    address: str | None = None
    timezone: Zone | None = None


@dataclass(frozen=True, kw_only=True)
class FormerNameDraft:
    """Name of a unit up to and including `until_on`."""

    name_id: str
    until_on: date
    name_en: str | None = None
    address: str | None = None
    parent_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class PositionDraft:
    title_id: str
    title_en: str | None = None
    short: str | None = None
    aliases: list[str] = field(default_factory=list)
    unit_id: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, kw_only=True)
class HoldingDraft:
    person_id: int
    kind: HoldingKind = HoldingKind.DEFINITIVE
    start_on: date | None = None
    end_on: date | None = None
    note: str | None = None


def add_person(draft: PersonDraft, *, by: Actor, at: datetime, made_in: int | None = None) -> Person:
    """`made_in` is the id of the meeting in whose recording the person was created, if any."""
    return _add(Person(**asdict(draft), folded=_folded(draft), made_in_meeting_id=made_in), by=by, at=at)


def open_person(person: Person, *, by: Actor, at: datetime) -> None:
    """Make a person who was created while recording a meeting visible to everybody."""
    if person.is_in_open_register:
        raise NotPossible(_l("This person is in the open register already."))
    person.opened_at, person.opened_by_name = at, by.name
    record(person, "opened", by=by, at=at)


def edit_person(person: Person, draft: PersonDraft, *, by: Actor, at: datetime) -> None:
    person.folded = _folded(draft)
    _edit(person, draft, by=by, at=at)


def remove_person(person: Person, *, by: Actor, at: datetime) -> None:
    """Mark a provisional person as removed. The row stays and can be restored."""
    if not person.is_provisional:
        raise NotPossible(_l("Only a provisional person can be removed."))
    if queries.uses(person):
        raise NotPossible(_l("Other records still name this person. Merge the two entries instead."))
    person.removed_at = at
    record(person, "removed", by=by, at=at)


def restore_person(person: Person, *, by: Actor, at: datetime) -> None:
    person.removed_at = None
    record(person, "restored", by=by, at=at)


def add_unit(draft: UnitDraft, *, by: Actor, at: datetime) -> OrgUnit:
    return _add(OrgUnit(**asdict(draft)), by=by, at=at)


def edit_unit(unit: OrgUnit, draft: UnitDraft, *, by: Actor, at: datetime) -> None:
    """Raises NotPossible if the unit would become its own ancestor."""
    parents = {other.id: other.parent_id for other in queries.all_units()}
    if rules.creates_cycle(unit.id, draft.parent_id, parents):
        raise NotPossible(_l("A unit cannot be placed below itself."), field="parent")
    _edit(unit, draft, by=by, at=at)


def add_former_name(unit: OrgUnit, draft: FormerNameDraft, *, by: Actor, at: datetime) -> FormerUnitName:
    """Record a former name; letterheads of documents from that time use it."""
    _refuse_two_names(unit, draft, None)
    name = FormerUnitName(**asdict(draft), unit_id=unit.id)
    db.session.add(name)
    record(unit, "former_name_recorded", by=by, at=at, name=draft.name_id)
    return name


def edit_former_name(name: FormerUnitName, draft: FormerNameDraft, *, by: Actor, at: datetime) -> None:
    _refuse_two_names(name.unit, draft, name.id)
    for attribute, value in asdict(draft).items():
        setattr(name, attribute, value)
    record(name.unit, "former_name_recorded", by=by, at=at, name=draft.name_id)


def _refuse_two_names(unit: OrgUnit, draft: FormerNameDraft, except_id: int | None) -> None:
    if any(other.until_on == draft.until_on and other.id != except_id for other in queries.former_names_of(unit.id)):
        raise NAME_TAKEN.refusal()


def add_position(draft: PositionDraft, *, by: Actor, at: datetime) -> Position:
    return _add(Position(**asdict(draft)), by=by, at=at)


def edit_position(position: Position, draft: PositionDraft, *, by: Actor, at: datetime) -> None:
    """Earlier minutes keep the title they were written with."""
    _edit(position, draft, by=by, at=at)


def add_holding(position: Position, draft: HoldingDraft, *, by: Actor, at: datetime) -> PositionHolding:
    holding = PositionHolding(**asdict(draft), position_id=position.id)
    _refuse_two_holders(holding)
    db.session.add(holding)
    record(position, "held", by=by, at=at)
    record(queries.person(draft.person_id), "held", by=by, at=at, reason=position.title_id)
    return holding


def edit_holding(holding: PositionHolding, draft: HoldingDraft, *, by: Actor, at: datetime) -> None:
    _refuse_two_holders(PositionHolding(**asdict(draft), position_id=holding.position_id, id=holding.id))
    for name, value in asdict(draft).items():
        setattr(holding, name, value)
    record(holding.position, "held", by=by, at=at)


def _refuse_two_holders(holding: PositionHolding) -> None:
    other = queries.overlapping(holding) if holding.kind is HoldingKind.DEFINITIVE else None
    if other:
        raise NotPossible(
            _l(
                "%(name)s is the permanent holder of this post in that period, from %(day)s. End that first, or "
                "choose Plt., Plh. or Pj.",
                name=other.person.full_name,
                day=long_day(other.start_on) if other.start_on else "–",
            ),
            field="start_on",
        )


def _folded(draft: PersonDraft) -> str:
    return "\n".join(rules.folded(spelling) for spelling in (draft.name, *draft.aliases))


Row = TypeVar("Row", bound=Model)


def _add(row: Row, *, by: Actor, at: datetime) -> Row:
    db.session.add(row)
    db.session.flush()  # the event needs the new row's number
    record(row, "added", by=by, at=at)
    return row


def _edit(row: Model, draft: Any, *, by: Actor, at: datetime) -> None:
    for name, value in asdict(draft).items():
        setattr(row, name, value)
    record(row, "edited", by=by, at=at)
