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
from tracker.status.rules import Charge, Holder, HolderKind, Moment, Responsibility

#: Columns for those in charge, as named in events, with the table each references.
_IN_CHARGE: dict[str, type[Person] | type[Position] | type[OrgUnit]] = {
    "pic_id": Person, "responsible_unit_id": OrgUnit, "decision_authority_id": Position,
}  # fmt: skip
_OF_PROPOSAL = ("decision_authority_id", "responsible_unit_id")
_OF_ACTION = ("pic_id", "responsible_unit_id", "waiting_for")

Names = Mapping[tuple[str, int], Holder]


def names_in(subjects: Iterable[Proposal | ActionItem], events: Iterable[Event]) -> Names:
    """All who are or were in charge, by column and id; only rows not yet loaded are queried."""
    holders: dict[tuple[str, int], Holder] = {}
    for subject in subjects:
        for name in _IN_CHARGE:
            _add(holders, name, getattr(subject, name.removesuffix("_id"), None))
    charges = [_in_charge_by_event(event, side) for event in events for side in ("before", "after")]
    keys = {(name, ids[name]) for ids in charges if ids for name in _IN_CHARGE if ids.get(name)}
    for name, kind in _IN_CHARGE.items():
        missing = [number for column, number in keys - holders.keys() if column == name]
        for number, row in _rows(kind, missing).items():
            _add(holders, name, row, number)
    return holders


def _in_charge_by_event(event: Event, side: str) -> dict[str, Any] | None:
    """Who an event says was in charge before or after it; a correction says so of each column."""
    stated, corrected = event.details.get(side), event.details.get("values", {})
    ids = {name: both[side] for name, both in corrected.items() if name in _IN_CHARGE}
    return {**(stated if isinstance(stated, dict) else {}), **ids} or None


def _rows(kind: type[Any], numbers: Sequence[int]) -> dict[int, Any]:
    """Rows by id; a merged row is replaced by the one it was merged into."""
    rows = {row.id: row for row in db.session.scalars(select(kind).where(kind.id.in_(numbers)))} if numbers else {}
    into = {number: row.merged_into_id for number, row in rows.items() if getattr(row, "merged_into_id", None)}
    if into:
        successors = _rows(kind, [*into.values()])
        rows |= {number: successors[successor] for number, successor in into.items()}
    return rows


def _add(holders: dict[tuple[str, int], Holder], name: str, row: object, number: int | None = None) -> None:
    holder = as_holder(row)
    if holder and holder.row_id:
        holders[name, number or holder.row_id] = holder


def responsibilities_of_action(
    action: ActionItem, facts: Facts, names: Names, holds: Iterable[ActionHold] = ()
) -> list[Responsibility]:
    events = [
        entry for entry in reversed(facts.events) if (entry.subject, entry.subject_id) == ("action_item", action.id)
    ]
    first, event_moments = _event_moments(action, events, ActionStatus, _OF_ACTION, names)
    handed = [entry for entry in facts.hand_overs if entry.action_id == action.id]
    moments = [*event_moments, *_hand_over_moments(handed), *_hold_moments(holds)]

    def _derived(status: StrEnum, charge: Charge, _: date) -> Holder | None:
        return rules.holder_of_action(ActionStatus(status), pic=charge.lead, unit=charge.unit)

    return rules.responsibilities(rules.changes(moments, first, _derived), is_open=action.status in OPEN_ACTIONS)


def responsibilities_of_proposal(proposal: Proposal, facts: Facts, names: Names) -> list[Responsibility]:
    events = [entry for entry in reversed(facts.events) if entry.subject == "proposal"]
    first, event_moments = _event_moments(proposal, events, ProposalStatus, _OF_PROPOSAL, names)
    at_work = [responsibilities_of_action(action, facts, names) for action in facts.actions]
    moments = [*event_moments, *_hand_over_moments(entry for entry in facts.hand_overs if entry.proposal_id)]
    moments += [Moment(on=period.since) for periods in at_work for period in periods if period.since]
    moments += [Moment(on=periods[-1].until) for periods in at_work if periods and periods[-1].until]

    def _derived(status: StrEnum, charge: Charge, on: date) -> Holder | None:
        return rules.holder_of_proposal(
            ProposalStatus(status), authority=charge.lead, unit=charge.unit, working=rules.working(at_work, on)
        )

    return rules.responsibilities(rules.changes(moments, first, _derived), is_open=proposal.status in OPEN)


def _event_moments(
    subject: Proposal | ActionItem,
    events: Sequence[Event],
    statuses: type[StrEnum],
    columns: Sequence[str],
    names: Names,
) -> tuple[Charge, list[Moment]]:
    """Who was in charge at first, and every step and change of those in charge found in the events, oldest first."""
    now = {name: getattr(subject, name) for name in columns}
    first, later = rules.over_time(
        now, [(_in_charge_by_event(event, "before"), _in_charge_by_event(event, "after")) for event in events]
    )
    moments = []
    for event, ids in zip(events, later, strict=True):
        status = statuses(event.to_state) if event.to_state and rules.is_step(event.verb, event.to_state) else None
        if status or ids:
            charge = _charge(ids, names) if ids else None
            moments.append(Moment(on=day_of(event), status=status, charge=charge, reason=event.reason))
    return _charge(first, names), moments


def _charge(ids: Mapping[str, Any], names: Names) -> Charge:
    lead = next((name for name in ("pic_id", "decision_authority_id") if ids.get(name)), "")
    unlisted = Holder(HolderKind.OUTSIDE, ids["waiting_for"]) if ids.get("waiting_for") else None
    return Charge(
        lead=names.get((lead, ids.get(lead) or 0)) or unlisted,
        unit=names.get(("responsible_unit_id", ids.get("responsible_unit_id") or 0)),
    )


def _hand_over_moments(hand_overs: Iterable[HandOver]) -> Iterator[Moment]:
    for hand_over_row in hand_overs:
        yield Moment(on=hand_over_row.on, handed_to=hand_over_row.holder, reason=hand_over_row.reason)
        if hand_over_row.answer is not None and hand_over_row.ended_at:
            yield Moment(
                on=max(hand_over_row.on, day_at(hand_over_row.ended_at)), is_back=True, reason=hand_over_row.answer
            )


def _hold_moments(holds: Iterable[ActionHold]) -> Iterator[Moment]:
    """While an action is on hold, the party it waits for is responsible."""
    for hold in holds:
        if hold.kind is HoldKind.WAITING_OUTSIDE:
            yield Moment(on=hold.since, handed_to=Holder(HolderKind.OUTSIDE, hold.waiting_for), reason=hold.reason)
            if hold.ended_on:
                yield Moment(on=hold.ended_on, is_back=True)
