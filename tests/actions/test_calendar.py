"""The calendar of due dates: whole weeks, the actions due on each day, and links to all of them."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.visitor import READER, Page, Visitor
from tracker.actions.models import ActionItem
from tracker.actions.rules import OPEN
from tracker.core.clock import JAKARTA

MONTH = "/actions/calendar?month=2026-11"
DAY = date(2026, 11, 30)


@pytest.fixture
def six(session: Session) -> list[ActionItem]:
    """Six ordinary open actions due on one day, a classified one too, and nothing else due around that month."""
    actions = session.scalars(select(ActionItem).order_by(ActionItem.id)).all()
    for action in actions:
        action.due_on = action.original_due_on = date(2020, 1, 2)
    classified = [action for action in actions if action.classification != "ordinary"][:1]
    six_open = [action for action in actions if action.status in OPEN and action.classification == "ordinary"][:6]
    for action in [*classified, *six_open]:
        action.due_on = DAY
    session.flush()
    return six_open


def day_cell(page: Page, day: date) -> str:
    cell = page.soup.select_one(f"td time[datetime='{day.isoformat()}']").find_parent("td")
    return " ".join(cell.get_text(" ").split())


def test_a_day_shows_the_count_and_first_four_actions_and_links_to_all(visit: Visitor, six: list[ActionItem]) -> None:
    browser = visit.as_(READER)

    page = browser.get(MONTH)

    assert [action.code in day_cell(page, DAY) for action in six] == [True] * 4 + [False] * 2
    links = page.soup.select(".count, .calendar-week a")
    assert [link.get_text(" ").split()[0] for link in links] == ["6", "6"]
    for link in links:
        assert browser.get(str(link["href"])).text_of(".pager").split()[0] == "6"


def test_weeks_are_iso_weeks_from_monday_with_days_off_marked(visit: Visitor) -> None:
    page = visit.as_(READER).get("/actions/calendar?month=2026-12")

    weeks = [text.split()[0] for text in page.all_of(".calendar-week")]
    assert weeks == ["2026-W49", "2026-W50", "2026-W51", "2026-W52", "2026-W53"]
    assert page.all_of("thead th")[1] == "Sen Senin"
    off = {str(cell.select_one("time")["datetime"]) for cell in page.soup.select("td.is-off")}
    assert {"2026-12-25", "2026-12-26", "2026-12-27"} <= off
    assert "2026-12-23" not in off
    assert "Natal" in day_cell(page, date(2026, 12, 25))


def test_the_filter_applies_to_the_days_and_is_kept_when_changing_months(visit: Visitor, six: list[ActionItem]) -> None:
    browser = visit.as_(READER)

    page = browser.get(f"{MONTH}&q={six[0].code}")

    assert [text.split()[0] for text in page.all_of(".count")] == ["1"]
    later = page.soup.select_one("nav a[rel=next]")["href"]
    assert later == f"/actions/calendar?month=2026-12&q={six[0].code}"
    assert [text.split()[0] for text in browser.get(str(later)).all_of(".count")] == ["1"]  # the week of 30 November


@pytest.mark.parametrize("month", ["2026-13", "nonsense", "0001-01", "9999-12", ""])
def test_an_invalid_month_shows_the_current_one(visit: Visitor, month: str) -> None:
    with time_machine.travel(datetime(2026, 11, 25, tzinfo=JAKARTA) + timedelta(hours=1), tick=False):
        page = visit.as_(READER).get(f"/actions/calendar?month={month}")

    assert page.heading == "Tenggat bulan November 2026"
