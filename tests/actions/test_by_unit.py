from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.visitor import READER, Visitor
from tracker.actions.models import ActionItem
from tracker.actions.queries import OnTime
from tracker.actions.rules import OPEN
from tracker.core import clock
from tracker.people.models import OrgUnit


def test_a_rate_needs_something_due_and_100_means_every_one() -> None:
    assert OnTime(0, 0).percent is None
    assert OnTime(0, 11).percent == 0
    assert OnTime(4, 15).percent == 26
    assert OnTime(999, 1000).percent == 99


def test_on_time_counts_what_is_still_overdue(visit: Visitor, session: Session) -> None:
    """Counted once more row by row, for every unit, by the first date and by the last."""
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


def test_the_open_actions_of_all_units_are_the_open_actions(visit: Visitor, session: Session) -> None:
    page = visit.as_(READER).get("/actions/units")

    cells = page.all_of("tbody tr td:nth-of-type(2)")
    seen = select(func.count()).where(ActionItem.status.in_(OPEN), ActionItem.classification == "ordinary")
    assert sum(int(cell) for cell in cells) == session.scalar(seen) > 0


def test_the_numbers_of_a_unit_are_the_rows_they_open(visit: Visitor) -> None:
    browser = visit.as_(READER)
    row = browser.get("/actions/units").soup.select("tbody tr")[0]

    for link in row.select("td:nth-of-type(2) a, td:nth-of-type(3) a"):
        assert browser.get(str(link["href"])).text_of(".pager").split()[0] == link.get_text()
