"""Figures on pages, counted again from the bare rows by rules written here, not by those of the product."""

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.visitor import READER, REVIEWER, Page, Visitor
from tracker.core import clock

ENDED = ("completed", "not_actionable", "cancelled")
SECRET = ("meeting", "proposal", "action_item", "statement")


def rows(session: Session, statement: str, **values: Any) -> list[Any]:
    return list(session.execute(text(statement), values).mappings())


def a_day(value: Any) -> date | None:
    """SQLite answers days as text where no type says otherwise."""
    return date.fromisoformat(value) if isinstance(value, str) else value


#: As the demo is and shaken; on PostgreSQL shaken alone.
BOTH = pytest.mark.parametrize(
    ("kind", "shaken"), [("sqlite", 0), ("sqlite", 1), ("postgresql", 1)], indirect=["shaken"]
)


@pytest.fixture
def shaken(request: pytest.FixtureRequest, app: Flask, session: Session) -> Session:
    """The demo with due and closing dates moved at random, and nothing hidden from anybody."""
    chance = random.Random(request.param)  # the same example each time
    for table in SECRET:
        session.execute(text(f"UPDATE {table} SET classification = 'ordinary'"))
    for row in rows(session, "SELECT id, due_on, original_due_on, closed_on FROM action_item"):
        moved = {
            name: str(day + timedelta(days=chance.randint(-60, 60))) if day and request.param else day and str(day)
            for name, day in ((name, a_day(row[name])) for name in ("due_on", "original_due_on", "closed_on"))
        }
        session.execute(
            text("UPDATE action_item SET due_on = :due_on, original_due_on = :original_due_on, closed_on = :closed_on"
                 " WHERE id = :id"), {"id": row["id"], **moved})  # fmt: skip
    assert app.test_cli_runner().invoke(args=["count"]).exit_code == 0
    return session


def actions(session: Session) -> list[dict[str, Any]]:
    found = [dict(row) for row in rows(session, "SELECT * FROM action_item")]
    for row in found:
        for name in ("due_on", "original_due_on", "closed_on", "assigned_on"):
            row[name] = a_day(row[name])
        row["is_open"] = row["status"] not in ENDED
    return found


def pages_of(browser: Visitor, path: str) -> Iterator[Page]:
    while path:
        page = browser.get(path)
        yield page
        path = str((page.soup.select_one("a[rel=next]") or {"href": ""})["href"])


def codes_shown(browser: Visitor, path: str) -> list[str]:
    return [code for page in pages_of(browser, path) for code in page.all_of("table.list td.what .code")]


def line_of(name: str, of_unit: Sequence[dict[str, Any]], today: date) -> tuple[str, ...] | None:
    """A row of the table of units: name, what was finished on time, open, overdue, on time by the first due date."""
    still = [one for one in of_unit if one["is_open"]]
    overdue = [one for one in still if one["due_on"] and one["due_on"] < today]
    done, met, due = on_time(of_unit, "due_on", today)
    if not still and not due:
        return None
    if done and overdue:
        said = f"Tepat waktu {met} dari {done}; dengan yang lewat {met} dari {due}"
    elif done:
        said = f"Tepat waktu {met} dari {done}"
    else:
        said = f"Belum ada yang selesai; {len(overdue)} lewat tenggat" if overdue else "Belum ada yang jatuh tempo"
    _, first_met, first_due = on_time(of_unit, "original_due_on", today)
    first = f"{first_met} dari {first_due}" if first_due else "–"
    return name, said, str(len(still)), str(len(overdue)), first


def on_time(of_unit: Sequence[dict[str, Any]], promised: str, today: date) -> tuple[int, int, int]:
    """Finished with a due date, of these on time, and all that was due."""
    done = [one for one in of_unit if one["status"] == "completed" and one[promised]]
    late = [one for one in of_unit if one["is_open"] and one[promised] and one[promised] < today]
    return len(done), sum(one["closed_on"] <= one[promised] for one in done), len(done) + len(late)


def below(unit: int, units: Sequence[dict[str, Any]]) -> set[int]:
    return {unit}.union(*(below(one["id"], units) for one in units if one["parent_id"] == unit))


def lines_below(
    top: int, units: Sequence[dict[str, Any]], all_actions: Sequence[dict[str, Any]], today: date
) -> list[tuple[str, ...]]:
    """The rows of the unit `top` and all units below it, each counted with what is below it."""
    lines = []
    for unit in (one for one in units if one["id"] in below(top, units)):
        own = [one for one in all_actions if one["responsible_unit_id"] == unit["id"]]
        among = below(unit["id"], units)
        with_below = [one for one in all_actions if one["responsible_unit_id"] in among]
        lines.append(line_of(unit["name_id"], with_below, today))
        parts = [one["id"] for one in units if one["parent_id"] == unit["id"]]
        if any(line_of("", [one for one in all_actions if one["responsible_unit_id"] in below(part, units)], today)
               for part in parts):  # fmt: skip
            lines.append(line_of("Unit ini sendiri", own, today))
    return [line for line in lines if line]


def lines_shown(page: Page, where: str = "") -> list[tuple[str, ...]]:
    lines = []
    for row in page.soup.select(f"{where} .unit-table tbody tr"):
        said = row.select_one("th .post").text
        name = row.select_one("th").get_text().replace(said, "").strip()
        lines.append((name, said, *(cell.text for cell in row.select("td.number"))))
    return lines


@BOTH
def test_the_page_of_units_counts_what_the_rows_say(shaken: Session, visit: Visitor) -> None:
    browser, today, all_actions = visit.as_(READER), clock.today(), actions(shaken)
    units = rows(shaken, "SELECT id, name_id, parent_id FROM org_unit")

    shown = lines_shown(browser.get("/actions/units"))

    tops = [unit["id"] for unit in units if unit["parent_id"] is None]
    expected = [line for top in tops for line in lines_below(top, units, all_actions, today)]
    without = line_of("Unit belum ditetapkan", [one for one in all_actions if not one["responsible_unit_id"]], today)
    expected += [without] if without else []
    filled = [top for top in tops if lines_below(top, units, all_actions, today)]
    if len(filled) + bool(without) > 1:
        expected.append(line_of("Seluruhnya", all_actions, today))
    assert sorted(shown) == sorted(expected)
    for unit in units:
        still = [one for one in all_actions if one["responsible_unit_id"] == unit["id"] and one["is_open"]]
        overdue = [one for one in still if one["due_on"] and one["due_on"] < today]
        for query, wanted in (("stage=open", still), ("watch=overdue", overdue)):
            found = codes_shown(browser, f"/actions?unit={unit['id']}&{query}")
            assert sorted(found) == sorted(one["code"] for one in wanted)


@BOTH
def test_the_page_of_a_unit_counts_its_own_and_what_is_below(shaken: Session, visit: Visitor) -> None:
    browser, today, all_actions = visit.as_(READER), clock.today(), actions(shaken)
    units = rows(shaken, "SELECT id, name_id, parent_id FROM org_unit")

    shown = {unit["id"]: sorted(lines_shown(browser.get(f"/units/{unit['id']}"), "#actions")) for unit in units}

    assert shown == {unit["id"]: sorted(lines_below(unit["id"], units, all_actions, today)) for unit in units}
    assert sum(map(bool, shown.values())) > 5


@BOTH
def test_each_filter_of_the_list_lets_through_what_it_says(shaken: Session, visit: Visitor) -> None:
    browser, today, all_actions = visit.as_(READER), clock.today(), actions(shaken)
    still, sunday = [one for one in all_actions if one["is_open"]], today + timedelta(days=7 - today.isoweekday())
    wanted = {
        "view=all": all_actions,
        "stage=open": still,
        "stage=closed": [one for one in all_actions if not one["is_open"]],
        "watch=overdue": [one for one in still if one["due_on"] and one["due_on"] < today],
        "watch=this_week": [one for one in still if one["due_on"] and today <= one["due_on"] <= sunday],
        "watch=no_pic": [one for one in still if one["pic_id"] is None],
        "watch=no_due_date": [one for one in still if one["due_on"] is None],
        "year=2026": [one for one in all_actions if one["assigned_on"].year == 2026],
    } | {
        f"status={status}": [one for one in all_actions if one["status"] == status]
        for status in {one["status"] for one in all_actions}
    }

    for query, found in wanted.items():
        assert sorted(codes_shown(browser, f"/actions?{query}")) == sorted(one["code"] for one in found), query
        count = browser.get(f"/actions?{query}").text_of(".pager")
        assert not found or re.match(rf"{len(found)} ", count), (query, count)

    tabs = browser.get("/actions?view=all").soup.select(".tabs a:has(.count)")
    assert len(tabs) == 5
    for tab in tabs:
        query = str(tab["href"]).partition("?")[2]
        assert int(tab.select_one(".count").get_text()) == len(wanted[query]), query


@BOTH
def test_each_row_of_the_list_is_as_late_as_its_due_date_says(shaken: Session, visit: Visitor) -> None:
    browser, today = visit.as_(READER), clock.today()
    late = {
        one["code"]: (today - one["due_on"]).days
        for one in actions(shaken)
        if one["is_open"] and one["due_on"] and one["due_on"] < today
    }

    shown: dict[str, int] = {}
    for page in pages_of(browser, "/actions?stage=open"):
        for row in page.soup.select("table.list tbody tr:has(.when .late)"):
            shown[row.select_one(".what .code").text] = int(re.search(r"\d+", row.select_one(".when .late").text)[0])

    assert shown == late


@BOTH
def test_the_calendar_counts_what_is_due_each_day_and_leads_to_it(shaken: Session, visit: Visitor) -> None:
    browser, this_month = visit.as_(READER), clock.today().replace(day=1)
    due = Counter(one["due_on"] for one in actions(shaken))
    seen = 0

    for month in (this_month, (this_month - timedelta(days=1)).replace(day=1), this_month.replace(month=3)):
        page = browser.get(f"/actions/calendar?month={month:%Y-%m}&show=month")
        for cell in page.soup.select("td:has(time)"):
            day = date.fromisoformat(str(cell.select_one("time")["datetime"]))
            count = cell.select_one("a.count")
            shown = int(count.get_text().split()[0]) if count else 0
            assert shown == due[day], day
            if count and not seen % 9:
                assert len(codes_shown(browser, str(count["href"]))) == due[day]
            seen += bool(count)
    assert seen > 10


@BOTH
def test_what_a_reviewer_finds_at_home_leads_to_as_many_rows(shaken: Session, visit: Visitor) -> None:
    browser, still = visit.as_(REVIEWER), [one for one in actions(shaken) if one["is_open"]]
    counts = [
        sum(one["pic_id"] is None for one in still),
        sum(one["due_on"] is None for one in still),
        sum(one["status"] == "awaiting_verification" for one in still),
    ]

    tiles = browser.get("/").soup.select("#review .strip a")

    assert [int(tile.select_one("b").get_text()) for tile in tiles] == counts
    assert [len(codes_shown(browser, str(tile["href"]))) for tile in tiles] == counts


@BOTH
def test_the_weeks_compared_and_each_sitting_say_the_same_as_the_items(shaken: Session, visit: Visitor) -> None:
    browser = visit.as_(READER)
    weeks = rows(shaken, "SELECT id, week FROM review WHERE status = 'closed' ORDER BY week DESC")
    compared = {
        row.select_one("a.code").get_text(): [int(cell.get_text()) for cell in row.select("td.number")]
        for row in browser.get("/reviews/trends").soup.select("tbody tr")
    }

    assert [*compared] == [one["week"] for one in weeks]
    for one in weeks:
        items = rows(shaken, "SELECT * FROM review_item WHERE review_id = :id", id=one["id"])
        of_actions = [item for item in items if item["action_id"]]
        assert compared[one["week"]] == [
            sum(item["state_after"] not in (*ENDED, None) for item in of_actions),
            sum(item["queue_group"] == "overdue" for item in of_actions),
            sum(item["movement"] == "done" for item in of_actions),
            sum(item["state_after"] == "completed" and item["movement"] not in ("done", "dropped")
                for item in of_actions),
            sum(item["movement"] in ("extended", "slipped_again") for item in of_actions),
            sum(item["decision"] == "extend" and item["due_before"] is not None for item in of_actions),
        ]  # fmt: skip
        page = browser.get(f"/reviews/{one['week']}")
        movements = Counter(item["movement"] for item in items)
        for tile in page.soup.select("#since .tiles a"):
            movement = str(tile["href"]).rpartition("movement=")[2]
            assert int(tile.select_one(".tile-number").get_text()) == movements[movement], movement
        queued = [item for item in items if item["queue_group"]]
        of_queue = page.soup.select("#since tbody tr")
        assert len(of_queue) == len({item["queue_group"] for item in queued})
        for row in of_queue:
            group = str(row.select_one("a")["href"]).rpartition("group=")[2]
            of_group = [item for item in queued if item["queue_group"] == group]
            shown = [int(cell.text.split()[0]) for cell in row.select("td.num")]
            assert shown == [len(of_group), sum(item["decision"] is not None for item in of_group)], group


def in_hundredths(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def achieved(value: dict[str, Any], polarity: str | None) -> Decimal | None:
    """PermenPANRB's formulas: more is better actual/target, less is better (2 - actual/target), inside a range 100."""
    actual, target, upper = value["actual_value"], value["target_value"], value["target_upper"]
    if actual is None or target is None or polarity is None:
        return None
    is_less_better = polarity == "minimise"
    if polarity in ("range", "stabilise"):
        upper = upper if polarity == "range" and upper is not None else target
        if target <= actual <= upper:
            return Decimal(100)
        is_less_better = actual > upper
        target = upper if is_less_better else target
    if target <= 0:
        return None
    part = actual / target
    return in_hundredths(100 * (2 - part if is_less_better else part))


def test_the_achievement_of_every_indicator_in_every_period(session: Session, visit: Visitor) -> None:
    browser, chance, told = visit.as_(READER), random.Random(4), 0  # the same example each time
    for row in rows(session, "SELECT id, target_value FROM indicator_value WHERE target_value IS NOT NULL"):
        values = {"id": row["id"], "actual": str(Decimal(chance.randint(0, 99_99)) / 100)}
        session.execute(text("UPDATE indicator_value SET actual_value = :actual WHERE id = :id"), values)

    for indicator in rows(session, "SELECT i.id, i.polarity, d.edition FROM indicator i"
                          " JOIN target_document d ON d.id = i.document_id"):  # fmt: skip
        page = browser.get(f"/targets/{indicator['id']}?edition={indicator['edition']}")
        stored = {
            f"{value['code']} {value['year']}": value
            for value in rows(session, "SELECT v.*, p.code FROM indicator_value v JOIN period p ON p.id = v.period_id"
                              " WHERE v.indicator_id = :id", id=indicator["id"])
        }  # fmt: skip
        for row in page.soup.select("#values tbody tr"):
            cells = [cell.get_text().strip() for cell in row.select("td")]
            value = {
                name: None if stored[cells[0]][name] is None else Decimal(str(stored[cells[0]][name]))
                for name in ("actual_value", "target_value", "target_upper")
            }
            expected = achieved(value, indicator["polarity"])
            shown = None if cells[3] == "–" else Decimal(cells[3].rstrip("%").replace(".", "").replace(",", "."))
            assert shown == expected, (indicator["id"], cells)
            told += expected is not None

    assert told > 20


def counted_for(indicators: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """How many of the indicators in force reached their target in the last month measured, and their average."""
    last = []
    for one in indicators:
        measured = [value for value in one["values"] if value["actual_value"] is not None]
        value = max(measured, key=lambda value: (value["year"], value["last_month"], value["id"]), default=None)
        percent = value and achieved(value, one["polarity"])
        if one["state"] == "active" and value and percent is not None:
            last.append(((value["year"], value["last_month"]), value, percent, one["polarity"]))
    period = max((when for when, *_ in last), default=None)
    compared = [found for found in last if found[0] == period]
    reached = sum(
        value["actual_value"] <= value["target_value"] if polarity == "minimise"
        else value["actual_value"] >= value["target_value"] if polarity == "maximise" else percent == 100
        for _, value, percent, polarity in compared
    )  # fmt: skip
    average = in_hundredths(sum(percent for *_, percent, _ in compared) / len(compared)) if compared else None
    return {"period": period, "reached": reached, "compared": len(compared), "average": average}


@pytest.mark.parametrize(("kind", "seed"), [("sqlite", 0), ("sqlite", 1), ("postgresql", 2)])
def test_the_summary_of_each_document_counts_one_period_and_what_is_in_force(
    session: Session, visit: Visitor, seed: int
) -> None:
    browser, chance, told = visit.as_(READER), random.Random(seed), 0  # the same example each time
    for row in rows(session, "SELECT id FROM indicator_value WHERE actual_value IS NOT NULL"):
        actual = str(Decimal(chance.randint(1, 99_99)) / 100) if chance.random() < 0.8 else None
        session.execute(text("UPDATE indicator_value SET actual_value = :actual WHERE id = :id"),
                        {"id": row["id"], "actual": actual})  # fmt: skip
    indicators: dict[int, list[dict[str, Any]]] = {}
    for row in rows(session, "SELECT i.id, i.polarity, i.document_id, t.state FROM indicator i"
                    " JOIN target t ON t.id = i.id"):  # fmt: skip
        values = [
            {**value, **{name: None if value[name] is None else Decimal(str(value[name]))
                         for name in ("actual_value", "target_value", "target_upper")}}
            for value in rows(session, "SELECT v.*, p.last_month FROM indicator_value v JOIN period p"
                              " ON p.id = v.period_id WHERE v.indicator_id = :id", id=row["id"])
        ]  # fmt: skip
        indicators.setdefault(row["document_id"], []).append({**row, "values": values})

    for row in browser.get("/targets?editions=in_force").soup.select("[data-target]"):
        document = int(str(row["data-target"]))
        expected, shown = counted_for(indicators.get(document, [])), row.get_text()
        found = re.search(r"sampai \w+ (\d{4}): (\d+) dari (\d+) tercapai; rata-rata capaian ([\d.,-]+)% dari", shown)
        assert bool(found) == bool(expected["period"]), document
        if found:
            average = Decimal(found[4].replace(".", "").replace(",", "."))
            assert (int(found[1]), int(found[2]), int(found[3]), average) == (
                expected["period"][0], expected["reached"], expected["compared"], expected["average"])  # fmt: skip
            told += 1

    assert told >= 1
