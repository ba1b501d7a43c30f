"""The room view shows what is discussed, decided and agreed, to whom the meeting is visible, and follows cheaply."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.visitor import READER, SECRETARIAT, Visitor, key_of
from tracker.meetings.live.rules import begun_at
from tracker.meetings.models import AgendaItem, Meeting, Statement

MINUTES, ROOM = "/meetings/1/minutes", "/meetings/1/room"
JAYAPURA = ZoneInfo("Asia/Jayapura")
NINE = time(9)


@pytest.mark.parametrize(
    ("day", "hour", "begun"),
    [(date(2026, 11, 30), NINE, True), (date(2026, 11, 30), time(13), False), (date(2026, 11, 30), None, False),
     (date(2026, 11, 29), NINE, False)],
)  # fmt: skip
def test_a_meeting_goes_on_since_the_hour_it_began_today(day: date, hour: time | None, begun: bool) -> None:
    now = datetime(2026, 11, 30, 3, tzinfo=UTC)  # noon in Jayapura

    since = begun_at(day, hour, JAYAPURA, now)

    assert (since is not None) is begun
    assert since is None or now - since == timedelta(hours=3)


def write(browser: Visitor, line: str, **more: str) -> None:
    answer = browser.quiet(f"{MINUTES}/lines", line=line, once=key_of(line), asked="outcome:U-2020-003", **more)
    assert answer.status_code == 200, answer.json


def test_the_newest_decision_comes_first_and_the_agenda_item_is_that_of_the_last_line(
    visit: Visitor, session: Session
) -> None:
    session.add_all(
        AgendaItem(meeting_id=1, place=f"{at:08d}", text=text)
        for at, text in enumerate(("1. Pembukaan", "2. <b>Usulan</b>"), 1)
    )
    session.commit()
    second = session.scalars(select(AgendaItem.id).filter_by(meeting_id=1).order_by(AgendaItem.place.desc())).first()
    secretariat, reader = visit.as_(SECRETARIAT), visit.as_(READER)

    write(secretariat, "k disepakati yang pertama")
    write(secretariat, "k disepakati yang kedua", agenda_item=str(second))
    write(secretariat, "t @raz susun naskah 30/11", agenda_item=str(second))
    page = reader.get(ROOM)

    decisions, actions = page.soup.select(".room-list")
    assert [" ".join(item.text.split()) for item in decisions.select("li")] == [
        "disepakati yang kedua", "disepakati yang pertama",
    ]  # fmt: skip
    assert "susun naskah" in actions.text
    assert page.text_of("#room-item") == "2 · <b>Usulan</b>"

    line = session.scalars(select(Statement).filter_by(gist_id="disepakati yang kedua")).one()
    secretariat.quiet(f"/meetings/minutes/lines/{line.id}/remove", once="")
    assert "yang kedua" not in reader.get(ROOM).text_of(".room-list")


def test_the_room_goes_on_with_the_minutes_to_an_item_without_a_line(visit: Visitor, session: Session) -> None:
    items = [AgendaItem(meeting_id=1, place=f"{at:08d}", text=text) for at, text in enumerate(("Satu", "Dua"), 1)]
    session.add_all(items)
    session.commit()
    first, second = (str(item.id) for item in items)
    secretariat, reader = visit.as_(SECRETARIAT), visit.as_(READER)
    write(secretariat, "k disepakati", agenda_item=first)
    version = reader.get(ROOM).soup.select_one("[data-version]")["data-version"]

    answer = secretariat.quiet(f"{MINUTES}/discussed", agenda_item=second, once=key_of("dua"))

    assert answer.status_code == 200
    page = reader.get(ROOM)
    assert page.text_of("#room-item") == "2 · Dua"
    assert page.soup.select_one("[data-version]")["data-version"] != version
    write(secretariat, "k disepakati lagi", agenda_item=first)
    assert reader.get(ROOM).text_of("#room-item") == "1 · Satu"
    assert reader.quiet(f"{MINUTES}/discussed", agenda_item=second, once=key_of("tiga")).status_code == 404


def test_an_idle_look_has_no_body_and_a_changed_room_comes_whole(visit: Visitor) -> None:
    reader = visit.as_(READER)
    version = reader.get(ROOM).soup.select_one("[data-version]")["data-version"]
    seen = {"If-None-Match": f'W/"{version}"', "Accept": "application/json"}

    idle = reader.client.get(f"{ROOM}/changes", headers=seen)
    write(visit.as_(SECRETARIAT), "k disepakati <i>sesuatu</i>")
    news = reader.client.get(f"{ROOM}/changes", headers=seen)

    assert (idle.status_code, idle.get_data()) == (304, b"")
    assert len(str(idle.headers)) < 1024
    assert "disepakati &lt;i&gt;sesuatu&lt;/i&gt;" in news.json["html"]
    assert news.json["version"] != version


def test_what_a_reader_may_not_see_is_not_in_the_room(visit: Visitor, session: Session) -> None:
    write(visit.as_(SECRETARIAT), "k disepakati sesuatu yang rahasia")
    session.execute(update(Statement).where(Statement.gist_id.contains("rahasia")).values(classification="secret"))
    session.commit()
    reader = visit.as_(READER)

    assert "rahasia" not in reader.get(ROOM).text
    assert "rahasia" not in reader.quiet(f"{ROOM}/changes").json["html"]
    session.execute(update(Meeting).where(Meeting.id == 1).values(classification="secret", recorded_by_id=None))
    session.commit()
    reader.get(ROOM, status=404)
    assert reader.quiet(f"{ROOM}/changes").status_code == 404


def test_a_line_is_put_before_or_after_another_of_the_same_minutes(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    for words in ("satu", "dua", "tiga"):
        write(browser, words)
    rows = session.execute(select(Statement.gist_id, Statement.id).filter_by(meeting_id=1, removed_at=None))
    line = {row.gist_id: row.id for row in rows}
    elsewhere = session.scalars(select(Statement.id).where(Statement.meeting_id != 1)).first()

    def order() -> list[str]:
        said = select(Statement.gist_id).filter_by(meeting_id=1, removed_at=None).order_by(Statement.place)
        return list(session.scalars(said))[-3:]

    def move(words: str, **place: str) -> int:
        address = f"/meetings/minutes/lines/{line[words]}/move"
        return browser.quiet(address, once=key_of(f"{words}{place}"), **place).status_code

    assert move("tiga", before=str(line["satu"])) == 200
    assert order() == ["tiga", "satu", "dua"]
    assert move("tiga", after=str(line["satu"])) == 200
    assert order() == ["satu", "tiga", "dua"]
    assert move("satu", after=str(line["satu"])) in {409, 422}
    assert move("satu", before=str(elsewhere)) in {409, 422}
    assert move("satu", before="999999") == 404
    assert order() == ["satu", "tiga", "dua"]
