"""The headings of a list sort it: every row once on any number of pages, in both databases, filters kept."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.pinned import BUSIEST_YEAR
from tests.visitor import READER, Visitor
from tracker.actions.forms import ActionFilterForm
from tracker.actions.models import ActionItem
from tracker.core import paging
from tracker.meetings.forms import MeetingFilterForm
from tracker.proposals.forms import ProposalFilterForm

FORMS = {"actions": ActionFilterForm, "meetings": MeetingFilterForm, "proposals": ProposalFilterForm}
ORDERS = [(name, sign + order) for name, form in FORMS.items() for order in form.orders for sign in ("", "-")]


def codes_of(browser: Visitor, path: str) -> list[str]:
    codes: list[str] = []
    seen: set[str] = set()
    following: str | None = path
    while following:
        assert following not in seen, "the pages lead round in a circle"
        seen.add(following)
        page = browser.get(following)
        codes += [code.get_text() for code in page.soup.select(".list td.what > .code")]
        older = page.soup.select_one("a[rel=next]")
        following = str(older["href"]) if older else None
    return codes


@pytest.mark.parametrize(("name", "order"), ORDERS)
def test_every_order_has_each_row_once(visit: Visitor, monkeypatch: pytest.MonkeyPatch, name: str, order: str) -> None:
    browser = visit.as_(READER)
    usual = codes_of(browser, f"/{name}?year={BUSIEST_YEAR}")
    monkeypatch.setattr(paging, "PAGE_SIZE", max(3, len(usual) // 3))

    codes = codes_of(browser, f"/{name}?year={BUSIEST_YEAR}&order={order}")

    assert len(usual) > 3
    assert sorted(codes) == sorted(usual)
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("order", ActionFilterForm.orders)
def test_the_complete_matrix_has_the_order_of_the_list(visit: Visitor, order: str) -> None:
    browser = visit.as_(READER)
    codes = codes_of(browser, f"/actions?view=all&order={order}")

    rows = browser.get(f"/actions/matrix?view=all&order={order}").soup.select("main tbody tr")

    assert len(rows) > 10
    assert [code for row, code in zip(rows, codes, strict=False) if code not in row.get_text()] == []


@pytest.mark.parametrize("is_descending", [False, True])
def test_actions_are_sorted_by_their_due_date_unknown_ones_last(
    visit: Visitor, session: Session, monkeypatch: pytest.MonkeyPatch, *, is_descending: bool
) -> None:
    browser, path = visit.as_(READER), f"/actions?view=all&order={'-' if is_descending else ''}due"
    dates = {row.code: row.due_on for row in session.execute(select(ActionItem.code, ActionItem.due_on))}

    codes = codes_of(browser, path)

    found: Sequence[date | None] = [dates[code] for code in codes]
    known = [day for day in found if day]
    assert known == sorted(known, reverse=is_descending)
    assert len(known) + 1 < len(found)
    assert not any(found[len(known) :])
    monkeypatch.setattr(paging, "PAGE_SIZE", len(known) + 1)  # the next page begins after an unknown one
    assert codes_of(browser, path) == codes


def test_a_heading_keeps_the_filter_and_turns_the_order_round(visit: Visitor) -> None:
    browser = visit.as_(READER)
    page = browser.get("/actions?watch=overdue&order=due")

    heading = page.soup.select_one(".list th[aria-sort]")
    link = urlsplit(str(heading.select_one("a")["href"]))
    hidden = page.soup.select_one("form.filters input[name=order]")
    assert heading["aria-sort"] == "ascending"
    assert (link.path, parse_qs(link.query)) == ("/actions", {"watch": ["overdue"], "order": ["-due"]})
    assert hidden["value"] == "due"
    assert page.text_of(".tabs [aria-current]").startswith("Terlambat")
    turned = browser.get(str(heading.select_one("a")["href"]))
    assert turned.soup.select_one(".list th[aria-sort]")["aria-sort"] == "descending"
    assert "/actions.csv?watch=overdue&order=-due" in turned.links


def test_an_unknown_order_gives_the_usual_one_and_says_so(visit: Visitor) -> None:
    browser = visit.as_(READER)
    page = browser.get("/proposals?view=all&order=size")

    assert "Urutan ini tidak dikenal" in page.text
    assert not page.soup.select(".list th[aria-sort]")
    assert page.all_of(".list .code") == browser.get("/proposals?view=all").all_of(".list .code")


@pytest.mark.parametrize("path", ["/people?order=post", "/people?order=-name", "/posts?order=unit",
                                  "/posts?order=-holder",
                                  "/units?order=name", "/units?order=-short", "/units?order=echelon",
                                  "/targets?view=all&order=-late", "/targets?view=all&order=state"])  # fmt: skip
def test_lists_of_the_register_and_of_targets_have_the_same_rows_in_every_order(visit: Visitor, path: str) -> None:
    browser = visit.as_(READER)
    bare, _, order = path.rpartition("order=")

    page = browser.get(path)

    assert sorted(page.all_of("td.what > a")) == sorted(browser.get(bare.rstrip("?&")).all_of("td.what > a"))
    heading = page.soup.select_one("th[aria-sort]")
    assert heading["aria-sort"] == ("descending" if order.startswith("-") else "ascending")


@pytest.mark.one_database
def test_units_stand_below_theirs_until_a_heading_sorts_them(visit: Visitor) -> None:
    browser = visit.as_(READER)
    nested, sorted_by_name = browser.get("/units"), browser.get("/units?order=name")

    assert nested.soup.select("tr.unit-level-1")
    assert not sorted_by_name.soup.select("tr.unit-level-1")
    names = [name.casefold() for name in sorted_by_name.all_of("td.what > a")]
    assert names == sorted(names)


@pytest.mark.one_database
def test_indicators_are_sorted_within_their_objective_by_what_is_late(visit: Visitor) -> None:
    page = visit.as_(READER).get("/targets?editions=in_force&order=-late")

    late: list[list[int]] = [[]]
    for row in page.soup.select(".target-tree tbody tr"):
        if "level" in row.get("class", ""):
            late.append([])
        else:
            late[-1].append(int(row.select("td.counts")[-1].get_text(strip=True)))
    assert any(len(set(group)) > 1 for group in late)
    assert late == [sorted(group, reverse=True) for group in late]
