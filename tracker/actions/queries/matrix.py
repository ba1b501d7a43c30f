"""Questions of the follow-up matrix: what it is narrowed to, and its rows."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select, extract, or_, select

from tracker.actions import rules
from tracker.actions.models import ActionItem
from tracker.actions.queries.one import OF_ROWS
from tracker.actions.rules import CLOSED, DUE_SOON_WORKING_DAYS, OPEN, ActionStatus
from tracker.core.paging import Page, page_of
from tracker.holidays import queries as holidays


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


def soon_until(today: date) -> date:
    """The last day that counts as soon, by the table of days off."""
    furthest = today + timedelta(weeks=DUE_SOON_WORKING_DAYS)
    return rules.soon_until(today, holidays.days_off(today, furthest))


def asked(wanted: ActionFilter, today: date) -> Select[ActionItem]:
    """The rows of the follow-up matrix, newest first."""
    question = select(ActionItem).options(*OF_ROWS)
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
