import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.databases import Kind
from tests.visitor import SECRETARIAT, Visitor
from tracker.meetings.models import AgendaItem


@pytest.mark.parametrize("kind", ["sqlite"])
def test_typed_numbers_of_agenda_items_are_removed(visit: Visitor, session: Session, kind: Kind) -> None:
    browser, edit, minutes = visit.as_(SECRETARIAT), "/meetings/1/edit", "/meetings/1/minutes"
    typed = "1. Pembukaan\n2) Laporan capaian\n• Lain-lain\n4.\n"

    assert browser.submit(browser.get(edit), edit, agenda=typed).status == 303
    assert browser.submit(browser.get(minutes), f"{minutes}/agenda", item="4. Penutup").status == 303

    stored = session.scalars(select(AgendaItem.text).filter_by(meeting_id=1).order_by(AgendaItem.place)).all()
    assert stored == ["Pembukaan", "Laporan capaian", "Lain-lain", "Penutup"]
