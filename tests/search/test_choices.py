"""What fields find while somebody types: like the lists, with what distinguishes equals, in few statements."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.test_statement_counts import counted
from tests.visitor import READER, SECRETARIAT, Visitor
from tracker.core import choices
from tracker.meetings.models import Meeting
from tracker.people.models import OrgUnit, Person, Position, PositionHolding
from tracker.proposals.models import Proposal
from tracker.targets.models import Target

KINDS = ("people", "posts", "units", "meetings", "later-meetings", "lines", "proposals", "targets")
HOSTILE = [
    "a" * 60_000,
    "\x00",
    "%",
    "_",
    "\\",
    "'",
    '"',
    "٣",
    "漢字",
    "🙂",
    "<b>",
    "a " * 3000,
    " · ",
    "· x · y",
    "[",
    "*",
]
MOST_STATEMENTS = 4


def found(browser: Visitor, kind: str, typed: str = "", **narrowed: int) -> list[dict[str, str]]:
    answer = browser.client.get(f"/choices/{kind}", query_string={"q": typed, **narrowed})
    assert answer.status_code == 200
    return list(answer.json["choices"])


def two_of_one_name(session: Session) -> list[Person]:
    """Two persons called Budi Santoso, who hold different posts."""
    twins = [Person(name="Budi Santoso", folded="budi santoso", aliases=[]) for _ in range(2)]
    posts = [Position(title_id="Kepala Biro Hukum", aliases=[]), Position(title_id="Kepala Biro Umum", aliases=[])]
    session.add_all([*twins, *posts])
    session.flush()
    session.add_all(
        PositionHolding(person_id=twin.id, position_id=post.id, kind="definitive", start_on=date(2020, 1, 1))
        for twin, post in zip(twins, posts, strict=True)
    )
    session.commit()
    return twins


def test_all_kinds_are_declared_by_their_features(app: Flask) -> None:
    assert all(choices.source(kind) for kind in KINDS)


def test_persons_of_one_name_are_told_apart_by_their_posts(visit: Visitor, session: Session) -> None:
    twins = two_of_one_name(session)

    rows = found(visit.as_(READER), "people", "santoso budi")

    assert [(row["id"], row["detail"]) for row in rows] == [
        (twins[0].id, "Kepala Biro Hukum"), (twins[1].id, "Kepala Biro Umum"),
    ]  # fmt: skip
    assert rows[0]["words"] == "Budi Santoso · Kepala Biro Hukum"


def test_each_kind_says_what_distinguishes_equals(visit: Visitor, session: Session) -> None:
    browser = visit.as_(READER)
    unit = session.scalars(select(OrgUnit).where(OrgUnit.parent_id.is_not(None))).first()
    post = session.scalars(select(Position).where(Position.unit_id.is_not(None))).first()
    names = {row.id: row.name_id for row in session.execute(select(OrgUnit.id, OrgUnit.name_id))}

    details = {
        kind: next(row["detail"] for row in found(browser, kind, typed))
        for kind, typed in (("units", unit.name_id), ("posts", post.title_id), ("meetings", "R-2020-001"),
                            ("proposals", "U-2020-001"), ("lines", "forum"))
    }  # fmt: skip

    assert details["units"] == names[unit.parent_id]
    assert details["posts"] == names[post.unit_id]
    assert details["meetings"] == "21 Okt 2020, R-2020-001"
    assert details["proposals"]
    assert details["lines"].endswith("2020, Rapat Pembahasan Aksi HAM") or " 20" in details["lines"]


@pytest.mark.one_database
def test_meetings_are_found_by_name_code_and_date(visit: Visitor) -> None:
    browser = visit.as_(READER)

    assert {
        found(browser, "meetings", typed)[0]["id"] for typed in ("R-2020-001", "2020-10-21", "rapat 2020-10-21")
    } == {1}


def test_nothing_is_cut_off_silently(visit: Visitor, session: Session) -> None:
    session.add_all(
        [Person(name=f"Warga {number:02}", folded=f"warga {number:02}", aliases=[]) for number in range(25)]
    )
    session.commit()
    browser = visit.as_(READER)

    answer = browser.client.get("/choices/people?q=warga").json

    assert len(answer["choices"]) == choices.SHOWN
    assert answer["said"] == "20 yang pertama. Ketik lebih lengkap untuk mempersempit."
    assert [row["name"] for row in found(browser, "people", "warga 24")] == ["Warga 24"]


def test_what_begins_with_the_words_comes_first(visit: Visitor, session: Session) -> None:
    session.add_all(
        [Person(name=name, folded=name.lower(), aliases=[]) for name in ("Adi Zulkarnain", "Zulkarnain Adi")]
    )
    session.commit()

    assert [row["name"] for row in found(visit.as_(READER), "people", "zulk")] == ["Zulkarnain Adi", "Adi Zulkarnain"]


@pytest.mark.parametrize(("source", "table"), [("meetings", Meeting), ("proposals", Proposal)])
def test_hidden_rows_are_not_found(visit: Visitor, session: Session, source: str, table: type[Any]) -> None:
    session.execute(update(table).where(table.id == 1).values(classification="top_secret"))
    session.commit()
    browser = visit.as_(READER)

    assert 1 not in {row["id"] for row in found(browser, source, "R-2020-001") + found(browser, source, "U-2020-001")}
    assert 1 not in {row["id"] for row in found(browser, source)}


def test_the_day_of_a_hidden_meeting_narrows_nothing(visit: Visitor, session: Session) -> None:
    later = found(visit.as_(READER), "later-meetings", than=1)
    session.execute(update(Meeting).where(Meeting.id == 1).values(classification="top_secret"))
    session.commit()

    assert later
    assert found(visit.as_(READER), "later-meetings", than=1) == []
    assert found(visit.as_(READER), "later-meetings", than=999_999) == []


def test_persons_merged_or_removed_are_not_found(visit: Visitor, session: Session) -> None:
    first, second = two_of_one_name(session)
    session.execute(update(Person).where(Person.id == second.id).values(merged_into_id=first.id))
    session.commit()

    assert [row["id"] for row in found(visit.as_(READER), "people", "Budi Santoso")] == [first.id]


@pytest.mark.parametrize("source", KINDS)
def test_the_search_runs_few_statements(app: Flask, visit: Visitor, source: str) -> None:
    browser = visit.as_(READER)
    found(browser, source, "a")

    with counted(app) as said:
        found(browser, source, "a")

    assert sum(one != "BEGIN" for one in said) <= MOST_STATEMENTS


@pytest.mark.parametrize("typed", HOSTILE)
def test_hostile_words_find_nothing_or_something_but_never_fail(visit: Visitor, typed: str) -> None:
    client = visit.as_(SECRETARIAT).client

    for kind in KINDS:
        answer = client.get(f"/choices/{kind}", query_string={"q": typed})
        assert answer.status_code == 200, (kind, typed[:20])


@pytest.mark.one_database
def test_an_unknown_kind_is_not_found(visit: Visitor) -> None:
    visit.as_(READER).get("/choices/accounts", status=404)


@pytest.mark.one_database
def test_nobody_searches_without_signing_in(visit: Visitor) -> None:
    assert visit.client.get("/choices/people?q=a").status_code in {302, 303, 401}


def test_a_superseded_target_is_not_found(visit: Visitor, session: Session) -> None:
    shown = {row["id"] for row in found(visit.as_(READER), "targets")}
    over = set(session.scalars(select(Target.id).where(Target.superseded_edition.is_not(None))))

    assert shown
    assert shown.isdisjoint(over)
