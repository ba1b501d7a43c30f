"""Who has to act, since when, and who had to before. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from tracker.actions.rules import OPEN as OPEN_ACTIONS
from tracker.actions.rules import ActionStatus
from tracker.proposals.rules import AWAITING_DECISION, ProposalStatus

S, A = ProposalStatus, ActionStatus

#: Columns for those in charge, as named in events.
IN_CHARGE = frozenset({"pic_id", "responsible_unit_id", "waiting_for", "decision_authority_id"})
#: Verbs of events that set a status although they are not called «moved».
_STEPS = frozenset({"proposed", "assigned", "reviewed_undone"})
#: Statuses without a decision; a deferred proposal counts again from the date it was deferred to.
UNDECIDED = frozenset({S.SUBMITTED, S.UNDER_DISCUSSION})


class HolderKind(StrEnum):
    PERSON = "person"
    POST = "post"
    UNIT = "unit"
    OUTSIDE = "outside"
    VERIFIER = "verifier"


@dataclass(frozen=True)
class Holder:
    """Who has to act. A verifier has no name, since any reviewer will do."""

    kind: HolderKind
    name_id: str = ""
    name_en: str | None = None
    #: Short name for use within a sentence.
    short: str | None = None
    row_id: int | None = None


@dataclass(frozen=True)
class Change:
    """The holder changes on this day; None if unknown or nobody."""

    on: date | None
    holder: Holder | None
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class Charge:
    """Who is formally in charge: who decides a proposal or carries out an action, and the unit."""

    lead: Holder | None = None
    unit: Holder | None = None


@dataclass(frozen=True, kw_only=True)
class Moment:
    """A day on which the holder may change: a step, a change of those in charge, a hand-over, or its end."""

    on: date
    status: StrEnum | None = None
    charge: Charge | None = None
    handed_to: Holder | None = None
    is_back: bool = False
    reason: str | None = None


@dataclass(frozen=True)
class Responsibility:
    """A period with the same holder; `until` is None while it lasts."""

    holder: Holder | None
    since: date | None
    until: date | None
    reason: str | None = None

    def days(self, today: date) -> int | None:
        return max(((self.until or today) - self.since).days, 0) if self.since else None


def holder_of_proposal(
    status: ProposalStatus, *, authority: Holder | None, unit: Holder | None, working: Iterable[Holder | None]
) -> Holder | None:
    """Who has to act without hand-overs: the decision maker, then those carrying it out; None if unknown."""
    if status in AWAITING_DECISION:
        return authority
    if status is S.APPROVED:
        return unit
    if status is S.IN_FOLLOW_UP:
        at_work = set(working)
        return at_work.pop() if len(at_work) == 1 else unit
    return None


def holder_of_action(status: ActionStatus, *, pic: Holder | None, unit: Holder | None) -> Holder | None:
    """Who has to act without hand-overs: the verifier of finished work, otherwise those in charge."""
    if status not in OPEN_ACTIONS:
        return None
    if status is A.AWAITING_VERIFICATION:
        return Holder(HolderKind.VERIFIER)
    return pic or unit


def over_time(
    now: Mapping[str, Any], value_changes: Sequence[tuple[Any, Any]]
) -> tuple[dict[str, Any], list[dict[str, Any] | None]]:
    """The original values of these columns, and the values after each event that changed them; events oldest first.

    An event has the values before and after; the very first one may only have those after.
    """
    first = dict(now)
    for place, (before, after) in reversed(list(enumerate(value_changes))):
        first |= _of_these(after if place == 0 and not before else before, now)
    state, later = first, list[dict[str, Any] | None]()
    for _, after in value_changes:
        changed = _of_these(after, now)
        state = state | changed
        later.append(state if changed else None)
    return first, later


def _of_these(values: Any, columns: Mapping[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in columns if name in values} if isinstance(values, dict) else {}


def changes(
    moments: Iterable[Moment], first: Charge, derive: Callable[[StrEnum, Charge, date], Holder | None]
) -> list[Change]:
    """Changes of the holder: by those in charge, or by hand-over until the next step or change of those in charge."""
    status, charge, by_hand, holder_changes = None, first, None, list[Change]()
    for moment in sorted(moments, key=lambda moment: moment.on):
        status, charge = moment.status or status, moment.charge or charge
        if moment.status or moment.charge or moment.is_back:
            by_hand = None
        by_hand = moment.handed_to or by_hand
        holder = by_hand or (derive(status, charge, moment.on) if status else None)
        holder_changes.append(Change(moment.on, holder, moment.reason))
    return holder_changes


def overtakes(verb: str, to_state: str | None, after: object) -> bool:
    """Whether an event ends a hand-over: a step, or a change of those in charge."""
    return is_step(verb, to_state) or (isinstance(after, Mapping) and not IN_CHARGE.isdisjoint(after))


def is_step(verb: str, to_state: str | None) -> bool:
    """Whether the event's state is a status; events about links and attributions have states of their own."""
    return bool(to_state) and (verb in _STEPS or verb.startswith("moved_"))


def responsibilities(holder_changes: Sequence[Change], *, is_open: bool) -> list[Responsibility]:
    """Periods between changes in order, merged if the holder is the same. A closed subject has no holder."""
    if not holder_changes:
        return []
    merged: list[Change] = []
    for change in sorted(holder_changes, key=lambda change: change.on or date.max):
        if not merged or merged[-1].holder != change.holder:
            merged.append(change)
    ends = [*(following.on for following in merged[1:]), None]
    periods = [
        Responsibility(change.holder, change.on, until, change.reason)
        for change, until in zip(merged, ends, strict=True)
    ]
    return periods if is_open or periods[-1].holder else periods[:-1]


def working(at_work: Iterable[Sequence[Responsibility]], on: date) -> list[Holder | None]:
    """Holder of each subject on that day, without those that had not started or were finished."""
    begun = (
        next((period for period in reversed(periods) if period.since and period.since <= on), None)
        for periods in at_work
    )
    return [period.holder for period in begun if period and (period.until is None or period.until > on)]


def days_by_holder(periods: Iterable[Responsibility], today: date) -> dict[Holder, int]:
    days: dict[Holder, int] = {}
    for period in periods:
        if period.holder is not None:
            days[period.holder] = days.get(period.holder, 0) + (period.days(today) or 0)
    return days
