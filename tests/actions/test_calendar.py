"""The calendar: meetings and due dates by week or month, links to all of them, what is overdue, and days off."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.elements import Element
from tests.visitor import READER, Page, Visitor
from tracker.actions.models import ActionItem
from tracker.actions.queries.calendar import SHOWN_LATE
from tracker.actions.rules import OPEN
from tracker.core.clock import Zone
from tracker.meetings.models import Meeting

MONTH = "/actions/calendar?month=2026-11&show=month"
WEEKS = "/actions/calendar?month=2026-11"
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
    page = visit.as_(READER).get("/actions/calendar?month=2026-12&show=month")

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
    assert later == f"/actions/calendar?month=2026-12&show=month&q={six[0].code}"
    assert [text.split()[0] for text in browser.get(str(later)).all_of(".count")] == ["1"]  # the week of 30 November


@pytest.mark.parametrize("month", ["2026-13", "nonsense", "0001-01", "9999-12", ""])
def test_without_a_valid_month_the_weeks_from_this_one_are_shown(visit: Visitor, month: str) -> None:
    with time_machine.travel(datetime(2026, 11, 25, tzinfo=Zone.WIB.info) + timedelta(hours=1), tick=False):
        page = visit.as_(READER).get(f"/actions/calendar?month={month}")
        grid = visit.as_(READER).get(f"/actions/calendar?month={month}&show=month")

    assert page.heading == "Rapat dan tenggat"
    assert [str(week["id"]) for week in page.soup.select(".calendar-week-list")] == [
        "2026-W48", "2026-W49", "2026-W50", "2026-W51", "2026-W52",
    ]  # fmt: skip
    assert grid.heading == "Rapat dan tenggat, November 2026"


def row_of(page: Page, day: date) -> Element:
    row = page.soup.select_one(f".calendar-row[data-day='{day.isoformat()}']")
    assert row
    return row


def test_the_weeks_show_meetings_and_due_dates_together(
    visit: Visitor, session: Session, six: list[ActionItem]
) -> None:
    meeting = session.scalars(select(Meeting).where(Meeting.classification == "ordinary").limit(1)).one()
    meeting.date, meeting.end_on = DAY, None
    session.flush()
    browser = visit.as_(READER)

    page = browser.get(WEEKS)

    row = row_of(page, DAY)
    assert {str(entry["data-code"]) for entry in row.select("[data-code]")} == {action.code for action in six}
    assert meeting.name_id in row.select_one("[data-kind=meeting]").text
    assert page.soup.select_one("[id='2026-W49'] .week-due").text == "6 jatuh tempo"
    filtered = browser.get(f"{WEEKS}&q={six[0].code}")
    assert not filtered.soup.select("[data-kind=meeting]")  # nothing of a meeting can match a filter of actions


def test_what_falls_on_a_day_off_is_flagged(visit: Visitor, session: Session, six: list[ActionItem]) -> None:
    sunday = date(2026, 11, 29)
    six[0].due_on = sunday
    session.flush()

    page = visit.as_(READER).get(WEEKS)

    assert "Jatuh pada hari libur: 1 jatuh tempo" in row_of(page, sunday).get_text(" ")
    assert "Jatuh pada hari libur" not in row_of(page, DAY).get_text(" ")


def test_what_is_overdue_comes_first_with_a_link_to_all_of_it(visit: Visitor, six: list[ActionItem]) -> None:
    with time_machine.travel(datetime(2026, 11, 25, 9, tzinfo=Zone.WIB.info), tick=False):
        browser = visit.as_(READER)
        page = browser.get("/actions/calendar")
        listed = browser.get(str(page.soup.select_one("#late .part-head a")["href"]))

    count = page.text_of("#late .count")
    assert int(count) > len(page.soup.select("#late .entry")) == SHOWN_LATE
    assert listed.text_of(".pager").split()[0] == count
    assert not {action.code for action in six} & {str(row["data-code"]) for row in page.soup.select("#late .entry")}


def test_the_load_of_a_week_counts_what_is_still_open(visit: Visitor, session: Session, six: list[ActionItem]) -> None:
    page = visit.as_(READER).get(WEEKS)

    weeks = {row.select_one("th").text: row.select_one("td").text for row in page.soup.select("#load tbody tr")}
    assert len(weeks) == 12
    assert weeks["W49"] == "6"
