"""S8: the targets that my proposal affects, in both languages, with unknown values shown as not yet set."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.visitor import ADVISER, SECRETARIAT, Visitor
from tracker.demo.real_meeting import SOURCE
from tracker.targets.models import Indicator, IndicatorValue, Target

SOURCE_DATA = json.loads(Path(SOURCE).read_text())


def target_id(session: Session, code: str) -> int:
    name = next(row["name"]["id"] for row in SOURCE_DATA["targets"] if row["code"] == code)
    return session.scalars(select(Target.id).filter_by(name_id=name)).one()


def in_language(visit: Visitor, username: str, language: str) -> Visitor:
    browser = visit.as_(username)
    browser.client.post("/language", data={"csrf_token": browser.token(), "language": language, "next": "/"})
    return browser


@pytest.mark.parametrize(
    ("language", "name", "state", "in_the_list", "effect"),
    [
        (
            "id",
            "Ratifikasi instrumen HAM internasional",
            "kandidat; nilai belum ditetapkan",
            ("kandidat", "target belum ditetapkan"),
            "menambah target",
        ),
        (
            "en",
            "Ratification of international human rights instruments",
            "candidate; value not yet set",
            ("candidate", "target not yet set"),
            "adds",
        ),
    ],
)
def test_a_candidate_target_shows_that_its_value_is_not_yet_set(
    visit: Visitor, session: Session, language: str, name: str, state: str, in_the_list: tuple[str, ...], effect: str
) -> None:
    browser = in_language(visit, ADVISER, language)

    page = browser.get(f"/targets/{target_id(session, 'T3')}")

    assert page.heading == name
    assert state in page.text_of(".page-meta")
    assert "U-2020-004" in page.text_of("#proposals")
    assert effect in page.text_of("#proposals tbody .badge + .badge") + page.text_of("#proposals tbody")
    (row,) = (row for row in browser.get("/targets?year=2021").all_of("tr.leaf") if name in row)
    assert all(words in row for words in in_the_list)
    assert f"{name} {state}" in browser.get("/proposals/4").text_of("#targets")


@pytest.mark.parametrize(
    ("language", "effect", "explanation", "note"),
    [
        (
            "id",
            "mengubah indikator",
            "Mengubah kriteria penilaian KKPHAM",
            "bukan indikator kinerja Ditjen HAM sendiri",
        ),
        ("en", "changes the indicator", "Changes the KKPHAM assessment criteria", "not Ditjen HAM's own indicators"),
    ],
)
def test_a_target_lists_its_proposal_with_effect_and_explanation(
    visit: Visitor, session: Session, language: str, effect: str, explanation: str, note: str
) -> None:
    page = in_language(visit, ADVISER, language).get(f"/targets/{target_id(session, 'T2')}")
    rows = page.all_of("#proposals tbody tr")

    assert len(rows) == 1
    assert all(words in rows[0] for words in ("U-2020-002", effect, explanation))
    assert note in page.text_of(".note")
    assert not any("not yet set" in row and language == "id" for row in rows)


def test_in_english_the_proposal_is_english_and_its_quote_stays_indonesian(visit: Visitor) -> None:
    source_row = next(row for row in SOURCE_DATA["proposals"] if row["code"] == "U4")
    browser = in_language(visit, ADVISER, "en")

    page = browser.get("/proposals/4")

    assert page.heading == source_row["title"]["en"]
    assert "Submitted" in page.text_of(".record-line")
    assert "at the meeting of 21 Oct 2020" in page.text_of("#status-sentence")
    assert "not decided yet" in page.text_of("#status-sentence")
    assert "adds a target" in page.text_of("#targets")
    assert "candidate; value not yet set" in page.text_of("#targets")
    assert page.text_of("#history blockquote[lang=id]") == source_row["quote"]
    assert "Wednesday, 21 October 2020" in browser.get("/meetings/1").text_of(".facts")


@pytest.mark.parametrize(("language", "number"), [("id", "1.234,5"), ("en", "1,234.5")])
def test_numbers_are_written_in_the_format_of_the_language(
    visit: Visitor, session: Session, language: str, number: str
) -> None:
    value = session.scalars(
        select(IndicatorValue).join(Indicator).where(IndicatorValue.actual_value.is_not(None), Indicator.id == 9)
    ).first()
    session.execute(update(IndicatorValue).filter_by(id=value.id).values(actual_value=Decimal("1234.5")))

    page = in_language(visit, SECRETARIAT, language).get(f"/targets/{value.indicator_id}")

    assert number in page.text_of("#values tbody")


def test_the_trend_has_a_chart_with_a_description_and_a_table(visit: Visitor) -> None:
    page = visit.as_(ADVISER).get("/targets/9")
    chart = page.soup.select_one("#values .picture svg")

    assert chart.select_one("title").text
    assert chart.select_one("desc").text
    targets = chart.select_one("polyline.g-goal")["points"].split()
    assert len(page.soup.select("#values tbody tr")) == len(targets) == 8
    assert len(chart.select("polyline.g-data")) == 2  # the line is interrupted at the gap
    assert "–" in page.text_of("#values tbody tr:nth-of-type(3)")
