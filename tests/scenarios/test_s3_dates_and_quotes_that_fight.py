"""S3: a weekday that contradicts its date needs a note; a quote that seems wrong is stored as it is."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.visitor import SECRETARIAT, Visitor
from tracker.meetings.models import Meeting, Statement

NEW = "/meetings/new"


def test_a_contradicting_weekday_needs_a_note(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    typed = {"name_id": "Monev HAM berat", "date": "2020-12-03", "weekday_as_written": "Jumat"}

    warned = browser.submit(browser.get(NEW), NEW, **typed)
    assert warned.status == 422
    assert "3 Desember 2020 adalah hari Kamis, bukan Jumat" in " ".join(warned.problems)
    assert warned.form(NEW).select_one("[name=name_id]")["value"] == "Monev HAM berat"

    stored = browser.submit(warned, NEW, date_note="Sumber menulis Jumat.")
    assert stored.status == 303, stored.problems
    page = browser.get(browser.follow(stored).path.removesuffix("/minutes"))
    assert "Kamis, 3 Desember 2020" in page.text
    assert "Sumber menulis Jumat." in page.text
    assert session.scalar(select(Meeting.weekday_as_written).filter_by(name_id="Monev HAM berat")) == "Jumat"


def test_a_statement_marked_sic_keeps_its_quote_and_has_no_links_to_targets(visit: Visitor, session: Session) -> None:
    statement = session.scalars(select(Statement).filter_by(has_sic=True)).one()
    page = visit.as_(SECRETARIAT).get("/meetings/1")
    shown = page.text_of(f"#statement-{statement.id}")

    assert statement.quote == "Mari kita tatap 2020 dengan kacamata baru, yang kemarin-kemarin kita tinggalkan"
    assert statement.quote in shown
    assert "[sic]" in shown
    assert statement.recorder_note in shown
    assert "/targets/" not in " ".join(link["href"] for link in page.soup.select(f"#statement-{statement.id} a[href]"))
