"""What waits for the user. Each kind has the same conditions as the policy of its page; a test compares them."""

import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache, reduce
from typing import Any

from sqlalchemy import (
    Date,
    DateTime,
    Integer,
    Select,
    Text,
    bindparam,
    case,
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
from sqlalchemy.sql.base import ExecutableOption

from tracker.actions import policy as actions
from tracker.actions.changes.models import DueDateRequest, Escalation
from tracker.actions.changes.rules import RequestState
from tracker.actions.models import ActionHold, ActionItem
from tracker.actions.queries import OF_ROWS, WATCHES
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
from tracker.people.queries import covers_day, days_elsewhere
from tracker.proposals.models import Proponent, Proposal, TargetLink
from tracker.proposals.queries import AT_ONCE
from tracker.proposals.queries import WATCHES as PROPOSAL_WATCHES
from tracker.proposals.rules import OPEN, Attribution, LinkState, ProposalStatus
from tracker.status.models import HandOver

Subject = ActionItem | Proposal | Meeting

_SUBJECTS: dict[str, type[Any]] = {model.__tablename__: model for model in (ActionItem, Proposal, Meeting)}


@dataclass(frozen=True, kw_only=True)
class Waiting:
    matter: Matter
    subject: Subject
    #: Id of the row that is settled: request, escalation, hand-over, version or proponent, or else the subject.
    row_id: int
    #: Since when it waits.
    since: date | None
    #: The requested day, or the due date.
    day: date | None
    by_name: str | None
    reason: str | None

    @property
    def link(self) -> TargetLink | None:
        """The link to a target that is to be confirmed."""
        if self.matter is not Matter.TARGET_LINK or not isinstance(self.subject, Proposal):
            return None
        return next((link for link in self.subject.target_links if link.id == self.row_id), None)


@dataclass(frozen=True)
class Group:
    matter: Matter
    count: int
    rows: Sequence[Waiting]


# Bound at each execution, so that cached statements do not contain the rights of anybody.
_PERSON = bindparam("waits_person", type_=Integer)
_ACCOUNT = bindparam("waits_account", type_=Integer)
_UNITS = bindparam("waits_units", expanding=True, type_=Integer)
_TODAY = bindparam("waits_today", type_=Date)
#: Units where it is another day than in the office, and that day: there is at most one other, for two hours.
_ELSEWHERE = bindparam("waits_elsewhere", expanding=True, type_=Integer)
_DAY_ELSEWHERE = bindparam("waits_day_elsewhere", type_=Date)
_NO_MOMENT, _NO_DAY, _NO_TEXT = cast(null(), DateTime(timezone=True)), cast(null(), Date), cast(null(), Text)


def _own_posts() -> Any:
    return select(PositionHolding.position_id).where(PositionHolding.person_id == _PERSON, covers_day(_TODAY))


def _row(
    matter: Matter, subject: type[Any], row_id: Any, *, at: Any = _NO_MOMENT, on: Any = _NO_DAY, day: Any = _NO_DAY,
    by: Any = _NO_TEXT, reason: Any = _NO_TEXT,
) -> Select[Any]:  # fmt: skip
    return select(
        literal(matter.value).label("matter"), literal(subject.__tablename__).label("subject"),
        subject.id.label("subject_id"), row_id.label("row_id"), at.label("at"), on.label("on"), day.label("day"),
        by.label("by_name"), reason.label("reason"),
    ).select_from(subject).where(subject.is_open_to_viewer())  # fmt: skip


def _escalation(subject: type[Any], owner: Any) -> Select[Any]:
    row = _row(
        Matter.ESCALATION, subject, Escalation.id, at=Escalation.at, by=Escalation.by_name, reason=Escalation.reason
    )
    is_mine = or_(Escalation.person_id == _PERSON, Escalation.position_id.in_(_own_posts()))
    return row.join(Escalation, owner == subject.id).where(Escalation.ended_at.is_(None), is_mine)


def _decision() -> Select[Any]:
    row = _row(Matter.DECISION, Proposal, Proposal.id, on=Proposal.status_since, day=Proposal.revisit_on)
    is_due = or_(Proposal.status != ProposalStatus.DEFERRED, Proposal.revisit_on <= _TODAY)
    return row.where(Proposal.awaits_decision(), Proposal.decision_authority_id.in_(_own_posts()), is_due)


def _correction(subject: type[Any]) -> Select[Any]:
    row = _row(Matter.CORRECTION, subject, subject.id, at=subject.corrected_at)
    return row.where(subject.corrected_at.is_not(None), ~had_part(subject, subject.not_judged_by, _ACCOUNT, _PERSON))


def _approval() -> Select[Any]:
    row = _row(
        Matter.APPROVAL, Meeting, MinutesVersion.id, at=MinutesVersion.submitted_at, day=Meeting.date,
        by=MinutesVersion.submitted_by_name,
    )  # fmt: skip
    chair = aliased(Attendance)
    is_chair = exists().where(
        chair.meeting_id == Meeting.id, chair.role == AttendanceRole.CHAIR, chair.person_id == _PERSON
    )
    is_of_others = ~had_part(Meeting, {Part.SUBMITTED}, _ACCOUNT, _PERSON)
    row = row.join(MinutesVersion, MinutesVersion.meeting_id == Meeting.id)
    return row.where(MinutesVersion.state == MinutesState.SUBMITTED, is_chair, is_of_others)


def _target_link() -> Select[Any]:
    row = _row(Matter.TARGET_LINK, Proposal, TargetLink.id, on=Proposal.raised_on).join(Proposal.target_links)
    is_of_others = ~had_part(TargetLink, {Part.SUGGESTED}, _ACCOUNT, _PERSON)
    is_worth_it = Proposal.status.in_(sorted({*OPEN, ProposalStatus.REALISED}))
    return row.where(TargetLink.state == LinkState.SUGGESTED, is_of_others, is_worth_it)


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


def _hand_over(subject: type[Any], owner: Any, *, has_units: bool) -> Select[Any]:
    row = _row(Matter.HAND_OVER, subject, HandOver.id, on=HandOver.on, by=HandOver.by_name, reason=HandOver.reason)
    mine = [HandOver.person_id == _PERSON, HandOver.position_id.in_(_own_posts())]
    mine += [HandOver.unit_id.in_(_UNITS)] if has_units else []
    return row.join(HandOver, owner == subject.id).where(HandOver.ended_at.is_(None), or_(*mine))


def _attribution() -> Select[Any]:
    row = _row(Matter.ATTRIBUTION, Proposal, Proponent.id, on=Proposal.raised_on).join(Proposal.proponents)
    return row.where(Proponent.person_id == _PERSON, Proponent.attribution == Attribution.UNCONFIRMED)


def _dispute() -> Select[Any]:
    named = func.coalesce(Person.full_name, Proponent.post_as_written)
    row = _row(Matter.DISPUTE, Proposal, Proponent.id, on=Proposal.raised_on, by=named).join(Proposal.proponents)
    is_of_others = ~had_part(Proponent, {Part.NAMED}, _ACCOUNT, _PERSON)
    return row.outerjoin(Proponent.person).where(Proponent.attribution == Attribution.DISPUTED, is_of_others)


def _overdue(*, has_units: bool) -> Select[Any]:
    """Own actions that are due or overdue, unless they wait for an outside party or an answer about the due date."""
    row = _row(Matter.OVERDUE, ActionItem, ActionItem.id, on=ActionItem.due_on, day=ActionItem.due_on)
    day_where_owed = case((ActionItem.responsible_unit_id.in_(_ELSEWHERE), _DAY_ELSEWHERE), else_=_TODAY)
    mine = [ActionItem.pic_id == _PERSON]
    mine += [ActionItem.pic_id.is_(None) & ActionItem.responsible_unit_id.in_(_UNITS)] if has_units else []
    hold, request = aliased(ActionHold), aliased(DueDateRequest)
    return row.where(
        ActionItem.status.in_((ActionStatus.NOT_STARTED, ActionStatus.IN_PROGRESS)),
        ActionItem.due_on <= day_where_owed, or_(*mine),
        ~exists().where(
            hold.action_id == ActionItem.id, hold.ended_on.is_(None), hold.kind == HoldKind.WAITING_OUTSIDE
        ),
        ~exists().where(request.action_id == ActionItem.id, request.state == RequestState.ASKED),
    )  # fmt: skip


def _branches(roles: frozenset[Role], *, is_person: bool, has_units: bool) -> list[Select[Any]]:
    queries: tuple[tuple[bool, Callable[[], Sequence[Select[Any]]]], ...] = (
        (is_person, lambda: [_escalation(ActionItem, Escalation.action_id),
                             _escalation(Proposal, Escalation.proposal_id)]),
        (is_person and Role.DECISION_MAKER in roles, lambda: [_decision()]),
        (Role.DECISION_MAKER in roles, lambda: [_correction(Proposal)]),
        (Role.REVIEWER in roles, lambda: [_correction(ActionItem)]),
        (is_person, lambda: [_approval()]),
        (Role.DECISION_MAKER in roles, lambda: [_target_link()]),
        (bool(roles & {Role.REVIEWER, Role.SECRETARIAT}), lambda: [_due_date_request()]),
        (Role.REVIEWER in roles, lambda: [_verification()]),
        (is_person, lambda: [_hand_over(ActionItem, HandOver.action_id, has_units=has_units),
                             _hand_over(Proposal, HandOver.proposal_id, has_units=has_units)]),
        (is_person, lambda: [_attribution()]),
        (Role.SECRETARIAT in roles, lambda: [_dispute(), _returned()]),
        (is_person, lambda: [_overdue(has_units=has_units)]),
    )  # fmt: skip
    return [branch for applies, make in queries if applies for branch in make()]


@lru_cache
def _united(
    roles: frozenset[Role], is_person: bool, has_units: bool, _in_preview: bool, about: str | None = None
) -> Any:
    """Union of the queries about one table or all, cached by what they depend on, not by the rights of anybody."""
    branches = [
        branch
        for branch in _branches(roles, is_person=is_person, has_units=has_units)
        if about is None or branch.selected_columns.subject.element.value == about
    ]
    return union_all(*branches).subquery("waiting") if branches else None


@lru_cache
def _all_united(*key: Any) -> Select[*tuple[Any, ...]] | None:
    waiting = _united(*key)
    return None if waiting is None else select(waiting)


@lru_cache
def _counting(roles: frozenset[Role], is_person: bool, has_units: bool, _in_preview: bool) -> Select[int] | None:
    """Statement that counts all. Cached, so that SQLAlchemy recognises it quickly: saves 1 ms on each page.

    Adds up the counts: of their union SQLite would make every row first.
    """
    branches = _branches(roles, is_person=is_person, has_units=has_units)
    counts = (select(func.count()).select_from(branch.subquery()).scalar_subquery() for branch in branches)
    return select(reduce(operator.add, counts)) if branches else None


def _cache_key(actor: Actor) -> tuple[Any, ...]:
    return actor.roles & _ROLES_THAT_MATTER, actor.person_id is not None, bool(actor.unit_ids), in_preview()


_ROLES_THAT_MATTER = frozenset({Role.REVIEWER, Role.SECRETARIAT, Role.DECISION_MAKER})


def _values(actor: Actor) -> dict[str, Any]:
    today = clock.today()
    elsewhere = days_elsewhere(today)
    values: dict[str, Any] = {
        "waits_person": actor.person_id, "waits_account": actor.seen.account_id, "waits_today": today,
        "waits_elsewhere": sorted(elsewhere), "waits_day_elsewhere": next(iter(elsewhere.values()), today),
    }  # fmt: skip
    return values | ({"waits_units": sorted(actor.unit_ids)} if actor.unit_ids else {})


def count(actor: Actor) -> int:
    counting = _counting(*_cache_key(actor))
    if counting is None:
        return 0
    # The queries contain the criteria of visibility; adding them automatically to ten queries would cost 5 ms a page.
    with unrestricted():
        return db.session.scalar(counting, _values(actor)) or 0


def own_of(action: ActionItem) -> Waiting:
    """An action of one's own as a row to report on, whether or not it is due."""
    return Waiting(
        matter=Matter.OVERDUE, subject=action, row_id=action.id, since=action.due_on, day=action.due_on, by_name=None,
        reason=None,
    )  # fmt: skip


def waiting_for(actor: Actor, most: int, *, only: Matter | None = None) -> list[Group]:
    """Matters that wait for the actor, by kind; at most `most` of each, the longest waiting first."""
    waiting = _all_united(*_cache_key(actor))
    with unrestricted():  # as in `count`
        rows = db.session.execute(waiting, _values(actor)).all() if waiting is not None else []
    sorted_rows = sorted(rows, key=lambda row: (_since(row) or date.max, row.row_id))
    kinds = [only] if only else list(Matter)
    by_kind = {matter: [row for row in sorted_rows if row.matter == matter] for matter in kinds}
    shown = [row for kind_rows in by_kind.values() for row in kind_rows[:most]]
    subjects = {name: _loaded(model, {row.subject_id for row in shown if row.subject == name})
              for name, model in _SUBJECTS.items()}  # fmt: skip
    return [
        Group(
            matter, len(kind_rows), [_waiting(row, subjects[row.subject][row.subject_id]) for row in kind_rows[:most]]
        )
        for matter, kind_rows in by_kind.items()
        if kind_rows
    ]


def _since(row: Any) -> date | None:
    at: datetime | None = row.at
    day: date | None = day_at(at) if at else row.on
    return day


#: What the rows of the page name beside the subject: who is in charge, proponents, targets.
_NAMED: dict[type[Any], Sequence[ExecutableOption]] = {ActionItem: OF_ROWS, Proposal: AT_ONCE, Meeting: ()}


def _loaded(model: type[Any], ids: set[int]) -> dict[int, Any]:
    query = select(model).where(model.id.in_(sorted(ids))).options(*_NAMED[model])
    return {row.id: row for row in db.session.scalars(query).unique()} if ids else {}


def _waiting(row: Any, subject: Subject) -> Waiting:
    return Waiting(
        matter=Matter(row.matter), subject=subject, row_id=row.row_id, since=_since(row), day=row.day,
        by_name=row.by_name, reason=row.reason,
    )  # fmt: skip


def _waits_for_reader(model: type[Any]) -> Callable[[date], Any]:
    """Criterion of lists filtered by what waits for the user."""

    def criterion(_: date) -> Any:
        actor = current()
        waiting = _united(*_cache_key(actor), model.__tablename__) if actor else None
        if actor is None or waiting is None:
            return literal(value=False)
        return model.id.in_(select(waiting.c.subject_id).params(_values(actor)))

    return criterion


WATCHES["waits_for_me"] = _waits_for_reader(ActionItem)
PROPOSAL_WATCHES["waits_for_me"] = _waits_for_reader(Proposal)
