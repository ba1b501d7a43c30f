"""Questions of the follow-up matrix: what it is narrowed to, and its rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Date, Integer, Select, cast, null, or_, select, union_all

from tracker.actions import rules
from tracker.actions.models import ActionItem, ActionSetting
from tracker.actions.queries.one import OF_ROWS
from tracker.actions.rules import CLOSED, DUE_SOON_WORKING_DAYS, LONGEST_SOON, OPEN, ActionStatus
from tracker.calendar.holidays.models import Holiday
from tracker.core.actor import Classification
from tracker.core.db import db, in_year
from tracker.core.paging import Page, page_of_rows
from tracker.people.models import OrgUnit, Person
from tracker.proposals.models import Proposal


@dataclass(frozen=True, kw_only=True)
class ActionFilter:
    """What the matrix is narrowed to. Both due days are included.

    `watch`: overdue, due_soon, no_pic, no_due_date, or a key of `WATCHES`.
    """

    q: str | None = None
    stage: str | None = None
    status: ActionStatus | None = None
    watch: str | None = None
    unit_id: int | None = None
    pic_id: int | None = None
    year: int | None = None
    due_from: date | None = None
    due_until: date | None = None


def setting(*, to_change: bool = False) -> ActionSetting:
    """How far ahead soon reaches."""
    question = select(ActionSetting)
    stored = db.session.scalar(question.with_for_update() if to_change else question)
    return stored or ActionSetting(id=1, due_soon_working_days=DUE_SOON_WORKING_DAYS)


def soon_until(today: date) -> date:
    """The last day that counts as soon, by days off and setting, asked in one statement: every list needs it."""
    furthest = today + timedelta(weeks=LONGEST_SOON)
    days_off = select(Holiday.date, cast(null(), Integer)).where(Holiday.date.between(today, furthest))
    length = select(cast(null(), Date), ActionSetting.due_soon_working_days)
    rows = db.session.execute(union_all(days_off, length)).all()
    working_days = next((days for day, days in rows if day is None), DUE_SOON_WORKING_DAYS)
    return rules.soon_until(today, working_days, {day for day, _ in rows})


def asked(wanted: ActionFilter, today: date) -> Select[ActionItem]:
    """The rows of the follow-up matrix, newest first; where all of them are open, the longest overdue first."""
    question = select(ActionItem).options(*OF_ROWS)
    if wanted.q:
        texts = (ActionItem.code, ActionItem.text_id, ActionItem.text_en)
        question = question.where(or_(*(text.icontains(wanted.q, autoescape=True) for text in texts)))
    if wanted.stage:
        question = question.where(ActionItem.status.in_(OPEN if wanted.stage == "open" else CLOSED))
    if wanted.watch:
        question = question.where(ActionItem.is_unfinished(), _watched(wanted.watch, today))
    if wanted.due_from:
        question = question.where(ActionItem.due_on >= wanted.due_from)
    if wanted.due_until:
        question = question.where(ActionItem.due_on <= wanted.due_until)
    given = (
        (wanted.status, ActionItem.status == wanted.status),
        (wanted.unit_id, ActionItem.responsible_unit_id == wanted.unit_id),
        (wanted.pic_id, ActionItem.pic_id == wanted.pic_id),
    )
    question = question.where(*(criterion for value, criterion in given if value))
    if wanted.year:
        question = question.where(in_year(ActionItem.assigned_on, wanted.year))
    if wanted.stage == "open" or wanted.watch:
        question = question.order_by(ActionItem.due_or_never)
    return question.order_by(ActionItem.assigned_on.desc(), ActionItem.id.desc())


#: What features above this one watch, by the value of `watch`: the criterion, given today.
WATCHES: dict[str, Callable[[date], ColumnElement[bool]]] = {}


def _watched(watch: str, today: date) -> ColumnElement[bool]:
    """What is watched, of the open ones."""
    if watch == "due_soon":
        return ActionItem.due_on.between(today, soon_until(today))
    if watch in WATCHES:
        return WATCHES[watch](today)
    criteria: dict[str, ColumnElement[bool]] = {
        "overdue": ActionItem.due_on < today,
        "no_pic": ActionItem.pic_id.is_(None),
        "no_due_date": ActionItem.due_on.is_(None),
    }
    return criteria[watch]


def fitting(wanted: ActionFilter, today: date, limit: int) -> Sequence[ActionItem]:
    """The open actions that a filter lets through, on whatever page they stand."""
    return db.session.scalars(asked(wanted, today).where(ActionItem.status.in_(OPEN)).limit(limit)).all()


class ActionRow(NamedTuple):
    """An action as the list shows it, with what it hangs on as far as the viewer may see that."""

    id: int
    assigned_on: date
    code: str
    text_id: str
    text_en: str | None
    status: ActionStatus
    due_on: date | None
    original_due_on: date | None
    classification: Classification
    proposal_code: str | None
    unit_name_id: str | None
    unit_name_en: str | None
    pic_name: str | None

    def is_overdue(self, today: date) -> bool:
        """As of an action."""
        return rules.is_overdue(self.status, self.due_on, today)

    def is_due_soon(self, today: date, until: date) -> bool:
        """As of an action."""
        return rules.is_due_soon(self.status, self.due_on, today, until)


_OF_ACTION = tuple(getattr(ActionItem, name) for name in ActionRow._fields if hasattr(ActionItem, name))
_BESIDE = (
    ActionItem.due_or_never,
    Proposal.code.label("proposal_code"),
    OrgUnit.name_id.label("unit_name_id"),
    OrgUnit.name_en.label("unit_name_en"),
    Person.full_name.label("pic_name"),
)


def matching(wanted: ActionFilter, today: date, bookmark: str | None) -> Page[ActionRow]:
    """One page of the follow-up matrix, with what it shows."""
    question = asked(wanted, today)
    shown = question.with_only_columns(*_OF_ACTION, *_BESIDE)
    for beside in (ActionItem.proposal, ActionItem.responsible_unit, ActionItem.pic):
        shown = shown.outerjoin(beside)
    return page_of_rows(shown, question, _row, bookmark)


def _row(found: Any) -> ActionRow:
    return ActionRow._make(getattr(found, name) for name in ActionRow._fields)
