from collections.abc import Sequence

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


def figures_of(rows: Sequence[ActionItem]) -> tuple[int, int, int, int, int]:
    """Row by row: open, overdue, completed with a due date, of these on time, and due by now."""
    unfinished = [row for row in rows if row.status in OPEN]
    overdue = [row for row in unfinished if row.due_on and row.due_on < clock.today()]
    done = [row for row in rows if row.status == "completed" and row.due_on]
    met = [row for row in done if row.closed_on <= row.due_on]
    return len(unfinished), len(overdue), len(done), len(met), len(done) + len(overdue)


def with_below(unit_id: int, units: Sequence[OrgUnit]) -> set[int]:
    found = {unit_id}
    for _ in units:
        found |= {unit.id for unit in units if unit.parent_id in found}
    return found


def test_each_unit_is_counted_with_all_below_it_and_what_is_overdue_is_not_on_time(
    visit: Visitor, session: Session
) -> None:
    rows = session.scalars(select(ActionItem).where(ActionItem.classification == "ordinary")).all()
    units = session.scalars(select(OrgUnit)).all()

    page = visit.as_(READER).get("/actions/units")

    shown = {str(row.select_one("th a")["href"]): row for row in page.soup.select("tbody tr") if row.select("th a")}
    sentences = []
    for unit in units:
        of_unit = [row for row in rows if row.responsible_unit_id in with_below(unit.id, units)]
        unfinished, overdue, done, met, due = figures_of(of_unit)
        if not unfinished and not due:
            assert f"/units/{unit.id}" not in shown
            continue
        row = shown[f"/units/{unit.id}"]
        assert [cell.text for cell in row.select("td.number")][:2] == [str(unfinished), str(overdue)]
        if done and overdue:
            sentences.append(f"Tepat waktu {met} dari {done}; dengan yang lewat {met} dari {due}")
            assert row.select_one("th .post").text == sentences[-1]
    assert sentences


def test_open_actions_of_all_units_add_up_to_all_open_actions(visit: Visitor, session: Session) -> None:
    page = visit.as_(READER).get("/actions/units")

    alone = page.soup.select("tbody tr:not(.is-total)")
    visible = select(func.count()).where(ActionItem.status.in_(OPEN), ActionItem.classification == "ordinary")
    assert sum(int(row.select("td.number")[0].text) for row in alone) == session.scalar(visible) > 0


def test_each_number_links_to_a_list_of_as_many_rows(visit: Visitor) -> None:
    browser = visit.as_(READER)
    row = next(row for row in browser.get("/actions/units").soup.select("tbody tr") if row.select("td.number a"))

    for link in row.select("td.number a"):
        assert browser.get(str(link["href"])).text_of(".pager").split()[0] == link.get_text()


def test_the_page_of_a_unit_has_it_with_all_units_below_it(visit: Visitor, session: Session) -> None:
    units = session.scalars(select(OrgUnit)).all()
    top = max(units, key=lambda unit: len(with_below(unit.id, units)))
    browser = visit.as_(READER)

    everywhere = set(browser.get("/actions/units").all_of(".unit-table tbody tr"))
    here = browser.get(f"/units/{top.id}").all_of("#actions tbody tr")

    assert len(here) > 2
    assert set(here) <= everywhere
