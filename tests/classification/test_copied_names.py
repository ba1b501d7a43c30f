"""A name that was taken over from a meeting is read by those who see that meeting, until somebody types another."""

import io
import json

import pytest
from docx import Document
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.visitor import READER, SECRETARIAT, Visitor
from tracker.accounts.models import Account
from tracker.core.actor import SYSTEM, Classification, acting
from tracker.core.visibility import unrestricted
from tracker.meetings import queries as meetings
from tracker.meetings.models import AgendaItem, Meeting
from tracker.meetings.series.models import MeetingSeries, SeriesMeeting
from tracker.minutes.models import MinutesVersion
from tracker.minutes.queries import content_of, frozen
from tracker.minutes.rules import canonical

WORD = "rahasiakelak"
FOUND = f"/search?q={WORD}&kind=meeting"
NEUTRAL = "Nama tidak ditampilkan"


@pytest.fixture
def secretariat(visit: Visitor) -> Visitor:
    return visit.as_(SECRETARIAT)


@pytest.fixture
def first(secretariat: Visitor, session: Session) -> int:
    """A meeting that an ordinary one of its series follows, and another follows that; one of their own is with them."""
    new = secretariat.get("/meetings/new")
    typed = {"name_id": f"Rapat {WORD}", "name_en": f"Meeting {WORD}", "date": "2026-03-02", "agenda": "Satu hal"}
    secretariat.follow(secretariat.submit(new, "/meetings/new", **typed))
    number = newest(session)
    path = f"/meetings/{number}/series/new"
    secretariat.follow(secretariat.submit(secretariat.get(path), path, rhythm="weekly"))
    path = "/meetings/1/series/join"
    series = session.scalars(select(SeriesMeeting.series_id).filter_by(meeting_id=number)).one()
    secretariat.follow(secretariat.submit(secretariat.get(path), path, series=str(series)))
    for _ in range(2):
        path = f"/meetings/{newest(session)}/next"
        secretariat.follow(secretariat.submit(secretariat.get(path), path))
    return number


def newest(session: Session) -> int:
    return session.scalars(select(Meeting.id).order_by(Meeting.id.desc()).limit(1)).one()


def make_secret(secretariat: Visitor, number: int) -> None:
    path = f"/classification/meetings/{number}"
    answer = secretariat.submit(secretariat.get(path), path, classification="top_secret", reason="Menyangkut saksi")
    assert answer.status == 303


def clear(session: Session) -> None:
    session.execute(update(Account).filter_by(username=SECRETARIAT).values(clearance=Classification.TOP_SECRET))


def told_to(reader: Visitor, session: Session, number: int) -> dict[str, str]:
    """Wherever the name of a meeting comes out that goes on under the name of this one."""
    later = newest(session)
    series = session.scalars(select(SeriesMeeting.series_id).filter_by(meeting_id=later)).one()
    paths = (
        "/", "/meetings?view=all", f"/meetings?q={WORD}", "/meetings.csv?view=all", f"/meetings/series/{series}",
        f"/meetings/{later}", f"/meetings/{later - 1}", "/meetings/1", f"/search/suggestions?q={WORD[:6]}",
        f"/meetings/{later}/minutes/changes",
    )  # fmt: skip
    pages = {path: reader.client.get(path, buffered=True).get_data(as_text=True) for path in paths}
    pages = {path: words.replace(f'value="{WORD}"', "").replace(f"q={WORD}", "") for path, words in pages.items()}
    pages |= {path: reader.get(path).text_of(".hits") for path in (f"/search?q={WORD}", FOUND)}
    return pages | {f"word of {one}": _word(reader, one) for one in (later, later - 1)}


def _word(reader: Visitor, number: int) -> str:
    word = Document(io.BytesIO(reader.client.get(f"/meetings/{number}/minutes.docx", buffered=True).data))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    feet = [part.text for section in word.sections for part in section.footer.paragraphs]
    return " ".join([word.core_properties.title, *(one.text for one in word.paragraphs), *cells, *feet])


def test_a_name_that_was_taken_over_is_read_where_the_meeting_it_comes_from_is_seen(
    secretariat: Visitor, visit: Visitor, session: Session, first: int
) -> None:
    clear(session)
    reader, later = visit.as_(READER), newest(session)
    before = told_to(reader, session, first)
    assert {path for path, words in before.items() if WORD in words} >= {
        "/meetings?view=all", "/meetings.csv?view=all", f"/meetings/{later}", "/meetings/1", f"word of {later}",
        FOUND,
    }  # fmt: skip

    make_secret(secretariat, first)

    after = told_to(reader, session, first)
    assert {path for path, words in after.items() if WORD in words.casefold()} == set()
    assert after[FOUND] == ""
    assert NEUTRAL in after[f"/meetings/{later}"]
    assert NEUTRAL in after["/meetings.csv?view=all"]
    series = session.scalars(select(SeriesMeeting.series_id).filter_by(meeting_id=later)).one()
    assert WORD in secretariat.get(f"/meetings/series/{series}").heading  # sees the first meeting, too
    assert WORD in secretariat.get(f"/meetings/{later}").heading
    assert WORD not in _word(secretariat, later)  # paper goes to readers of the later meeting


def test_whoever_cannot_read_a_name_keeps_it_and_whoever_can_gives_another(
    secretariat: Visitor, visit: Visitor, session: Session, first: int
) -> None:
    clear(session)
    make_secret(secretariat, first)
    session.execute(update(Account).filter_by(username=SECRETARIAT).values(clearance=Classification.ORDINARY))
    later = newest(session)
    series = session.scalars(select(SeriesMeeting.series_id).filter_by(meeting_id=later)).one()
    for path, table, number in (
        (f"/meetings/{later}/edit", Meeting, later), (f"/meetings/series/{series}/edit", MeetingSeries, series),
    ):  # fmt: skip
        stored = select(table.__table__.c.named_after_id).where(table.__table__.c.id == number)
        page = secretariat.get(path)
        assert WORD not in page.text
        assert secretariat.submit(page, path).status == 303  # what was not touched
        refused = secretariat.submit(secretariat.get(path), path, name_id="Nama lain")
        assert (refused.status, "rapat yang tidak dapat Anda lihat" in refused.text) == (422, True)
        assert session.scalar(stored) == first

    clear(session)
    reader = visit.as_(READER)
    for path, shown in ((f"/meetings/{later}/edit", f"/meetings/{later}"),
                        (f"/meetings/series/{series}/edit", f"/meetings/series/{series}")):  # fmt: skip
        page = secretariat.get(path)
        assert WORD in page.text  # was kept
        secretariat.follow(secretariat.submit(page, path, name_id="Nama lain", name_en=""))
        assert reader.get(shown).heading == "Nama lain"


def test_a_name_that_one_cannot_read_is_handed_on_all_the_same(
    secretariat: Visitor, visit: Visitor, session: Session, first: int
) -> None:
    clear(session)
    make_secret(secretariat, first)
    session.execute(update(Account).filter_by(username=SECRETARIAT).values(clearance=Classification.ORDINARY))
    path = f"/meetings/{newest(session)}/next"
    secretariat.follow(secretariat.submit(secretariat.get(path), path))
    later = newest(session)

    assert visit.as_(READER).get(f"/meetings/{later}").heading == NEUTRAL
    clear(session)
    assert WORD in secretariat.get(f"/meetings/{later}").heading


def test_the_words_of_an_agenda_item_that_is_carried_on_twice_stay_with_their_meeting(
    secretariat: Visitor, visit: Visitor, session: Session, first: int
) -> None:
    clear(session)
    session.execute(update(AgendaItem).filter_by(meeting_id=first).values(text=f"Hal {WORD}"))
    item = session.scalars(select(AgendaItem).filter_by(meeting_id=first)).one()
    later = newest(session)
    for to in (later - 1, later):
        path = f"/meetings/agenda/{item.id}/carry"
        page = secretariat.get(path)
        secretariat.follow(secretariat.submit(page, path, to=str(to)))
        item = session.scalars(select(AgendaItem).filter_by(carried_from_id=item.id)).one()
    assert f"Hal {WORD}" in visit.as_(READER).get(f"/meetings/{later}").text

    make_secret(secretariat, first)

    assert f"Hal {WORD}" not in visit.as_(READER).get(f"/meetings/{later}").text


def test_frozen_minutes_name_their_meeting_where_its_name_is_read(
    secretariat: Visitor, session: Session, first: int, app: Flask
) -> None:
    clear(session)
    later = newest(session)
    with app.app_context(), acting(SYSTEM), unrestricted():
        content = canonical(content_of(meetings.meeting(later)))
    make_secret(secretariat, first)
    path = f"/meetings/{later}/edit"
    secretariat.follow(secretariat.submit(secretariat.get(path), path, name_id="Nama lain", name_en=""))

    with app.app_context(), acting(SYSTEM), unrestricted():
        told = frozen(MinutesVersion(meeting_id=later, content=content))

    assert WORD in content
    assert WORD not in json.dumps(told)
