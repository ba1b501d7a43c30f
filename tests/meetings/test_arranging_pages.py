"""Pages for arranging statements and agenda items, and the meeting's page by agenda item."""

import io
from datetime import date

import pytest
from docx import Document
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.visitor import READER, SECRETARIAT, Page, Visitor
from tracker.core.actor import Classification
from tracker.meetings.models import AgendaItem, Meeting, Statement
from tracker.meetings.series.models import SeriesMeeting

pytestmark = pytest.mark.one_database

MEETING = "/meetings/1"


def add_lines(browser: Visitor, session: Session, *lines: str) -> list[Statement]:
    minutes = f"{MEETING}/minutes"
    for line in lines:
        browser.follow(browser.submit(browser.get(minutes), f"{minutes}/lines", line=line))
    return list(reversed(session.scalars(select(Statement).order_by(Statement.id.desc()).limit(len(lines))).all()))


def add_agenda(browser: Visitor, session: Session, *texts: str) -> list[AgendaItem]:
    minutes = f"{MEETING}/minutes"
    for text in texts:
        browser.follow(browser.submit(browser.get(minutes), f"{minutes}/agenda", item=text))
    return list(session.scalars(select(AgendaItem).filter_by(meeting_id=1).order_by(AgendaItem.place)))


def send(browser: Visitor, statement: Statement, step: str, **fields: object) -> Page:
    page = browser.get(f"/meetings/statements/{statement.id}/arrange")
    return browser.submit(page, f"/meetings/statements/{statement.id}/{step}", **fields)


def test_a_line_moved_under_an_agenda_item_is_shown_there_with_its_action(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    statement, *_ = add_lines(browser, session, "k Keputusan pertama")
    browser.submit(browser.get(f"{MEETING}/minutes"), f"{MEETING}/minutes/lines", line="t laksanakan itu")
    _, second = add_agenda(browser, session, "Anggaran", "Lain-lain")

    assert send(browser, statement, "move", agenda_item=second.id).status == 303

    part = browser.get(MEETING).text_of(f"#agenda-{second.id} + .voice")
    assert "Keputusan pertama" in part
    assert "laksanakan itu" in part


def test_a_line_is_split_at_the_given_words_and_joined_again(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    statement, *_ = add_lines(browser, session, "Baik sekali. Kita lanjut besok")

    for words in ("tidak ada", "Baik", " "):
        refused = send(browser, statement, "split", second=words)
        assert refused.status == 422
        assert refused.soup.select_one("#second-error")
    assert send(browser, statement, "split", second="Kita lanjut").status == 303

    below = session.scalars(select(Statement).order_by(Statement.id.desc())).first()
    session.refresh(statement)
    assert (statement.gist_id, below.gist_id) == ("Baik sekali. ", "Kita lanjut besok")
    assert send(browser, below, "join").status == 303
    session.refresh(statement)
    assert statement.gist_id == "Baik sekali. Kita lanjut besok"


def test_an_agenda_item_is_renamed_moved_set_aside_carried_over_and_removed(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    first, second = add_agenda(browser, session, "Anggaran", "Lain-lain")
    path = f"/meetings/agenda/{second.id}"

    edited = browser.submit(
        browser.get(f"{path}/edit"), f"{path}/edit", text="Hal lain", after="", set_aside="deferred"
    )
    page = browser.follow(edited)

    assert page.all_of("#agenda .agenda-text") == ["Hal lain", "Anggaran"]
    assert "ditunda" in page.text_of(f"#agenda-{second.id}")
    later = session.scalars(select(Meeting).where(Meeting.id != 1).order_by(Meeting.date, Meeting.id)).first()
    carried = browser.submit(browser.get(f"{path}/carry"), f"{path}/carry", to=later.id)
    assert carried.status == 303
    assert "Hal lain" in browser.get(f"/meetings/{later.id}").text_of("#agenda")
    again = browser.submit(browser.get(f"{path}/carry"), f"{path}/carry", to=later.id)
    assert again.status == 422
    assert again.problems == ["Mata acara ini sudah dilanjutkan."]

    path = f"/meetings/agenda/{first.id}"
    browser.submit(browser.get(f"{path}/edit"), f"{path}/remove")
    assert "Anggaran" not in browser.get(MEETING).text_of("#agenda")


def test_items_not_discussed_are_carried_over_to_the_next_meeting_once(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    first, _ = add_agenda(browser, session, "Anggaran", "Lain-lain")
    statement, *_ = add_lines(browser, session, "Anggaran cukup")
    send(browser, statement, "move", agenda_item=first.id)
    browser.submit(browser.get(f"{MEETING}/series/new"), f"{MEETING}/series/new", rhythm="weekly")

    page = browser.get(f"{MEETING}/next")
    assert page.all_of("#carried .form-check") == ["Lain-lain"]
    assert page.soup.select_one("#carried input[checked]")
    following = browser.follow(browser.submit(page, f"{MEETING}/next"))

    assert following.all_of("#agenda .agenda-text")[1:] == ["Lain-lain"]
    assert not browser.get(f"{MEETING}/next").soup.select("#carried")


def test_the_page_of_a_series_lists_unfinished_items_and_where_they_continue(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    add_agenda(browser, session, "Anggaran", "Lain-lain", "Penutup")
    browser.submit(browser.get(f"{MEETING}/series/new"), f"{MEETING}/series/new", rhythm="weekly")
    series = f"/meetings/series/{session.scalar(select(SeriesMeeting.series_id).filter_by(meeting_id=1))}"
    assert not browser.get(series).soup.select("#left-over")

    for item in session.scalars(select(AgendaItem).filter_by(meeting_id=1).order_by(AgendaItem.place)).all()[:2]:
        path = f"/meetings/agenda/{item.id}/edit"
        browser.submit(browser.get(path), path, after="", set_aside="not_reached")
    assert browser.get(series).all_of("#left-over tbody td:last-child") == ["belum dilanjutkan"] * 2
    page = browser.get(f"{MEETING}/next")
    chosen = page.soup.select_one("#carried input")["value"]
    browser.submit(page, f"{MEETING}/next", carried=chosen)

    following = session.scalars(select(Meeting).order_by(Meeting.id.desc())).first()
    rows = [
        [cell.get_text(" ", strip=True) for cell in row.select("td")]
        for row in browser.get(series).soup.select("#left-over tbody tr")
    ]
    assert {row[1].split()[0] for row in rows} == {session.get(Meeting, 1).code}
    carried = session.get(AgendaItem, int(chosen)).text
    assert [row[2].split()[0] for row in rows if row[0].startswith(carried)] == [following.code]
    assert [row[2] for row in rows if not row[0].startswith(carried)] == ["belum dilanjutkan"]


def test_a_carried_item_is_hidden_with_the_meeting_it_comes_from(visit: Visitor, session: Session) -> None:
    browser, reader = visit.as_(SECRETARIAT), visit.as_(READER)
    (item,) = add_agenda(browser, session, "Perlindungan saksi")
    later = session.scalars(select(Meeting).where(Meeting.date > date(2020, 10, 21)).order_by(Meeting.date)).first()
    path = f"/meetings/agenda/{item.id}/carry"
    browser.submit(browser.get(path), path, to=later.id)
    carried = session.scalars(select(AgendaItem).filter_by(carried_from_id=item.id)).one()
    statement = session.scalars(select(Statement).filter_by(meeting_id=later.id).order_by(Statement.place)).first()
    session.execute(update(Statement).filter_by(id=statement.id).values(agenda_item_id=carried.id))
    assert item.text in reader.get(f"/meetings/{later.id}").text

    session.execute(update(Meeting).filter_by(id=1).values(classification=Classification.SECRET))

    page = reader.get(f"/meetings/{later.id}")
    assert item.text not in page.text
    assert (statement.gist_id or statement.quote) in page.text
    assert item.text not in reader.get("/search?q=perlindungan+saksi&kind=meeting").text_of(".hits")
    with reader.client.get(f"/meetings/{later.id}/minutes.docx", buffered=True) as answer:
        document = Document(io.BytesIO(answer.get_data()))
    assert item.text not in " ".join(str(element.text or "") for element in document.element.body.iter("{*}t"))
