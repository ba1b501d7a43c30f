"""Queries for the list of actions: its filter and rows, and the setting of “due soon”."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Date, Integer, Select, cast, func, null, or_, select, union_all

from tracker.actions import rules
from tracker.actions.models import ActionItem, ActionSetting
from tracker.actions.queries.detail import OF_ROWS
from tracker.actions.rules import CLOSED, DUE_SOON_WORKING_DAYS, MAX_DUE_SOON, ActionStatus
from tracker.calendar.holidays.models import Holiday
from tracker.calendar.holidays.rules import week_of
from tracker.core.actor import Classification
from tracker.core.db import db, in_year
from tracker.core.paging import Page, page_of_rows
from tracker.core.sorting import Order, Orders, by_code, by_words, ordered, sort_keys, unknown_last
from tracker.people import queries as people
from tracker.people.models import OrgUnit, Person


@dataclass(frozen=True, kw_only=True)
class ActionFilter:
    """Filter of the list of actions. `due_from` and `due_until` are inclusive.

    `watch`: overdue, due_soon, this_week, no_pic, no_due_date, or a key of `WATCHES`.
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
    order: Order | None = None


_PIC = select(Person.folded).where(Person.id == ActionItem.pic_id)
ORDERS: Orders = {
    "text": by_words(ActionItem.text_id, ActionItem.text_en),
    "pic": lambda _: func.coalesce(_PIC.correlate(ActionItem).scalar_subquery(), ""),
    "due": unknown_last(ActionItem.due_on, date.min, date.max),
    "status": by_code(ActionItem.status, ActionStatus),
}


def setting(*, to_change: bool = False) -> ActionSetting:
    """The stored setting, or an unsaved one with the default."""
    query = select(ActionSetting)
    stored = db.session.scalar(query.with_for_update() if to_change else query)
    return stored or ActionSetting(id=1, due_soon_working_days=DUE_SOON_WORKING_DAYS)


def soon_until(today: date) -> date:
    """The last day that counts as due soon. One statement for days off and setting, since every list needs it."""
    furthest = today + timedelta(weeks=MAX_DUE_SOON)
    days_off = select(Holiday.date, cast(null(), Integer)).where(Holiday.date.between(today, furthest))
    length = select(cast(null(), Date), ActionSetting.due_soon_working_days)
    rows = db.session.execute(union_all(days_off, length)).all()
    working_days = next((days for day, days in rows if day is None), DUE_SOON_WORKING_DAYS)
    return rules.soon_until(today, working_days, {day for day, _ in rows})


def filtered(filters: ActionFilter, today: date) -> Select[ActionItem]:
    """Statement for matching actions: usually newest first; if only open ones can match, the longest overdue first."""
    query = select(ActionItem).options(*OF_ROWS)
    if filters.q:
        texts = (ActionItem.code, ActionItem.text_id, ActionItem.text_en)
        query = query.where(or_(*(text.icontains(filters.q, autoescape=True) for text in texts)))
    if filters.stage:
        query = query.where(ActionItem.is_unfinished() if filters.stage == "open" else ActionItem.status.in_(CLOSED))
    if filters.watch:
        query = query.where(ActionItem.is_unfinished(), _watched(filters.watch, today))
    if filters.due_from:
        query = query.where(ActionItem.due_on >= filters.due_from)
    if filters.due_until:
        query = query.where(ActionItem.due_on <= filters.due_until)
    equal = (
        (filters.status, ActionItem.status == filters.status),
        (filters.unit_id, ActionItem.responsible_unit_id == filters.unit_id),
        (filters.pic_id, ActionItem.pic_id == filters.pic_id),
    )
    query = query.where(*(criterion for value, criterion in equal if value))
    if filters.year:
        query = query.where(in_year(ActionItem.assigned_on, filters.year))
    is_by_lateness = (filters.stage == "open" or filters.watch) and filters.order is None
    first = [ActionItem.due_or_never] if is_by_lateness else []
    return ordered(query, ORDERS, filters.order, *first, ActionItem.assigned_on.desc(), ActionItem.id.desc())


#: Criteria of features above this one, by value of `watch`, as functions of today.
WATCHES: dict[str, Callable[[date], ColumnElement[bool]]] = {}


def _watched(watch: str, today: date) -> ColumnElement[bool]:
    if watch == "due_soon":
        return ActionItem.due_on.between(today, soon_until(today))
    if watch in WATCHES:
        return WATCHES[watch](today)
    criteria: dict[str, ColumnElement[bool]] = {
        "overdue": ActionItem.is_past_due(today),
        "this_week": ActionItem.due_on.between(today, week_of(today).sunday),
        "no_pic": ActionItem.pic_id.is_(None),
        "no_due_date": ActionItem.due_on.is_(None),
    }
    return criteria[watch]


def matching_open(filters: ActionFilter, today: date, limit: int) -> Sequence[ActionItem]:
    return db.session.scalars(filtered(filters, today).where(ActionItem.is_unfinished()).limit(limit)).all()


class ActionRow(NamedTuple):
    """An action as the list shows it. Names of its unit and PIC are None if the viewer may not see them."""

    id: int
    assigned_on: date
    code: str
    text_id: str
    text_en: str | None
    status: ActionStatus
    due_on: date | None
    original_due_on: date | None
    classification: Classification
    corrected_at: datetime | None
    responsible_unit_id: int | None
    unit_short: str | None
    unit_name_id: str | None
    unit_name_en: str | None
    pic_name: str | None

    def days_late(self, today: date) -> int:
        return rules.days_late(self.status, self.due_on, people.day_in_unit(self.responsible_unit_id, today))

    def is_overdue(self, today: date) -> bool:
        return self.days_late(today) > 0

    def is_due_soon(self, today: date, until: date) -> bool:
        return rules.is_due_soon(self.status, self.due_on, today, until)


_ACTION_COLUMNS = tuple(getattr(ActionItem, name) for name in ActionRow._fields if hasattr(ActionItem, name))
_RELATED_COLUMNS = (
    OrgUnit.short.label("unit_short"),
    OrgUnit.name_id.label("unit_name_id"),
    OrgUnit.name_en.label("unit_name_en"),
    Person.full_name.label("pic_name"),
)


def has_any() -> bool:
    newest_first = ActionItem.assigned_on.desc(), ActionItem.id.desc()  # the index of the list, up to the first visible
    return db.session.scalar(select(ActionItem.id).order_by(*newest_first).limit(1)) is not None


def matching(filters: ActionFilter, today: date, bookmark: str | None) -> Page[ActionRow]:
    query = filtered(filters, today)
    # One or the other: the bookmark of a page takes columns by their SQL, which is the same for “never” and “unknown”.
    sorted_by: Sequence[Any] = sort_keys(ORDERS, filters.order) if filters.order else [ActionItem.due_or_never]
    shown = query.with_only_columns(*_ACTION_COLUMNS, *_RELATED_COLUMNS, *sorted_by)
    for related in (ActionItem.responsible_unit, ActionItem.pic):
        shown = shown.outerjoin(related)
    return page_of_rows(shown, query, _row, bookmark)


def _row(row: Any) -> ActionRow:
    return ActionRow._make(getattr(row, name) for name in ActionRow._fields)
