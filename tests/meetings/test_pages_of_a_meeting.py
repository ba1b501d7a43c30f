"""The head of a meeting offers the likeliest step; its tabs show and count only what the reader may see."""

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.scenarios.test_s4_submit_return_approve_correct import add_minute_taker, step
from tests.visitor import ADVISER, OTHER_SECRETARIAT, READER, SECRETARIAT, Visitor, filled
from tracker.core.actor import Classification
from tracker.meetings.models import Attendance, Statement
from tracker.proposals.models import Proposal

MEETING = "/meetings/1"
TABS = ("", "/outcomes", "/people", "/files", "/history")


def main_button(browser: Visitor, path: str = MEETING) -> str | None:
    buttons = browser.get(path).all_of(".subhead .btn-primary")
    assert len(buttons) <= 1
    return buttons[0] if buttons else None


@pytest.mark.one_database
def test_the_main_button_follows_the_state_of_the_minutes_and_the_reader(visit: Visitor, session: Session) -> None:
    secretariat, other, chair, reader = map(visit.as_, (SECRETARIAT, OTHER_SECRETARIAT, ADVISER, READER))
    new = "/meetings/new"
    noticed = "off-2026-01-18"  # a Sunday
    empty = secretariat.submit(secretariat.get(new), new, name_id="Rapat kosong", date="2026-01-18", noticed=noticed)

    assert main_button(secretariat, secretariat.follow(empty).path.removesuffix("/minutes")) == "Mulai notula"
    assert main_button(secretariat) == "Ajukan notula"
    add_minute_taker(secretariat)
    step(secretariat, "submit")
    assert [main_button(browser) for browser in (secretariat, other, chair, reader)] == [
        None, "Catat salinan bertanda tangan", "Sahkan notula", None,
    ]  # fmt: skip
    step(chair, "return", note="Lengkapi.")
    assert [main_button(browser) for browser in (secretariat, chair, reader)] == ["Ajukan notula", None, None]
    step(secretariat, "submit")
    step(chair, "approve")
    assert [main_button(browser) for browser in (secretariat, chair, reader)] == ["Buka ralat", None, None]


@pytest.mark.one_database
def test_every_tab_has_the_same_head(visit: Visitor) -> None:
    browser = visit.as_(SECRETARIAT)

    heads = {tab: browser.get(MEETING + tab).soup.select_one(".subhead") for tab in TABS}

    assert {head.select_one("h1").text for head in heads.values()} == {browser.get(MEETING).heading}
    assert {head.select_one(".btn-primary").text.strip() for head in heads.values()} == {"Ajukan notula"}


@pytest.mark.one_database
def test_adjacent_lines_of_one_speaker_stand_under_one_name(visit: Visitor, session: Session) -> None:
    page = visit.as_(READER).get(MEETING)

    voices = page.soup.select(".voice")

    speakers = [voice.select_one("h3").text.split()[0] for voice in voices]
    assert speakers == ["Razilu", "narasi", "tanpa", "Min", "Lingga", "Razilu"]
    assert [len(voice.select(".spoken")) for voice in voices] == [3, 1, 1, 1, 5, 1]
    assert [int(number) for number in page.all_of(".spoken-no")] == list(range(1, 13))
    for line in session.scalars(select(Statement).filter_by(meeting_id=1)):
        kinds = {"said": line.quote, "told": line.gist_id}
        for name, words in kinds.items():
            assert bool(page.soup.select(f"#statement-{line.id} .{name}")) == bool(words)


def test_tabs_count_and_show_no_hidden_outcome(visit: Visitor, session: Session) -> None:
    reader = visit.as_(READER)
    assert reader.get(MEETING).text_of(".tabs") == "Notula Usulan dan tindak lanjut 5 Peserta 9 Berkas Riwayat"
    title = session.scalar(select(Proposal.title_id).filter_by(id=1))

    session.execute(update(Proposal).filter_by(id=1).values(classification=Classification.SECRET))

    for tab in TABS:
        page = reader.get(MEETING + tab)
        assert "Usulan dan tindak lanjut 4" in page.text_of(".tabs")
        assert title not in page.text
        assert "U-2020-001" not in page.text


def test_a_decision_above_the_reader_is_on_no_tab(visit: Visitor, session: Session) -> None:
    secretariat, reader = visit.as_(SECRETARIAT), visit.as_(READER)
    minutes = f"{MEETING}/minutes"
    secretariat.submit(secretariat.get(minutes), f"{minutes}/lines", line="k disepakati melindungi saksi")
    line = session.scalars(select(Statement).order_by(Statement.id.desc())).first()
    assert line.kind == "decision"
    for tab in ("", "/outcomes"):
        assert "melindungi saksi" in reader.get(MEETING + tab).text

    session.execute(update(Statement).filter_by(id=line.id).values(classification=Classification.SECRET))

    for tab in TABS:
        assert "melindungi saksi" not in reader.get(MEETING + tab).text
    assert reader.get(f"{MEETING}/outcomes").text_of("#decisions").startswith("Keputusan 0")


@pytest.mark.one_database
def test_locked_minutes_offer_no_menus(visit: Visitor, session: Session) -> None:
    secretariat = visit.as_(SECRETARIAT)
    row = session.scalars(select(Attendance).filter_by(meeting_id=1)).first()
    assert f"/meetings/attendance/{row.id}/edit" in secretariat.get(f"{MEETING}/people").links
    add_minute_taker(secretariat)
    step(secretariat, "submit")

    for tab in TABS:
        assert not secretariat.get(MEETING + tab).soup.select("main .quiet-menu, main .quiet-link, #next-statement a")


@pytest.mark.one_database
def test_a_meeting_without_a_decision_offers_to_record_one(visit: Visitor) -> None:
    secretariat = visit.as_(SECRETARIAT)

    link = secretariat.get("/meetings/1").soup.select_one("#next-statement a")

    assert link.get_text(strip=True) == "Catat keputusan"
    assert filled(secretariat.get(link["href"]).soup.select_one("main form"))["kind"] == ["decision"]
