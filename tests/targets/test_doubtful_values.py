"""A value that looks wrong is asked about, stored once it is confirmed, and shown with who confirmed it."""

from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.visitor import SECRETARIAT, Visitor
from tracker.audit.models import Event
from tracker.targets.models import Indicator, IndicatorValue, TargetDocument

pytestmark = pytest.mark.one_database


def test_a_doubtful_value_is_asked_about_and_kept_with_who_confirmed_it(visit: Visitor, session: Session) -> None:
    enacted = select(TargetDocument.id).filter_by(document_kind="performance_target", state="enacted")
    question = (
        select(IndicatorValue).join(Indicator)
        .where(Indicator.document_id.in_(enacted), Indicator.unit_of_measure == "persen")
        .where(IndicatorValue.actual_value.is_(None))
        .order_by(IndicatorValue.id.desc())
    )  # fmt: skip
    value = session.scalars(question).first()
    assert value is not None
    browser, address = visit.as_(SECRETARIAT), f"/targets/values/{value.id}/edit"

    asked = browser.submit(browser.get(address), address, actual_value="1.234,5", note="Laporan triwulan")

    assert asked.status == 422
    assert "1.234,5: di luar 0–100 persen. Simpan apa adanya?" in asked.text_of("#hints")
    assert "periodenya belum berakhir" in asked.text_of("#hints"), "the twelfth month is still to come"
    assert asked.soup.select_one("[name=note]")["value"] == "Laporan triwulan"
    session.expire_all()
    assert session.get_one(IndicatorValue, value.id).actual_value is None

    other = browser.submit(asked, address, actual_value="123,5")
    assert other.status == 422, "another number is asked about anew"
    assert browser.submit(other, address).status == 303

    session.expire_all()
    stored = session.get_one(IndicatorValue, value.id)
    assert stored.actual_value == Decimal("123.5")
    assert "no_percentage" in (stored.doubts or [])
    assert stored.confirmed_by_name == "Sekretariat"
    told = session.scalars(select(Event).filter_by(verb="value_set").order_by(Event.id.desc())).first()
    assert told is not None
    assert told.details["doubts"] == stored.doubts
    page = browser.get(f"/targets/{stored.indicator_id}")
    assert "di luar 0–100 persen" in page.text_of("#values")
    assert "dikonfirmasi oleh Sekretariat" in page.text_of("#values")
    again = {"note": "Diperiksa lagi", "correction_reason": "Diminta direktur"}
    assert browser.submit(browser.get(address), address, **again).status == 303, "asked once"


def test_a_document_counts_the_proposals_that_touch_what_is_below_it(visit: Visitor, session: Session) -> None:
    enacted = select(TargetDocument).filter_by(document_kind="performance_target", state="enacted")
    document = session.scalars(enacted).one()
    browser = visit.as_(SECRETARIAT)
    indicators = session.scalars(select(Indicator.id).filter_by(document_id=document.id)).all()
    touching = {
        link
        for number in indicators
        for link in browser.get(f"/targets/{number}").links
        if link.startswith("/proposals/") and link.count("/") == 2 and link.rsplit("/", 1)[1].isdigit()
    }

    page = browser.get(f"/targets/{document.id}")

    assert f"{len(touching)} usulan terkait dengan target di bawahnya" in page.text_of("#proposals")
    rows = {str(link["href"]) for link in page.soup.select("#proposals a[href^='/proposals/']")}
    assert {link for link in rows if link.count("/") == 2} == touching


def test_a_summary_leads_to_exactly_its_rows(visit: Visitor) -> None:
    browser = visit.as_(SECRETARIAT)
    page = browser.get("/targets?editions=in_force")
    counts = page.soup.select("a[href*='outcome=']")
    assert counts

    for count in counts:
        words = count.text.split(":")[-1].split()  # «sampai September 2026: 1 dari 4 tercapai», «4 tanpa …»
        shown = browser.get(str(count["href"]))
        assert len(shown.soup.select("tr.leaf")) == int(words[0]), (count.text, count["href"])
