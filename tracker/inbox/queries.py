"""What waits for the actor. Each kind asks the same as the policy that guards its button; a test compares them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    Date,
    DateTime,
    Integer,
    Select,
    Text,
    bindparam,
    cast,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from tracker.actions import policy as actions
from tracker.actions.changes.models import DueDateRequest, Escalation
from tracker.actions.changes.rules import RequestState
from tracker.actions.models import ActionHold, ActionItem
from tracker.actions.queries import WATCHES
from tracker.actions.rules import ActionStatus, HoldKind
from tracker.audit.queries import had_part
from tracker.audit.rules import Part
from tracker.core import clock
from tracker.core.actor import Actor, Role, current
from tracker.core.clock import day_at
from tracker.core.db import db
from tracker.core.visibility import in_preview, unrestricted
from tracker.inbox.rules import Matter
from tracker.meetings.models import Attendance, Meeting
from tracker.meetings.rules import AttendanceRole
from tracker.minutes.models import MinutesVersion
from tracker.minutes.rules import MinutesState
from tracker.people.models import Person, PositionHolding
from tracker.people.queries import covers_day
from tracker.proposals.models import Proponent, Proposal
from tracker.proposals.queries import WATCHES as PROPOSAL_WATCHES
from tracker.proposals.rules import Attribution, ProposalStatus
from tracker.status.models import HandOver

Thing = ActionItem | Proposal | Meeting

_THINGS: dict[str, type[Any]] = {model.__tablename__: model for model in (ActionItem, Proposal, Meeting)}


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """One matter that waits for the actor."""

    matter: Matter
    thing: Thing
    #: The row that is settled: the request, escalation, hand-over, version or proponent; else the thing itself.
    row_id: int
    #: The day since which it waits.
    since: date | None
    #: The day that was asked for, or on which it is due.
    day: date | None
    by_name: str | None
    reason: str | None


@dataclass(frozen=True)
class Group:
    """The matters of one kind: how many, and those that are shown."""

    matter: Matter
    count: int
    rows: Sequence[Waiting]


# Given anew at each execution, so that a statement made once holds nobody's rights.
_PERSON = bindparam("waits_person", type_=Integer)
_ACCOUNT = bindparam("waits_account", type_=Integer)
_UNITS = bindparam("waits_units", expanding=True, type_=Integer)
_TODAY = bindparam("waits_today", type_=Date)
_NO_MOMENT, _NO_DAY, _NO_TEXT = cast(null(), DateTime(timezone=True)), cast(null(), Date), cast(null(), Text)


def _held() -> Any:
    return select(PositionHolding.position_id).where(PositionHolding.person_id == _PERSON, covers_day(_TODAY))


def _row(
    matter: Matter, thing: type[Any], row_id: Any, *, at: Any = _NO_MOMENT, on: Any = _NO_DAY, day: Any = _NO_DAY,
    by: Any = _NO_TEXT, reason: Any = _NO_TEXT,
) -> Select[Any]:  # fmt: skip
    return select(
        literal(matter.value).label("matter"), literal(thing.__tablename__).label("subject"),
        thing.id.label("subject_id"), row_id.label("row_id"), at.label("at"), on.label("on"), day.label("day"),
        by.label("by_name"), reason.label("reason"),
    ).select_from(thing).where(thing.is_open_to_viewer())  # fmt: skip


def _escalation(thing: type[Any], owner: Any) -> Select[Any]:
    row = _row(
        Matter.ESCALATION, thing, Escalation.id, at=Escalation.at, by=Escalation.by_name, reason=Escalation.reason
    )
    is_mine = or_(Escalation.person_id == _PERSON, Escalation.position_id.in_(_held()))
    return row.join(Escalation, owner == thing.id).where(Escalation.ended_at.is_(None), is_mine)


def _decision() -> Select[Any]:
    row = _row(Matter.DECISION, Proposal, Proposal.id, on=Proposal.status_since, day=Proposal.revisit_on)
    is_due = or_(Proposal.status != ProposalStatus.DEFERRED, Proposal.revisit_on <= _TODAY)
    return row.where(Proposal.awaits_decision(), Proposal.decision_authority_id.in_(_held()), is_due)


def _correction(thing: type[Any]) -> Select[Any]:
    row = _row(Matter.CORRECTION, thing, thing.id, at=thing.corrected_at)
    return row.where(thing.corrected_at.is_not(None), ~had_part(thing, thing.not_judged_by, _ACCOUNT, _PERSON))


def _approval() -> Select[Any]:
    row = _row(
        Matter.APPROVAL, Meeting, MinutesVersion.id, at=MinutesVersion.submitted_at, day=Meeting.date,
        by=MinutesVersion.submitted_by_name,
    )  # fmt: skip
    chairing = aliased(Attendance)
    is_chair = exists().where(
        chairing.meeting_id == Meeting.id, chairing.role == AttendanceRole.CHAIR, chairing.person_id == _PERSON
    )
    is_of_others = ~had_part(Meeting, {Part.SUBMITTED}, _ACCOUNT, _PERSON)
    row = row.join(MinutesVersion, MinutesVersion.meeting_id == Meeting.id)
    return row.where(MinutesVersion.state == MinutesState.SUBMITTED, is_chair, is_of_others)


def _returned() -> Select[Any]:
    row = _row(
        Matter.RETURNED_MINUTES, Meeting, MinutesVersion.id, at=MinutesVersion.decided_at, day=Meeting.date,
        by=MinutesVersion.decided_by_name, reason=MinutesVersion.return_note,
    )  # fmt: skip
    later = aliased(MinutesVersion)
    is_last = ~exists().where(later.meeting_id == Meeting.id, later.id > MinutesVersion.id)
    row = row.join(MinutesVersion, MinutesVersion.meeting_id == Meeting.id)
    return row.where(MinutesVersion.state == MinutesState.RETURNED, is_last)


def _due_date_request() -> Select[Any]:
    row = _row(
        Matter.DUE_DATE_REQUEST, ActionItem, DueDateRequest.id, at=DueDateRequest.at, day=DueDateRequest.asked_for,
        by=DueDateRequest.by_name, reason=DueDateRequest.reason,
    )  # fmt: skip
    is_of_others = ~had_part(ActionItem, actions.NOT_DATED_BY, _ACCOUNT, _PERSON)
    row = row.join(DueDateRequest, DueDateRequest.action_id == ActionItem.id)
    return row.where(DueDateRequest.state == RequestState.ASKED, is_of_others)


def _verification() -> Select[Any]:
    row = _row(Matter.VERIFICATION, ActionItem, ActionItem.id, on=ActionItem.status_since, day=ActionItem.due_on)
    return row.where(
        ActionItem.status == ActionStatus.AWAITING_VERIFICATION,
        ~had_part(ActionItem, actions.NOT_VERIFIED_BY, _ACCOUNT, _PERSON),
    )


def _hand_over(thing: type[Any], owner: Any, *, has_units: bool) -> Select[Any]:
    row = _row(Matter.HAND_OVER, thing, HandOver.id, on=HandOver.on, by=HandOver.by_name, reason=HandOver.reason)
    mine = [HandOver.person_id == _PERSON, HandOver.position_id.in_(_held())]
    mine += [HandOver.unit_id.in_(_UNITS)] if has_units else []
    return row.join(HandOver, owner == thing.id).where(HandOver.ended_at.is_(None), or_(*mine))


def _attribution() -> Select[Any]:
    row = _row(Matter.ATTRIBUTION, Proposal, Proponent.id, on=Proposal.raised_on).join(Proposal.proponents)
    return row.where(Proponent.person_id == _PERSON, Proponent.attribution == Attribution.UNCONFIRMED)


def _dispute() -> Select[Any]:
    named = func.coalesce(Person.full_name, Proponent.post_as_written)
    row = _row(Matter.DISPUTE, Proposal, Proponent.id, on=Proposal.raised_on, by=named).join(Proposal.proponents)
    return row.outerjoin(Proponent.person).where(Proponent.attribution == Attribution.DISPUTED)


def _overdue(*, has_units: bool) -> Select[Any]:
    """Own work that is due today or late, unless it waits for somebody outside or for another date."""
    row = _row(Matter.OVERDUE, ActionItem, ActionItem.id, on=ActionItem.due_on, day=ActionItem.due_on)
    mine = [ActionItem.pic_id == _PERSON]
    mine += [ActionItem.pic_id.is_(None) & ActionItem.responsible_unit_id.in_(_UNITS)] if has_units else []
    held, asked = aliased(ActionHold), aliased(DueDateRequest)
    return row.where(
        ActionItem.status.in_((ActionStatus.NOT_STARTED, ActionStatus.IN_PROGRESS)), ActionItem.due_on <= _TODAY,
        or_(*mine),
        ~exists().where(
            held.action_id == ActionItem.id, held.ended_on.is_(None), held.kind == HoldKind.WAITING_OUTSIDE
        ),
        ~exists().where(asked.action_id == ActionItem.id, asked.state == RequestState.ASKED),
    )  # fmt: skip


def _branches(roles: frozenset[Role], *, is_person: bool, has_units: bool) -> list[Select[Any]]:
    """The questions of this reader, in the order of `Matter`."""
    asked: tuple[tuple[bool, Callable[[], Sequence[Select[Any]]]], ...] = (
        (is_person, lambda: [_escalation(ActionItem, Escalation.action_id),
                             _escalation(Proposal, Escalation.proposal_id)]),
        (is_person and Role.DECISION_MAKER in roles, lambda: [_decision()]),
        (Role.DECISION_MAKER in roles, lambda: [_correction(Proposal)]),
        (Role.REVIEWER in roles, lambda: [_correction(ActionItem)]),
        (is_person, lambda: [_approval()]),
        (bool(roles & {Role.REVIEWER, Role.SECRETARIAT}), lambda: [_due_date_request()]),
        (Role.REVIEWER in roles, lambda: [_verification()]),
        (is_person, lambda: [_hand_over(ActionItem, HandOver.action_id, has_units=has_units),
                             _hand_over(Proposal, HandOver.proposal_id, has_units=has_units)]),
        (is_person, lambda: [_attribution()]),
        (Role.SECRETARIAT in roles, lambda: [_dispute(), _returned()]),
        (is_person, lambda: [_overdue(has_units=has_units)]),
    )  # fmt: skip
    return [branch for applies, made in asked if applies for branch in made()]


@lru_cache
def _united(roles: frozenset[Role], is_person: bool, has_units: bool, _in_preview: bool) -> Any:
    """All that waits, as one question; it is made once for each kind of reader and holds nobody's rights."""
    branches = _branches(roles, is_person=is_person, has_units=has_units)
    return union_all(*branches).subquery("waiting") if branches else None


@lru_cache
def _counting(*reader: Any) -> Select[int] | None:
    """How many they are. SQLAlchemy knows the statement again without walking over all of it: 1 ms of each page."""
    waiting = _united(*reader)
    return None if waiting is None else select(func.count()).select_from(waiting)


def _reader(actor: Actor) -> tuple[Any, ...]:
    """What the statements of an actor depend on."""
    return actor.roles & _ASKING, actor.person_id is not None, bool(actor.unit_ids), in_preview()


_ASKING = frozenset({Role.REVIEWER, Role.SECRETARIAT, Role.DECISION_MAKER})


def _values(actor: Actor) -> dict[str, Any]:
    values: dict[str, Any] = {
        "waits_person": actor.person_id, "waits_account": actor.seen.account_id, "waits_today": clock.today(),
    }  # fmt: skip
    return values | ({"waits_units": sorted(actor.unit_ids)} if actor.unit_ids else {})


def count(actor: Actor) -> int:
    """How many matters that are open to the actor wait for the actor, in one statement."""
    counting = _counting(*_reader(actor))
    if counting is None:
        return 0
    with unrestricted():  # each question has the criterion written out: added to ten, it costs a page 5 ms
        return db.session.scalar(counting, _values(actor)) or 0


def waiting_for(actor: Actor, most: int) -> list[Group]:
    """All that waits for the actor, by kind; of each the `most` that wait longest."""
    waiting = _united(*_reader(actor))
    with unrestricted():  # as above
        rows = db.session.execute(select(waiting), _values(actor)).all() if waiting is not None else []
    sorted_rows = sorted(rows, key=lambda row: (_since(row) or date.max, row.row_id))
    of_kind = {matter: [row for row in sorted_rows if row.matter == matter] for matter in Matter}
    shown = [row for some in of_kind.values() for row in some[:most]]
    things = {name: _loaded(model, {row.subject_id for row in shown if row.subject == name})
              for name, model in _THINGS.items()}  # fmt: skip
    return [
        Group(matter, len(some), [_waiting(row, things[row.subject][row.subject_id]) for row in some[:most]])
        for matter, some in of_kind.items()
        if some
    ]


def _since(row: Any) -> date | None:
    at: datetime | None = row.at
    day: date | None = day_at(at) if at else row.on
    return day


def _loaded(model: type[Any], numbers: set[int]) -> dict[int, Any]:
    question = select(model).where(model.id.in_(sorted(numbers)))
    return {one.id: one for one in db.session.scalars(question)} if numbers else {}


def _waiting(row: Any, thing: Thing) -> Waiting:
    return Waiting(
        matter=Matter(row.matter), thing=thing, row_id=row.row_id, since=_since(row), day=row.day,
        by_name=row.by_name, reason=row.reason,
    )  # fmt: skip


def _waits_for_reader(model: type[Any]) -> Callable[[date], Any]:
    """The criterion of a list that is narrowed to what waits for its reader."""

    def criterion(_: date) -> Any:
        actor = current()
        waiting = _united(*_reader(actor)) if actor else None
        if actor is None or waiting is None:
            return literal(value=False)
        numbers = select(waiting.c.subject_id).where(waiting.c.subject == model.__tablename__)
        return model.id.in_(numbers.params(_values(actor)))

    return criterion


WATCHES["waits_for_me"] = _waits_for_reader(ActionItem)
PROPOSAL_WATCHES["waits_for_me"] = _waits_for_reader(Proposal)
