"""Questions about follow-up actions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select, and_, case, extract, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from tracker.actions import rules
from tracker.actions.models import ActionItem
from tracker.actions.rules import CLOSED, DUE_SOON_WORKING_DAYS, OPEN, ActionStatus
from tracker.core.db import db
from tracker.core.errors import NotFound
from tracker.core.paging import Page, page_of
from tracker.holidays import queries as holidays
from tracker.people.models import OrgUnit

_FOR_A_ROW = (
    joinedload(ActionItem.pic),
    joinedload(ActionItem.responsible_unit),
    joinedload(ActionItem.proposal),
)


@dataclass(frozen=True, kw_only=True)
class ActionFilter:
    """What the matrix is narrowed to. `watch`: overdue, due_soon, no_pic, no_due_date."""

    q: str | None = None
    stage: str | None = None
    status: ActionStatus | None = None
    watch: str | None = None
    unit_id: int | None = None
    pic_id: int | None = None
    year: int | None = None


def in_full(action_id: int, *, to_change: bool = False) -> ActionItem:
    """One action with everything its page shows."""
    loaded = (
        *_FOR_A_ROW,
        selectinload(ActionItem.supporting_units),
        selectinload(ActionItem.promises),
        selectinload(ActionItem.updates),
        selectinload(ActionItem.holds),
    )
    question = select(ActionItem).filter_by(id=action_id).options(*loaded)
    found = db.session.scalar(question.with_for_update(of=ActionItem) if to_change else question)
    if found is None:
        raise NotFound
    return found


def id_of_code(code: str) -> int:
    """The number of the action with this code."""
    found = db.session.scalar(select(ActionItem.id).filter_by(code=code))
    if found is None:
        raise NotFound
    return found


def soon_until(today: date) -> date:
    """The last day that counts as soon, by the table of days off."""
    furthest = today + timedelta(weeks=DUE_SOON_WORKING_DAYS)
    return rules.soon_until(today, holidays.days_off(today, furthest))


def asked(wanted: ActionFilter, today: date) -> Select[ActionItem]:
    """The rows of the follow-up matrix, newest first."""
    question = select(ActionItem).options(*_FOR_A_ROW)
    if wanted.q:
        texts = (ActionItem.code, ActionItem.text_id, ActionItem.text_en)
        question = question.where(or_(*(text.icontains(wanted.q, autoescape=True) for text in texts)))
    if wanted.stage:
        question = question.where(ActionItem.status.in_(OPEN if wanted.stage == "open" else CLOSED))
    if wanted.status:
        question = question.where(ActionItem.status == wanted.status)
    until = soon_until(today) if wanted.watch == "due_soon" else today
    watches = {
        "overdue": ActionItem.due_on < today,
        "due_soon": ActionItem.due_on.between(today, until),
        "no_pic": ActionItem.pic_id.is_(None),
        "no_due_date": ActionItem.due_on.is_(None),
    }
    if wanted.watch:
        question = question.where(ActionItem.status.in_(OPEN), watches[wanted.watch])
    if wanted.unit_id:
        question = question.where(ActionItem.responsible_unit_id == wanted.unit_id)
    if wanted.pic_id:
        question = question.where(ActionItem.pic_id == wanted.pic_id)
    if wanted.year:
        question = question.where(extract("year", ActionItem.assigned_on) == wanted.year)
    return question.order_by(ActionItem.assigned_on.desc(), ActionItem.id.desc())


def matching(wanted: ActionFilter, today: date, bookmark: str | None) -> Page[ActionItem]:
    """One page of the follow-up matrix."""
    return page_of(asked(wanted, today), bookmark)


def of_proposals(proposal_ids: Sequence[int]) -> Sequence[ActionItem]:
    """What follows from these proposals, the next due first."""
    if not proposal_ids:
        return []
    question = select(ActionItem).where(ActionItem.proposal_id.in_(proposal_ids)).options(*_FOR_A_ROW)
    return db.session.scalars(question.order_by(ActionItem.due_on.is_(None), ActionItem.due_on, ActionItem.id)).all()


def open_of(proposal_ids: Sequence[int]) -> Sequence[ActionItem]:
    """What follows from these proposals and is not finished."""
    return [action for action in of_proposals(proposal_ids) if action.status in OPEN]


def of_statements(statement_ids: Sequence[int]) -> Sequence[ActionItem]:
    """What carries out these decisions and directives."""
    question = select(ActionItem).where(ActionItem.statement_id.in_(statement_ids)).options(*_FOR_A_ROW)
    return db.session.scalars(question.order_by(ActionItem.id)).all()


def of_meeting(proposal_ids: Sequence[int], statement_ids: Sequence[int]) -> Sequence[ActionItem]:
    """What follows from a meeting: from its proposals, or from what was decided and directed in it."""
    either = or_(ActionItem.proposal_id.in_(proposal_ids), ActionItem.statement_id.in_(statement_ids))
    return db.session.scalars(select(ActionItem).where(either).options(*_FOR_A_ROW).order_by(ActionItem.id)).all()


def of_pic(person_id: int) -> Sequence[ActionItem]:
    """What a person is in charge of and has not finished, the next due first."""
    question = (
        select(ActionItem).where(ActionItem.pic_id == person_id, ActionItem.status.in_(OPEN)).options(*_FOR_A_ROW)
    )
    return db.session.scalars(question.order_by(ActionItem.due_on.is_(None), ActionItem.due_on, ActionItem.id)).all()


def count_for_proposal(proposal_id: int) -> tuple[int, int]:
    """How many actions follow from a proposal: (all, still open)."""
    is_open = case((ActionItem.status.in_(OPEN), 1), else_=0)
    question = select(func.count(), func.coalesce(func.sum(is_open), 0)).where(ActionItem.proposal_id == proposal_id)
    every, unfinished = db.session.execute(question).one()
    return int(every), int(unfinished)


@dataclass(frozen=True, kw_only=True)
class Gaps:
    """How many actions nobody is in charge of, have no date, and wait for verification."""

    no_pic: int
    no_due_date: int
    awaiting_verification: int


def gaps() -> Gaps:
    """The counts of what a reviewer looks after, of what the viewer may see."""
    is_open = ActionItem.status.in_(OPEN)
    wanted = {
        "no_pic": and_(is_open, ActionItem.pic_id.is_(None)),
        "no_due_date": and_(is_open, ActionItem.due_on.is_(None)),
        "awaiting_verification": ActionItem.status == ActionStatus.AWAITING_VERIFICATION,
    }
    counts = [func.coalesce(func.sum(case((one, 1), else_=0)), 0).label(name) for name, one in wanted.items()]
    return Gaps(**{name: int(count) for name, count in db.session.execute(select(*counts)).one()._mapping.items()})


def overdue(today: date, limit: int) -> Sequence[ActionItem]:
    """The latest first: open actions whose due date has passed."""
    late = select(ActionItem).where(ActionItem.status.in_(OPEN), ActionItem.due_on < today).options(*_FOR_A_ROW)
    return db.session.scalars(late.order_by(ActionItem.due_on, ActionItem.id).limit(limit)).all()


def awaiting_verification(limit: int) -> Sequence[ActionItem]:
    """Finished work that nobody has verified yet, the oldest first."""
    waiting = select(ActionItem).filter_by(status=ActionStatus.AWAITING_VERIFICATION).options(*_FOR_A_ROW)
    return db.session.scalars(waiting.order_by(ActionItem.status_since, ActionItem.id).limit(limit)).all()


@dataclass(frozen=True, kw_only=True)
class UnitFigures:
    """How a unit keeps its promises; a rate is None where nothing completed had a due date."""

    unit: OrgUnit | None
    unfinished: int
    overdue: int
    #: Completed actions that had a due date, and those of them in time for the first and for the last promise.
    completed: int
    in_time_first: int
    in_time_last: int

    def rate(self, in_time: int) -> int | None:
        """Percent of the completed ones; never 0 for want of any."""
        return round(100 * in_time / self.completed) if self.completed else None


def by_unit(today: date) -> list[UnitFigures]:
    """Open, overdue and on time for each responsible unit, of what the viewer may see."""
    is_open, has_date = ActionItem.status.in_(OPEN), ActionItem.due_on.is_not(None)
    is_done = and_(ActionItem.status == ActionStatus.COMPLETED, has_date)
    counted = (
        is_open,
        and_(is_open, ActionItem.due_on < today),
        is_done,
        and_(is_done, ActionItem.closed_on <= ActionItem.original_due_on),
        and_(is_done, ActionItem.closed_on <= ActionItem.due_on),
    )
    sums = [func.sum(case((one, 1), else_=0)) for one in counted]
    question = select(ActionItem.responsible_unit_id, *sums).group_by(ActionItem.responsible_unit_id)
    units = {unit.id: unit for unit in db.session.scalars(select(OrgUnit).order_by(OrgUnit.id))}
    found = [
        UnitFigures(unit=units.get(unit_id or 0), unfinished=a, overdue=b, completed=c, in_time_first=d, in_time_last=e)
        for unit_id, a, b, c, d, e in db.session.execute(question)
    ]
    return sorted(found, key=lambda row: (-row.overdue, -row.unfinished, row.unit.id if row.unit else 0))
