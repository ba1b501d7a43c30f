from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.visitor import READER, Visitor
from tracker.actions.models import ActionItem
from tracker.actions.queries import OnTime
from tracker.actions.rules import OPEN
from tracker.core import clock
from tracker.people.models import OrgUnit


def test_the_rate_is_none_if_nothing_is_due_and_100_only_if_all_were_met() -> None:
    assert OnTime(0, 0).percent is None
    assert OnTime(0, 11).percent == 0
    assert OnTime(4, 15).percent == 26
    assert OnTime(999, 1000).percent == 99


def test_on_time_counts_open_overdue_actions_as_missed(visit: Visitor, session: Session) -> None:
    """Compares with a count row by row, for the first and the latest due date of each unit."""
    rows = session.scalars(select(ActionItem).where(ActionItem.classification == "ordinary")).all()
    names = {unit.id: unit.name_id for unit in session.scalars(select(OrgUnit))}
    expected = {}
    for unit_id in {row.responsible_unit_id for row in rows} - {None}:
        shown = []
        for promised in ("original_due_on", "due_on"):
            dated = [
                (row, getattr(row, promised)) for row in rows
                if row.responsible_unit_id == unit_id and getattr(row, promised)
            ]  # fmt: skip
            done = [(row, day) for row, day in dated if row.status == "completed"]
            met = sum(row.closed_on <= day for row, day in done)
            due = len(done) + sum(row.status in OPEN and day < clock.today() for row, day in dated)
            shown.append(f"{100 * met // due}% ({met}/{due})" if due else "–")
        expected[names[unit_id]] = shown

    page = visit.as_(READER).get("/actions/units")

    cells = [[cell.get_text(strip=True) for cell in row.select("td")] for row in page.soup.select("tbody tr")]
    assert {row[0]: row[3:5] for row in cells if row[0] in expected} == expected
    assert all(not row[4].startswith("100%") for row in cells if row[2] != "0")


def test_open_actions_of_all_units_add_up_to_all_open_actions(visit: Visitor, session: Session) -> None:
    page = visit.as_(READER).get("/actions/units")

    cells = page.all_of("tbody tr td:nth-of-type(2)")
    visible = select(func.count()).where(ActionItem.status.in_(OPEN), ActionItem.classification == "ordinary")
    assert sum(int(cell) for cell in cells) == session.scalar(visible) > 0


def test_each_number_links_to_a_list_of_as_many_rows(visit: Visitor) -> None:
    browser = visit.as_(READER)
    row = browser.get("/actions/units").soup.select("tbody tr")[0]

    for link in row.select("td:nth-of-type(2) a, td:nth-of-type(3) a"):
        assert browser.get(str(link["href"])).text_of(".pager").split()[0] == link.get_text()
