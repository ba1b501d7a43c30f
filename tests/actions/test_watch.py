"""SQL and Python agree on which actions are overdue and due soon, at any time of any day."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from tests.visitor import ADMIN, READER, Visitor
from tracker.actions import queries, rules
from tracker.actions.models import ActionItem, ActionSetting
from tracker.actions.queries import ActionFilter
from tracker.actions.rules import DUE_SOON_WORKING_DAYS, MAX_DUE_SOON, OPEN, ActionStatus
from tracker.audit.chain import IS_MIGRATION
from tracker.audit.models import Event
from tracker.calendar.holidays.models import Holiday
from tracker.calendar.holidays.rules import HolidayKind
from tracker.core import clock
from tracker.core.clock import Zone
from tracker.core.db import db
from tracker.core.visibility import unrestricted

#: The day before three days off, the first of them, a day before Eid, an ordinary day, the end of a year.
DAYS = [date(2020, 10, 27), date(2020, 10, 28), date(2026, 3, 18), date(2026, 7, 1), date(2026, 12, 31)]


@pytest.mark.parametrize("today", DAYS)
def test_the_list_and_the_model_agree_on_overdue_and_due_soon(app: Flask, today: date) -> None:
    with app.test_request_context(), unrestricted():
        for number, action in enumerate(db.session.scalars(select(ActionItem).order_by(ActionItem.id))):
            action.original_due_on = action.due_on = today + timedelta(days=number % 31 - 12)
        db.session.flush()
        until = queries.soon_until(today)
        actions = db.session.scalars(select(ActionItem)).all()

        expected = {
            "overdue": {action.id for action in actions if action.is_overdue(today)},
            "due_soon": {action.id for action in actions if action.is_due_soon(today, until)},
        }
        for watch, ids in expected.items():
            listed = {action.id for action in db.session.scalars(queries.filtered(ActionFilter(watch=watch), today))}
            assert listed == ids != set(), watch


def test_an_action_is_overdue_from_midnight_in_jakarta(visit: Visitor, session: Session) -> None:
    today = clock.today()
    action = session.scalars(select(ActionItem).where(
        ActionItem.status.in_(OPEN), ActionItem.classification == "ordinary").limit(1)).one()  # fmt: skip
    action.due_on = action.original_due_on = today
    session.commit()
    path = f"/actions/{action.id}"
    midnight = datetime(today.year, today.month, today.day, 17, tzinfo=UTC)

    with time_machine.travel(midnight - timedelta(seconds=1), tick=False):
        before = visit.as_(READER).get(path).text_of(".page-meta, .record-line")
    with time_machine.travel(midnight, tick=False):
        after = visit.as_(READER).get(path).text_of(".page-meta, .record-line")

    assert ("terlambat" in before, "terlambat" in after) == (False, True)


ROWS = 8
STATUSES = [ActionStatus.NOT_STARTED, ActionStatus.IN_PROGRESS, ActionStatus.AWAITING_VERIFICATION,
            ActionStatus.CANCELLED]  # fmt: skip
#: A second before midnight in Jakarta, midnight exactly, noon.
MOMENTS = [timedelta(seconds=-1), timedelta(0), timedelta(hours=12)]


def store(today: date, length: int | None, off: frozenset[int], offsets: list[int], kinds: list[ActionStatus]) -> None:
    """Store this setting (or none), these days off and these due dates, each as days from today."""
    db.session.connection(execution_options={IS_MIGRATION: True})  # rolled back later, so no audit entries are needed
    db.session.execute(delete(ActionSetting))
    if length is not None:
        db.session.execute(insert(ActionSetting), [{"id": 1, "due_soon_working_days": length, "version": 1}])
    db.session.execute(delete(Holiday))
    names = {"name_id": "Libur", "name_en": "Day off", "kind": HolidayKind.NATIONAL, "is_confirmed": True, "version": 1}
    rows = [{"date": today + timedelta(days=days), **names} for days in off]
    db.session.execute(insert(Holiday), rows) if rows else None
    action_ids = db.session.scalars(select(ActionItem.id).where(ActionItem.status != "completed").limit(ROWS)).all()
    for action_id, days, status in zip(action_ids, offsets, kinds, strict=True):
        due_on = today + timedelta(days=days)
        changed = {"due_on": due_on, "original_due_on": due_on, "status": status, "not_actionable_reason": None}
        db.session.execute(update(ActionItem).where(ActionItem.id == action_id).values(**changed))


def test_sql_and_python_agree_for_any_day_days_off_and_setting(app: Flask) -> None:
    @settings(max_examples=40, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(
        date_=st.dates(date(2020, 1, 1), date(2027, 12, 31)), past=st.sampled_from(MOMENTS),
        length=st.none() | st.integers(1, MAX_DUE_SOON), off=st.frozensets(st.integers(-2, 30), max_size=20),
        offsets=st.lists(st.integers(-3, 90) | st.integers(-1, 9), min_size=ROWS, max_size=ROWS),
        kinds=st.lists(st.sampled_from(STATUSES), min_size=ROWS, max_size=ROWS),
    )  # fmt: skip
    def agree(date_: date, past: timedelta, length: int | None, off: frozenset[int], offsets: list[int],
              kinds: list[ActionStatus]) -> None:  # fmt: skip
        moment = datetime(date_.year, date_.month, date_.day, tzinfo=Zone.WIB.info) + past
        with app.test_request_context(), unrestricted(), time_machine.travel(moment, tick=False):
            today = clock.today()
            assert today == (date_ if past >= timedelta(0) else date_ - timedelta(days=1))
            store(today, length, off, offsets, kinds)
            days_off = {today + timedelta(days=number) for number in off}
            until = rules.soon_until(today, length or DUE_SOON_WORKING_DAYS, days_off)
            every = db.session.execute(select(ActionItem.id, ActionItem.status, ActionItem.due_on)).all()
            by_rule = {
                "overdue": {row.id for row in every if rules.days_late(row.status, row.due_on, today)},
                "due_soon": {row.id for row in every if rules.is_due_soon(row.status, row.due_on, today, until)},
            }
            by_sql = {
                watch: {row.id for row in db.session.scalars(queries.filtered(ActionFilter(watch=watch), today))}
                for watch in by_rule
            }
            assert queries.soon_until(today) == until
            db.session.rollback()
        assert by_sql == by_rule

    agree()


def test_an_administrator_changes_due_soon_for_all_pages(visit: Visitor, session: Session) -> None:
    browser, address, today = visit.as_(ADMIN), "/actions/due-soon", clock.today()
    action = session.scalars(select(ActionItem).where(
        ActionItem.status.in_(OPEN), ActionItem.classification == "ordinary").limit(1)).one()  # fmt: skip
    action.due_on = action.original_due_on = today + timedelta(days=40)
    session.flush()
    due_soon = f"/actions?watch=due_soon&q={action.code}"
    assert action.code not in browser.get(due_soon).text_of("tbody")

    assert browser.submit(browser.get(address), address, working_days="0").status == 422
    assert browser.submit(browser.get(address), address, working_days="60").status == 303

    assert action.code in browser.get(due_soon).text_of("tbody")
    assert "mendekati tenggat" in browser.get(f"/actions/{action.id}").text_of(".page-meta, .record-line")
    event = session.scalars(select(Event).filter_by(subject="action_setting")).one()
    assert event.details == {"before": 5, "after": 60}
    assert not visit.as_(READER).get("/actions?stage=open").soup.select(f"a[href='{address}']")


@pytest.mark.parametrize(
    "query", ["watch=nonsense", "stage=nonsense", "watch=&stage=&status=nonsense&due_from=nonsense"]
)
def test_an_invalid_filter_is_refused_on_the_page_and_in_the_csv(visit: Visitor, query: str) -> None:
    browser = visit.as_(READER)

    page = browser.get(f"/actions?{query}", status=422)
    browser.get(f"/actions.csv?{query}", status=422)

    assert page.soup.select("tbody tr") == []


def test_the_list_opens_with_open_actions_longest_overdue_first(visit: Visitor, session: Session) -> None:
    browser = visit.as_(READER)
    opened = browser.client.get("/actions").location
    shown, here = [], opened
    while here:
        page = browser.get(here)
        shown += page.all_of("tbody .code")
        here = str((page.soup.select_one("a[rel=next]") or {"href": ""})["href"])

    rows = {row.code: row for row in session.scalars(select(ActionItem).where(
        ActionItem.status.in_(OPEN), ActionItem.classification == "ordinary"))}  # fmt: skip
    due = [rows[code].due_on for code in shown]
    dated = [day for day in due if day]
    assert opened == "/actions?stage=open"
    assert sorted(shown) == sorted(rows)
    assert dated == sorted(dated)
    assert due == dated + [None] * (len(due) - len(dated))
    assert 0 < len(dated) < len(due)


@pytest.mark.parametrize("query", ["watch=overdue", "watch=no_pic", "stage=open&status=in_progress"])
def test_any_list_of_open_actions_starts_with_the_longest_overdue(visit: Visitor, session: Session, query: str) -> None:
    codes = visit.as_(READER).get(f"/actions?{query}").all_of("tbody .code")

    rows = {row.code: row.due_on or date.max for row in session.scalars(select(ActionItem))}
    assert len({rows[code] for code in codes}) > 1
    assert [rows[code] for code in codes] == sorted(rows[code] for code in codes)


def test_the_default_saved_filter_takes_precedence(visit: Visitor) -> None:
    browser = visit.as_(READER)
    address = "/views/new?list=actions&watch=overdue"
    assert browser.submit(browser.get(address), address, name="Lewat", is_default="y").status == 303

    assert browser.client.get("/actions").location == "/actions?watch=overdue"
