"""History of who was responsible for a proposal or action, using the names at the time."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from tracker.actions.models import ActionHold, ActionItem
from tracker.actions.rules import OPEN as OPEN_ACTIONS
from tracker.actions.rules import ActionStatus, HoldKind
from tracker.audit.models import Event
from tracker.core.clock import day_at
from tracker.core.db import db
from tracker.people.models import OrgUnit, Person, Position
from tracker.proposals.models import Proposal
from tracker.proposals.rules import OPEN, ProposalStatus
from tracker.status import rules
from tracker.status.models import HandOver, as_holder
from tracker.status.queries.facts import Facts, day_of
from tracker.status.rules import Charge, Holder, HolderKind, Moment, Turn

#: Columns for those in charge, as named in events, with the table each references.
_IN_CHARGE: dict[str, type[Person] | type[Position] | type[OrgUnit]] = {
    "pic_id": Person, "responsible_unit_id": OrgUnit, "decision_authority_id": Position,
}  # fmt: skip
_OF_PROPOSAL = ("decision_authority_id", "responsible_unit_id")
_OF_ACTION = ("pic_id", "responsible_unit_id", "waiting_for")

Names = Mapping[tuple[str, int], Holder]


def names_in(things: Iterable[Proposal | ActionItem], events: Iterable[Event]) -> Names:
    """All who are or were in charge, by column and id; only rows not yet loaded are queried."""
    known: dict[tuple[str, int], Holder] = {}
    for thing in things:
        for name in _IN_CHARGE:
            _add(known, name, getattr(thing, name.removesuffix("_id"), None))
    told = [ids for event in events for ids in (event.details.get("before"), event.details.get("after"))]
    wanted = {(name, ids[name]) for ids in told if isinstance(ids, dict) for name in _IN_CHARGE if ids.get(name)}
    for name, kind in _IN_CHARGE.items():
        missing = [number for column, number in wanted - known.keys() if column == name]
        for number, row in _rows(kind, missing).items():
            _add(known, name, row, number)
    return known


def _rows(kind: type[Any], numbers: Sequence[int]) -> dict[int, Any]:
    """Rows by id; a merged row is replaced by the one it was merged into."""
    found = {row.id: row for row in db.session.scalars(select(kind).where(kind.id.in_(numbers)))} if numbers else {}
    into = {number: row.merged_into_id for number, row in found.items() if getattr(row, "merged_into_id", None)}
    if into:
        successors = _rows(kind, [*into.values()])
        found |= {number: successors[successor] for number, successor in into.items()}
    return found


def _add(known: dict[tuple[str, int], Holder], name: str, row: object, number: int | None = None) -> None:
    holder = as_holder(row)
    if holder and holder.row_id:
        known[name, number or holder.row_id] = holder


def turns_of_action(action: ActionItem, facts: Facts, names: Names, holds: Iterable[ActionHold] = ()) -> list[Turn]:
    """Who was responsible for an action, from the first day until now."""
    events = [one for one in reversed(facts.events) if (one.subject, one.subject_id) == ("action_item", action.id)]
    first, told = _told(action, events, ActionStatus, _OF_ACTION, names)
    handed = [one for one in facts.hand_overs if one.action_id == action.id]
    moments = [*told, *_handed(handed), *_held(holds)]

    def _derived(status: StrEnum, charge: Charge, _: date) -> Holder | None:
        return rules.holder_of_action(ActionStatus(status), pic=charge.lead, unit=charge.unit)

    return rules.turns(rules.changes(moments, first, _derived), is_open=action.status in OPEN_ACTIONS)


def turns_of_proposal(proposal: Proposal, facts: Facts, names: Names) -> list[Turn]:
    """Who was responsible for a proposal, from the first day until now."""
    events = [one for one in reversed(facts.events) if one.subject == "proposal"]
    first, told = _told(proposal, events, ProposalStatus, _OF_PROPOSAL, names)
    at_work = [turns_of_action(action, facts, names) for action in facts.actions]
    moments = [*told, *_handed(one for one in facts.hand_overs if one.proposal_id)]
    moments += [Moment(on=turn.since) for turns in at_work for turn in turns if turn.since]
    moments += [Moment(on=turns[-1].until) for turns in at_work if turns and turns[-1].until]

    def _derived(status: StrEnum, charge: Charge, on: date) -> Holder | None:
        return rules.holder_of_proposal(
            ProposalStatus(status), authority=charge.lead, unit=charge.unit, working=rules.working(at_work, on)
        )

    return rules.turns(rules.changes(moments, first, _derived), is_open=proposal.status in OPEN)


def _told(
    thing: Proposal | ActionItem, events: Sequence[Event], statuses: type[StrEnum], columns: Sequence[str], names: Names
) -> tuple[Charge, list[Moment]]:
    """Who was in charge at first, and every step and change of those in charge found in the events, oldest first."""
    now = {name: getattr(thing, name) for name in columns}
    first, later = rules.over_time(now, [(one.details.get("before"), one.details.get("after")) for one in events])
    told = []
    for event, ids in zip(events, later, strict=True):
        status = statuses(event.to_state) if event.to_state and rules.is_step(event.verb, event.to_state) else None
        if status or ids:
            charge = _charge(ids, names) if ids else None
            told.append(Moment(on=day_of(event), status=status, charge=charge, reason=event.reason))
    return _charge(first, names), told


def _charge(ids: Mapping[str, Any], names: Names) -> Charge:
    lead = next((name for name in ("pic_id", "decision_authority_id") if ids.get(name)), "")
    unlisted = Holder(HolderKind.OUTSIDE, ids["waiting_for"]) if ids.get("waiting_for") else None
    return Charge(
        lead=names.get((lead, ids.get(lead) or 0)) or unlisted,
        unit=names.get(("responsible_unit_id", ids.get("responsible_unit_id") or 0)),
    )


def _handed(hand_overs: Iterable[HandOver]) -> Iterator[Moment]:
    """A hand-over changes the responsibility until it is answered."""
    for given in hand_overs:
        yield Moment(on=given.on, given=given.holder, reason=given.reason)
        if given.answer is not None and given.ended_at:
            yield Moment(on=max(given.on, day_at(given.ended_at)), is_back=True, reason=given.answer)


def _held(holds: Iterable[ActionHold]) -> Iterator[Moment]:
    """While an action is on hold, the party it waits for is responsible."""
    for held in holds:
        if held.kind is HoldKind.WAITING_OUTSIDE:
            yield Moment(on=held.since, given=Holder(HolderKind.OUTSIDE, held.waiting_for), reason=held.reason)
            if held.ended_on:
                yield Moment(on=held.ended_on, is_back=True)
