"""Pages for approving and returning minutes show the document, take notes by line, and offer only possible steps."""

import pytest
from sqlalchemy.orm import Session

from tests.scenarios.test_s4_submit_return_approve_correct import (
    MEETING,
    add_minute_taker,
    approve_first_version,
    step,
)
from tests.visitor import ADVISER, OTHER_SECRETARIAT, READER, SECRETARIAT, Visitor
from tracker.minutes.models import MinutesVersion

pytestmark = pytest.mark.one_database

STEPS = ("submit", "approve", "return", "signed-copy", "correct")
OPEN = {
    "draft": {"submit"},
    "submitted": {"approve", "return", "signed-copy"},
    "returned": {"submit"},
    "approved": {"correct"},
}


def bring_to(state: str, secretariat: Visitor, chair: Visitor) -> None:
    add_minute_taker(secretariat)
    if state != "draft":
        step(secretariat, "submit")
    if state == "returned":
        step(chair, "return", note="Lengkapi acara.")
    if state == "approved":
        step(chair, "approve")


@pytest.mark.parametrize("state", OPEN)
def test_the_page_of_an_impossible_step_shows_the_state_and_no_form(visit: Visitor, state: str) -> None:
    secretariat, chair = visit.as_(SECRETARIAT), visit.as_(ADVISER)
    other = visit.as_(OTHER_SECRETARIAT)
    bring_to(state, secretariat, chair)

    for name in STEPS:
        browser = {"approve": chair, "return": chair, "signed-copy": other}.get(name, secretariat)
        page = browser.get(f"{MEETING}/minutes/{name}")
        assert bool(page.soup.select(f"form[action='{MEETING}/minutes/{name}']")) is (name in OPEN[state]), name
        if name not in OPEN[state]:
            assert page.text_of("p.lead")


def test_the_chair_reads_the_document_before_deciding(visit: Visitor) -> None:
    secretariat, chair = visit.as_(SECRETARIAT), visit.as_(ADVISER)
    bring_to("submitted", secretariat, chair)

    page = chair.get(f"{MEETING}/minutes/approve")

    paper = page.text_of(".paper")
    assert "Rabu, 21 Oktober 2020" in paper
    assert "2020-10-21" not in paper
    assert "Pimpinan rapat" in paper
    assert "Usulan" in page.all_of(".paper .badge")
    assert page.soup.select(".paper blockquote.quote")
    assert page.soup.select(f"a[href='{MEETING}/minutes.pdf']")


def test_returned_minutes_show_notes_by_line_and_later_changes(visit: Visitor) -> None:
    secretariat, chair = visit.as_(SECRETARIAT), visit.as_(ADVISER)
    bring_to("submitted", secretariat, chair)
    page = chair.get(f"{MEETING}/minutes/return")
    line = str(page.soup.select(".paper textarea")[2]["name"])

    refused = chair.submit(page, f"{MEETING}/minutes/return", note="", **{line: "Kutip lengkap <b>kalimatnya</b>."})
    assert refused.status == 422
    assert refused.soup.select_one(f"textarea[name={line}]").text == "Kutip lengkap <b>kalimatnya</b>."
    step(chair, "return", note="Ada satu butir.", **{line: "Kutip lengkap <b>kalimatnya</b>."})

    shown = secretariat.get(MEETING).text_of("#returned")
    assert "Ada satu butir." in shown
    assert "Kutip lengkap <b>kalimatnya</b>." in shown
    assert secretariat.get(f"{MEETING}/minutes").text_of("#returned") == shown
    assert visit.as_(READER).get(MEETING).text_of("#returned") == ""
    edit = secretariat.get(f"{MEETING}/edit")
    secretariat.submit(edit, f"{MEETING}/edit", venue="Ruang Rapat Menteri")
    step(secretariat, "submit")
    again = chair.get(f"{MEETING}/minutes/approve")
    assert "Menteri" in again.text_of(".paper ins")
    assert "dikembalikan" in again.text_of("main")


def test_unprintable_characters_are_listed_before_submitting_and_approving(visit: Visitor) -> None:
    secretariat, chair = visit.as_(SECRETARIAT), visit.as_(ADVISER)
    new = f"{MEETING}/statements/new"
    secretariat.submit(secretariat.get(new), new, kind="remark", gist_id="Logo \uf8ff dan \uf0b7 butir 👍")
    add_minute_taker(secretariat)

    before = secretariat.get(f"{MEETING}/minutes/submit").all_of("main ul li")
    step(secretariat, "submit")

    assert before == ["Pernyataan 13: U+F8FF"]
    assert before[0] in chair.get(f"{MEETING}/minutes/approve").all_of("main > ul li")


def test_typed_numbers_of_agenda_items_are_not_shown_twice(visit: Visitor) -> None:
    secretariat = visit.as_(SECRETARIAT)
    edit = secretariat.get(f"{MEETING}/edit")
    secretariat.submit(edit, f"{MEETING}/edit", agenda="1. Pembukaan\n2) Pembahasan")

    assert secretariat.get(MEETING).all_of("#agenda .agenda-text") == ["Pembukaan", "Pembahasan"]
    stored = secretariat.get(f"{MEETING}/edit").soup.select_one("[name=agenda]").get_text().split()
    assert stored == ["Pembukaan", "Pembahasan"]


def test_reading_and_printing_a_version_does_not_change_it(visit: Visitor, session: Session) -> None:
    secretariat, chair = visit.as_(SECRETARIAT), visit.as_(ADVISER)
    approve_first_version(secretariat, chair)
    version = session.query(MinutesVersion).one()
    content, content_hash = version.content, version.content_hash

    for path in ("/minutes/versions/1", "/minutes.pdf", "/minutes.docx"):
        assert secretariat.client.get(MEETING + path).status_code == 200

    session.expire_all()
    assert (session.query(MinutesVersion).one().content, version.content_hash) == (content, content_hash)
