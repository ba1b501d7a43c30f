"""A name copied from another meeting is shown only to those who may see that meeting, until it is changed."""

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
SEARCH_URL = f"/search?q={WORD}&kind=meeting"
NEUTRAL = "Nama tidak ditampilkan"


@pytest.fixture
def secretariat(visit: Visitor) -> Visitor:
    return visit.as_(SECRETARIAT)


@pytest.fixture
def first_meeting(secretariat: Visitor, session: Session) -> int:
    """The first of three meetings of a series, whose name the other two copied; meeting 1 also joins the series."""
    new = secretariat.get("/meetings/new")
    fields = {"name_id": f"Rapat {WORD}", "name_en": f"Meeting {WORD}", "date": "2026-03-02", "agenda": "Satu hal"}
    secretariat.follow(secretariat.submit(new, "/meetings/new", **fields))
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


TABS = ("outcomes", "people", "files", "history")


def texts_shown_to(reader: Visitor, session: Session) -> dict[str, str]:
    """Text of every page, search result and document that shows the name of the series' meetings."""
    later = newest(session)
    series = session.scalars(select(SeriesMeeting.series_id).filter_by(meeting_id=later)).one()
    paths = (
        "/", "/meetings?view=all", f"/meetings?q={WORD}", "/meetings.csv?view=all", f"/meetings/series/{series}",
        f"/meetings/{later}", f"/meetings/{later - 1}", "/meetings/1", f"/search/suggestions?q={WORD[:6]}",
        f"/meetings/{later}/minutes/changes", *(f"/meetings/{later}/{tab}" for tab in TABS),
    )  # fmt: skip
    pages = {path: reader.client.get(path, buffered=True).get_data(as_text=True) for path in paths}
    pages = {path: text.replace(f'value="{WORD}"', "").replace(f"q={WORD}", "") for path, text in pages.items()}
    pages |= {path: reader.get(path).text_of(".hits") for path in (f"/search?q={WORD}", SEARCH_URL)}
    return pages | {f"minutes of {number}": _docx_text(reader, number) for number in (later, later - 1)}


def _docx_text(reader: Visitor, number: int) -> str:
    document = Document(io.BytesIO(reader.client.get(f"/meetings/{number}/minutes.docx", buffered=True).data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    footers = [paragraph.text for section in document.sections for paragraph in section.footer.paragraphs]
    return " ".join(
        [document.core_properties.title, *(paragraph.text for paragraph in document.paragraphs), *cells, *footers]
    )


def test_a_copied_name_is_hidden_from_those_who_may_not_see_its_meeting(
    secretariat: Visitor, visit: Visitor, session: Session, first_meeting: int
) -> None:
    clear(session)
    reader, later = visit.as_(READER), newest(session)
    before = texts_shown_to(reader, session)
    assert {path for path, text in before.items() if WORD in text} >= {
        "/meetings?view=all", "/meetings.csv?view=all", f"/meetings/{later}", "/meetings/1", f"minutes of {later}",
        SEARCH_URL,
    }  # fmt: skip

    make_secret(secretariat, first_meeting)

    after = texts_shown_to(reader, session)
    assert {path for path, text in after.items() if WORD in text.casefold()} == set()
    assert after[SEARCH_URL] == ""
    assert NEUTRAL in after[f"/meetings/{later}"]
    assert NEUTRAL in after["/meetings.csv?view=all"]
    series = session.scalars(select(SeriesMeeting.series_id).filter_by(meeting_id=later)).one()
    assert WORD in secretariat.get(f"/meetings/series/{series}").heading  # may see the first meeting
    assert WORD in secretariat.get(f"/meetings/{later}").heading
    assert WORD not in _docx_text(secretariat, later)  # documents are read by everybody who may see the later meeting


def test_a_hidden_name_survives_an_edit_and_only_those_who_see_it_change_it(
    secretariat: Visitor, visit: Visitor, session: Session, first_meeting: int
) -> None:
    clear(session)
    make_secret(secretariat, first_meeting)
    session.execute(update(Account).filter_by(username=SECRETARIAT).values(clearance=Classification.ORDINARY))
    later = newest(session)
    series = session.scalars(select(SeriesMeeting.series_id).filter_by(meeting_id=later)).one()
    for path, table, number in (
        (f"/meetings/{later}/edit", Meeting, later), (f"/meetings/series/{series}/edit", MeetingSeries, series),
    ):  # fmt: skip
        stored = select(table.__table__.c.named_after_id).where(table.__table__.c.id == number)
        page = secretariat.get(path)
        assert WORD not in page.text
        assert secretariat.submit(page, path).status == 303  # unchanged
        refused = secretariat.submit(secretariat.get(path), path, name_id="Nama lain")
        assert (refused.status, "rapat yang tidak dapat Anda lihat" in refused.text) == (422, True)
        assert session.scalar(stored) == first_meeting

    clear(session)
    reader = visit.as_(READER)
    for path, page_path in ((f"/meetings/{later}/edit", f"/meetings/{later}"),
                        (f"/meetings/series/{series}/edit", f"/meetings/series/{series}")):  # fmt: skip
        page = secretariat.get(path)
        assert WORD in page.text  # survived the edit above
        secretariat.follow(secretariat.submit(page, path, name_id="Nama lain", name_en=""))
        assert reader.get(page_path).heading == "Nama lain"


def test_a_hidden_name_is_copied_to_the_next_meeting(
    secretariat: Visitor, visit: Visitor, session: Session, first_meeting: int
) -> None:
    clear(session)
    make_secret(secretariat, first_meeting)
    session.execute(update(Account).filter_by(username=SECRETARIAT).values(clearance=Classification.ORDINARY))
    path = f"/meetings/{newest(session)}/next"
    secretariat.follow(secretariat.submit(secretariat.get(path), path))
    later = newest(session)

    assert visit.as_(READER).get(f"/meetings/{later}").heading == NEUTRAL
    clear(session)
    assert WORD in secretariat.get(f"/meetings/{later}").heading


def test_an_agenda_item_carried_over_twice_is_hidden_with_its_first_meeting(
    secretariat: Visitor, visit: Visitor, session: Session, first_meeting: int
) -> None:
    clear(session)
    session.execute(update(AgendaItem).filter_by(meeting_id=first_meeting).values(text=f"Hal {WORD}"))
    item = session.scalars(select(AgendaItem).filter_by(meeting_id=first_meeting)).one()
    later = newest(session)
    for target in (later - 1, later):
        path = f"/meetings/agenda/{item.id}/carry"
        page = secretariat.get(path)
        secretariat.follow(secretariat.submit(page, path, to=str(target)))
        item = session.scalars(select(AgendaItem).filter_by(carried_from_id=item.id)).one()
    assert f"Hal {WORD}" in visit.as_(READER).get(f"/meetings/{later}").text

    make_secret(secretariat, first_meeting)

    assert f"Hal {WORD}" not in visit.as_(READER).get(f"/meetings/{later}").text


@pytest.mark.parametrize("taken_off", [0, 1])
@pytest.mark.parametrize("classified", [0, 1])
def test_an_agenda_item_stays_with_the_meetings_it_comes_from_when_it_is_taken_off_there(
    secretariat: Visitor, visit: Visitor, session: Session, first_meeting: int, taken_off: int, classified: int
) -> None:
    clear(session)
    session.execute(update(AgendaItem).filter_by(meeting_id=first_meeting).values(text=f"Hal {WORD}"))
    places = [session.scalars(select(AgendaItem).filter_by(meeting_id=first_meeting)).one()]
    places[0].about_meeting_id = 1  # its words name another meeting besides
    session.flush()
    later = newest(session)
    for to in (later - 1, later):
        path = f"/meetings/agenda/{places[-1].id}/carry"
        secretariat.follow(secretariat.submit(secretariat.get(path), path, to=str(to)))
        places.append(session.scalars(select(AgendaItem).filter_by(carried_from_id=places[-1].id)).one())
    meetings_passed, taken_off_id = [item.meeting_id for item in places], places[taken_off].id
    gone = session.get_one(Meeting, meetings_passed[taken_off])
    path = f"/meetings/{gone.id}/edit"
    secretariat.follow(secretariat.submit(secretariat.get(path), path, agenda=""))
    session.expire_all()
    assert session.scalars(select(AgendaItem.id).filter_by(id=taken_off_id)).all() == []
    assert f"Hal {WORD}" in visit.as_(READER).get(f"/meetings/{later}").text

    make_secret(secretariat, meetings_passed[classified])

    assert f"Hal {WORD}" not in visit.as_(READER).get(f"/meetings/{later}").text


def test_frozen_minutes_hide_a_copied_name(
    secretariat: Visitor, session: Session, first_meeting: int, app: Flask
) -> None:
    clear(session)
    later = newest(session)
    with app.app_context(), acting(SYSTEM), unrestricted():
        content = canonical(content_of(meetings.meeting(later)))
    make_secret(secretariat, first_meeting)
    path = f"/meetings/{later}/edit"
    secretariat.follow(secretariat.submit(secretariat.get(path), path, name_id="Nama lain", name_en=""))

    with app.app_context(), acting(SYSTEM), unrestricted():
        shown = frozen(MinutesVersion(meeting_id=later, content=content))

    assert WORD in content
    assert WORD not in json.dumps(shown)
