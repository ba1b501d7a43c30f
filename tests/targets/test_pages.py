"""Periods are data, effects are told, orphans are found, and more targets cost no more statements."""

from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.test_statement_counts import counted
from tests.visitor import ADMIN, READER, REVIEWER, SECRETARIAT, Visitor
from tracker.audit.models import Event
from tracker.calendar.periods.models import Period, PeriodScheme
from tracker.core.visibility import unrestricted
from tracker.proposals.models import Proposal, TargetLink
from tracker.targets.models import Indicator, IndicatorValue

pytestmark = pytest.mark.one_database


def test_a_form_offers_the_codes_of_the_indicators_own_scheme(visit: Visitor, session: Session) -> None:
    by_quarter = session.scalars(select(Indicator.id).join(PeriodScheme).where(PeriodScheme.code == "TW")).first()

    page = visit.as_(SECRETARIAT).get(f"/targets/{by_quarter}/values/new")

    offered = [option.get_text().split(" – ")[0] for option in page.soup.select("[name=period] option")][1:]
    assert offered == ["TW I", "TW II", "TW III", "TW IV"]


def test_a_period_of_another_scheme_is_refused(visit: Visitor, session: Session) -> None:
    browser, address = visit.as_(SECRETARIAT), "/targets/9/values/new"
    foreign = session.scalars(select(Period.id).join(PeriodScheme).where(PeriodScheme.code == "TW")).first()

    answer = browser.submit(browser.get(address), address, period=foreign, year="2030", actual_value="1")

    assert answer.status == 422
    assert session.scalar(select(func.count()).select_from(IndicatorValue).filter_by(year=2030)) == 0


def test_the_administrator_keeps_the_schemes_but_not_away_from_values(visit: Visitor, session: Session) -> None:
    admin, number = visit.as_(ADMIN), session.scalar(select(PeriodScheme.id).filter_by(code="B03-B12"))
    edit = f"/periods/{number}/edit"
    visit.as_(SECRETARIAT).get(edit, status=404)

    row = {"periods-0-code": "", "periods-0-name_id": "", "periods-0-name_en": "", "periods-0-last_month": ""}
    answer = admin.submit(admin.get(edit), edit, **row)
    assert answer.status == 422, answer.problems
    renamed = admin.submit(admin.get(edit), edit, name_id="Per triwulan", **{"periods-0-code": "B-03"})
    assert renamed.status == 303, renamed.problems
    five = {"code": "PW", "name_id": "Per lima bulan", "periods-0-code": "P1", "periods-0-name_id": "Pertama",
            "periods-0-last_month": "5"}  # fmt: skip
    assert admin.submit(admin.get("/periods/new"), "/periods/new", **five).status == 303

    session.expire_all()
    codes = select(Period.code).order_by(Period.last_month)
    assert session.scalars(codes.filter_by(scheme_id=number)).all() == ["B-03", "B06", "B09", "B12"]
    assert "P1" in admin.get("/periods").text
    with pytest.raises(DBAPIError):
        session.execute(text("UPDATE period SET last_month = 13"))


def test_the_realised_effect_stands_beside_the_expected_one_with_who_said_so(visit: Visitor, session: Session) -> None:
    with unrestricted():
        link = session.scalars(select(TargetLink).filter_by(proposal_id=2)).one()
    browser, address = visit.as_(REVIEWER), f"/proposals/2/targets/{link.id}/effect"
    visit.as_(READER).get(address, status=404)

    assert browser.submit(browser.get(address), address, value="1,5").status == 422
    told = browser.submit(browser.get(address), address, effect="Kriteria berubah", value="1,5", period="B12 2021")
    assert told.status == 303, told.problems

    session.expire_all()
    with unrestricted():
        stored = session.get_one(TargetLink, link.id)
    assert (stored.realised_value, stored.realised_by_name) == (Decimal("1.5"), "Sekar Wulandari")
    event = session.scalars(select(Event).filter_by(subject="proposal", subject_id=2, verb="effect_told")).one()
    assert event.reason == "Kriteria berubah"
    row = browser.get(f"/targets/{link.target_id}").text_of("#proposals tbody tr")
    assert all(words in row for words in ("Kriteria berubah", "+1,5", "B12 2021", "Sekar Wulandari"))
    with pytest.raises(DBAPIError):
        session.execute(text("UPDATE proposal_target_link SET realised_by_name = NULL WHERE id = :id"), {"id": link.id})


def test_orphans_both_ways(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    orphan = session.scalars(select(Indicator.id).join(PeriodScheme).where(PeriodScheme.code == "TW")).first()

    lonely = browser.get("/targets?orphans=y")
    assert f"/targets/{orphan}" in lonely.links
    assert "/targets/4" not in lonely.links  # U4 would add it

    without = browser.get("/proposals?orphans=y")
    assert without.soup.select("tbody tr")
    assert not [link for link in without.links if link.startswith("/targets/")]
    session.execute(text("UPDATE proposal_target_link SET state = 'rejected' WHERE proposal_id = 4"))
    assert "/targets/4" in browser.get("/targets?orphans=y").links
    assert "/proposals/4" in browser.get("/proposals?orphans=y&year=2020").links


def test_one_proposal_is_not_called_proposals(visit: Visitor) -> None:
    reader = visit.as_(READER)
    reader.client.post("/language", data={"csrf_token": reader.token(), "language": "en", "next": "/"})

    counts = reader.get("/targets?editions=in_force").soup.select(".target-tree .counts")
    words = {count["data-word"] for count in counts if count.get_text(strip=True) == "1"}
    assert words
    assert words <= {"proposal", "action", "late"}


@pytest.mark.parametrize(("query", "shown", "hidden"), [
    ("year=2021", "Draf Target Kinerja", "Rencana Strategis"),
    ("kind=strategic_plan", "Rencana Strategis", "Draf Target Kinerja"),
    ("state=candidate", "Draf Target Kinerja", "Rencana Strategis"),
    ("editions=draft", "Draf Target Kinerja", "Rencana Strategis"),
    ("editions=in_force", "Rencana Strategis", "Draf Target Kinerja"),
    ("editions=superseded", "edisi 1, digantikan", "edisi 2"),
])  # fmt: skip
def test_the_cascade_is_narrowed_by_its_address(visit: Visitor, query: str, shown: str, hidden: str) -> None:
    page = visit.as_(READER).get(f"/targets?{query}")

    documents = " ".join(page.all_of(".target-tree .level"))
    assert shown in documents
    assert hidden not in documents


def test_more_targets_cost_no_more_statements(app: Flask, visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    few, many = {"/targets?view=all": [], "/targets/9": []}, {}
    browser.get("/targets?view=all")
    for path in few:
        with counted(app) as said:
            browser.get(path)
        few[path] = said
    for number in range(3):
        address = "/targets/new/indicator"
        assert browser.submit(browser.get(address), address, name_id=f"Indikator {number}", document=1).status == 303
    session.execute(text("UPDATE proposal_target_link SET target_id = 9 WHERE proposal_id IN (2, 3, 4)"))
    for path in few:
        with counted(app) as said:
            browser.get(path)
        many[path] = said

    assert len(many["/targets?view=all"]) == len(few["/targets?view=all"])
    # Actions and meetings are asked for once there are proposals.
    assert len(many["/targets/9"]) <= len(few["/targets/9"]) + 2
    assert sum(one != "BEGIN" for one in many["/targets?view=all"]) <= 9
    assert sum(one != "BEGIN" for one in many["/targets/9"]) <= 10


def test_the_chart_marks_where_proposals_were_realised_and_the_edition_changed(visit: Visitor) -> None:
    page = visit.as_(READER).get("/targets/22")

    pins = page.all_of(".picture .pins a")
    numbered = {row.select_one(".code").get_text(): row for row in page.soup.select("#proposals tr:has(.pin-no)")}
    assert pins
    assert len(page.soup.select(".picture circle.g-mark-end:not(.sample circle)")) >= len(pins)
    assert {pin.split()[0] for pin in pins} == set(numbered)
    assert all("Terwujud" in row.get_text() for row in numbered.values())
    assert "edisi 2" in page.text_of(".picture svg.pic")


def test_proposals_stand_by_effect_with_two_bars(visit: Visitor) -> None:
    page = visit.as_(READER).get("/targets/22")

    rows = page.soup.select("#proposals > .list tbody tr") or page.soup.select("#proposals .list tbody tr")
    bars = [(len(row.select("rect.g-pale")), len(row.select("rect.g-fill"))) for row in rows]
    assert bars[0] == (1, 1)
    assert bars.index((1, 0)) > bars.index((1, 1))
    assert "Tanpa perkiraan dampak" in page.text_of("#proposals summary")


def test_a_superseded_edition_says_so_first_with_the_way_to_the_current_one(visit: Visitor) -> None:
    reader = visit.as_(READER)
    page = reader.get("/targets/12?edition=1")

    warning = page.soup.select_one("main .note.tone-warn")
    assert "digantikan" in warning.get_text()
    assert warning.select_one("a")["href"] == "/targets/22"
    answer = reader.client.get("/targets/12")
    assert (answer.status_code, answer.location) == (302, "/targets/22?linked=12")


def test_a_value_of_a_period_that_has_ended_may_be_history(visit: Visitor, session: Session) -> None:
    browser, address = visit.as_(SECRETARIAT), "/targets/9/values/new"
    period = str(browser.get(address).soup.select("[name=period] option")[1]["value"])

    given = {"period": period, "note": "Menurut laporan tahunan", "is_history": "y"}
    refused = browser.submit(browser.get(address), address, year="2031", **given)
    told = browser.submit(browser.get(address), address, year="2019", actual_value="1", **given)

    assert (refused.status, refused.text_of("#is_history-error") != "") == (422, True)
    assert told.status == 303, told.problems
    event = session.scalars(select(Event).filter_by(verb="value_set", subject_id=9).order_by(Event.id.desc())).first()
    assert event.is_history


def test_a_target_of_many_proposals_shows_fifty_and_leads_to_all(visit: Visitor, session: Session) -> None:
    linked = select(TargetLink.proposal_id).filter_by(target_id=9)
    others = session.scalars(select(Proposal.id).filter_by(classification="ordinary").where(Proposal.id.not_in(linked)))
    for proposal_id in others.fetchmany(60):
        session.add(TargetLink(proposal_id=proposal_id, target_id=9, effect="supports", state="confirmed", version=1))
    session.commit()

    page = visit.as_(READER).get("/targets/9")
    assert max(len(table.select("tbody tr")) for table in page.soup.select("table.effects")) == 50
    assert page.soup.select("a[href='/proposals?target=9']")
