"""Who has to act, since when, and in whose hands it was before. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from tracker.actions.rules import OPEN as OPEN_ACTIONS
from tracker.actions.rules import ActionStatus
from tracker.proposals.rules import AWAITING_DECISION, ProposalStatus

S, A = ProposalStatus, ActionStatus

#: The columns of those in charge, as events name them.
IN_CHARGE = frozenset({"pic_id", "responsible_unit_id", "waiting_for", "decision_authority_id"})
#: Verbs that set a status without being called a move.
_STEPS = frozenset({"proposed", "assigned", "reviewed_undone"})
#: Statuses in which nobody has decided yet; a deferral counts again once its date has come.
UNDECIDED = frozenset({S.SUBMITTED, S.UNDER_DISCUSSION})


class HolderKind(StrEnum):
    """What kind of holder has to act now."""

    PERSON = "person"
    POST = "post"
    UNIT = "unit"
    OUTSIDE = "outside"
    VERIFIER = "verifier"


@dataclass(frozen=True)
class Holder:
    """Whoever has to act now. A verifier has no name: any reviewer will do."""

    kind: HolderKind
    name_id: str = ""
    name_en: str | None = None
    #: The short name, where a sentence wants one.
    short: str | None = None
    row_id: int | None = None


@dataclass(frozen=True)
class Change:
    """From this day on somebody else has to act; None where nobody knows, or nobody any more."""

    on: date | None
    holder: Holder | None
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class Charge:
    """Who is in charge by the facts: whoever decides a proposal or does an action, and the unit."""

    lead: Holder | None = None
    unit: Holder | None = None


@dataclass(frozen=True, kw_only=True)
class Moment:
    """A day on which somebody else may have to act: a step, others in charge, a hand-over, or its end."""

    on: date
    status: StrEnum | None = None
    charge: Charge | None = None
    given: Holder | None = None
    is_back: bool = False
    reason: str | None = None


@dataclass(frozen=True)
class Turn:
    """One stretch of time in one holder's hands; `until` is empty while it lasts."""

    holder: Holder | None
    since: date | None
    until: date | None
    reason: str | None = None

    def days(self, today: date) -> int | None:
        """How long it lasted or has lasted; unknown where its beginning is."""
        return max(((self.until or today) - self.since).days, 0) if self.since else None


def holder_of_proposal(
    status: ProposalStatus, *, authority: Holder | None, unit: Holder | None, working: Iterable[Holder | None]
) -> Holder | None:
    """Who has to act by the facts alone: whoever decides, then whoever carries out; unknown stays unknown."""
    if status in AWAITING_DECISION:
        return authority
    if status is S.APPROVED:
        return unit
    if status is S.IN_FOLLOW_UP:
        at_work = set(working)
        return at_work.pop() if len(at_work) == 1 else unit
    return None


def holder_of_action(status: ActionStatus, *, pic: Holder | None, unit: Holder | None) -> Holder | None:
    """Who has to act by the facts alone: the verifier of finished work, or whoever is in charge."""
    if status not in OPEN_ACTIONS:
        return None
    if status is A.AWAITING_VERIFICATION:
        return Holder(HolderKind.VERIFIER)
    return pic or unit


def over_time(
    now: Mapping[str, Any], told: Sequence[tuple[Any, Any]]
) -> tuple[dict[str, Any], list[dict[str, Any] | None]]:
    """What stood in these columns at first, and after each event that changed them; events oldest first.

    An event tells what stood before and after it, or only after it where it was the first of all.
    """
    first = dict(now)
    for place, (before, after) in reversed(list(enumerate(told))):
        first |= _of_these(after if place == 0 and not before else before, now)
    state, later = first, list[dict[str, Any] | None]()
    for _, after in told:
        changed = _of_these(after, now)
        state = state | changed
        later.append(state if changed else None)
    return first, later


def _of_these(values: Any, columns: Mapping[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in columns if name in values} if isinstance(values, dict) else {}


def changes(
    moments: Iterable[Moment], first: Charge, derive: Callable[[StrEnum, Charge, date], Holder | None]
) -> list[Change]:
    """Who had to act from which day on: by the facts, or by hand until the next step or others in charge."""
    status, charge, by_hand, told = None, first, None, list[Change]()
    for moment in sorted(moments, key=lambda one: one.on):
        status, charge = moment.status or status, moment.charge or charge
        if moment.status or moment.charge or moment.is_back:
            by_hand = None
        by_hand = moment.given or by_hand
        holder = by_hand or (derive(status, charge, moment.on) if status else None)
        told.append(Change(moment.on, holder, moment.reason))
    return told


def overtakes(verb: str, to_state: str | None, after: object) -> bool:
    """Whether an event ends a hand-over: a step of the life cycle, or others in charge."""
    return is_step(verb, to_state) or (isinstance(after, Mapping) and not IN_CHARGE.isdisjoint(after))


def is_step(verb: str, to_state: str | None) -> bool:
    """Whether its state is one of the life cycle; events of links and attributions have states of their own."""
    return bool(to_state) and (verb in _STEPS or verb.startswith("moved_"))


def turns(told: Sequence[Change], *, is_open: bool) -> list[Turn]:
    """The stretches between changes, in order; neighbours in the same hands are one. What is closed is in nobody's."""
    merged: list[Change] = []
    for change in sorted(told, key=lambda one: one.on or date.max):
        if not merged or merged[-1].holder != change.holder:
            merged.append(change)
    ends = [*(following.on for following in merged[1:]), None]
    found = [Turn(change.holder, change.on, until, change.reason) for change, until in zip(merged, ends, strict=True)]
    return found if is_open or not found or found[-1].holder else found[:-1]


def working(at_work: Iterable[Sequence[Turn]], on: date) -> list[Holder | None]:
    """In whose hands each of these was on that day; what had not begun or was over is left out."""
    begun = (next((turn for turn in reversed(told) if turn.since and turn.since <= on), None) for told in at_work)
    return [turn.holder for turn in begun if turn and (turn.until is None or turn.until > on)]


def days_by_holder(told: Iterable[Turn], today: date) -> dict[Holder, int]:
    """Days in each holder's hands, all turns together, in the order of the first turn."""
    found: dict[Holder, int] = {}
    for turn in told:
        if turn.holder is not None:
            found[turn.holder] = found.get(turn.holder, 0) + (turn.days(today) or 0)
    return found
