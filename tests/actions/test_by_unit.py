from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.visitor import READER, Visitor
from tracker.actions.models import ActionItem
from tracker.actions.queries import UnitFigures
from tracker.actions.rules import OPEN


def test_nothing_completed_has_no_rate() -> None:
    none = UnitFigures(unit=None, unfinished=3, overdue=1, completed=0, in_time_first=0, in_time_last=0)

    assert none.rate(none.in_time_first) is None


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
