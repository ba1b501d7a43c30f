"""Meetings that end on a later day: shown on pages, in lists, search, documents and files."""

import csv
import datetime as dt
import io
import re

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.databases import Kind
from tests.visitor import SECRETARIAT, Page, Visitor
from tracker.core.wording import days, hours, short_days, speaking
from tracker.meetings.models import Meeting

EDIT = "/meetings/1/edit"
NIGHT = {"start_time": "22:00", "end_time": "01:30"}


def save(browser: Visitor, **changes: str) -> Page:
    return browser.submit(browser.get(EDIT), EDIT, **changes)


def test_an_end_past_midnight_must_be_confirmed(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)

    question = save(browser, **NIGHT)
    confirmed = browser.submit(question, EDIT, ends_next_day="y")

    assert (question.status, question.problems) == (422, ["Selesai keesokan harinya? Beri tanda atau ubah jamnya."])
    assert confirmed.status == 303
    meeting = session.scalars(select(Meeting).filter_by(id=1)).one()
    assert (meeting.start_time, meeting.end_time, meeting.end_on) == (
        dt.time(22),
        dt.time(1, 30),
        dt.date(2020, 10, 22),
    )


@pytest.mark.parametrize("kind", ["sqlite"])
def test_page_list_search_document_and_file_show_the_last_day(visit: Visitor, kind: Kind) -> None:
    browser = visit.as_(SECRETARIAT)
    assert save(browser, **NIGHT, ends_next_day="y").status == 303

    span = "Rabu, 21 Oktober – Kamis, 22 Oktober 2020"
    assert "22.00–01.30 (22 Okt 2020) WIB" in browser.get("/meetings/1").text
    search = "/search?q=target+kinerja+2021&kind=meeting"
    for path in ("/meetings/1", "/meetings/1/minutes", search):
        assert span in browser.get(path).text, path
    assert "21–22 Okt 2020" in browser.get("/meetings?year=2020").text
    file = io.StringIO(browser.get("/meetings.csv?year=2020").response.data.decode("utf-8-sig"))
    assert [row["Hari terakhir"] for row in csv.DictReader(file, delimiter=";")] == ["22 Okt 2020"]
    pdf = PdfReader(io.BytesIO(browser.get("/meetings/1/minutes.pdf").response.data))
    text = re.sub(r"[\s\u00ad-]+", "", " ".join(page.extract_text() for page in pdf.pages))
    for words in (span, "22.00–01.30 (22 Okt 2020) WIB", "pukul 01.30 WIB, 22 Oktober 2020"):
        assert re.sub(r"[\s-]+", "", words) in text, words


@pytest.mark.parametrize("kind", ["sqlite"])
def test_a_meeting_of_several_days_is_edited_and_filtered(visit: Visitor, session: Session, kind: Kind) -> None:
    browser = visit.as_(SECRETARIAT)
    save(browser, ends_next_day="y")
    checkbox = browser.get(EDIT).soup.select_one("[name=ends_next_day]")
    page = browser.get(EDIT)

    assert checkbox.has_attr("checked")
    assert browser.submit(page, EDIT, ends_next_day=[], end_on="2020-10-23").status == 303
    assert browser.get(EDIT).soup.select_one("[name=end_on]")["value"] == "2020-10-23"
    for first, last in (("2020-10-23", "2020-10-23"), ("2020-10-22", ""), ("2020-10-24", "2020-10-30")):
        listed = browser.get(f"/meetings?year=&from_on={first}&to_on={last}").text
        assert ("R-2020-001" in listed) == (first != "2020-10-24"), first
    contradictory = save(browser, ends_next_day="y")
    assert contradictory.problems == ["Pilih salah satu: selesai keesokan harinya atau pada hari ini."]
    page = browser.get(EDIT)
    assert browser.submit(page, EDIT, end_on="2020-10-21").status == 303
    assert session.scalar(select(Meeting.end_on).filter_by(id=1)) is None


FIRST = dt.date(2020, 10, 21)


@pytest.mark.parametrize(
    ("last", "indonesian", "english"),
    [
        (None, ("Rabu, 21 Oktober 2020", "21 Okt 2020"), ("Wednesday, 21 October 2020", "21 Oct 2020")),
        (FIRST, ("Rabu, 21 Oktober 2020", "21 Okt 2020"), ("Wednesday, 21 October 2020", "21 Oct 2020")),
        (dt.date(2020, 10, 22), ("Rabu, 21 Oktober – Kamis, 22 Oktober 2020", "21–22 Okt 2020"),
         ("Wednesday, 21 October – Thursday, 22 October 2020", "21–22 Oct 2020")),
        (dt.date(2020, 11, 2), ("Rabu, 21 Oktober – Senin, 2 November 2020", "21 Okt – 2 Nov 2020"),
         ("Wednesday, 21 October – Monday, 2 November 2020", "21 Oct – 2 Nov 2020")),
        (dt.date(2021, 1, 1), ("Rabu, 21 Oktober 2020 – Jumat, 1 Januari 2021", "21 Okt 2020 – 1 Jan 2021"),
         ("Wednesday, 21 October 2020 – Friday, 1 January 2021", "21 Oct 2020 – 1 Jan 2021")),
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["sqlite"])
def test_a_span_of_days_leaves_out_repeated_months_and_years(
    app: Flask, kind: Kind, last: dt.date | None, indonesian: tuple[str, str], english: tuple[str, str]
) -> None:
    with app.app_context():
        for code, words in (("id", indonesian), ("en", english)):
            with speaking(code):
                assert (days(FIRST, last), short_days(FIRST, last)) == words


@pytest.mark.parametrize("kind", ["sqlite"])
def test_hours_show_the_end_date_only_if_it_is_another_day(app: Flask, kind: Kind) -> None:
    ten, half_past_one = dt.time(22), dt.time(1, 30)
    with app.app_context(), speaking("id"):
        assert hours(ten, None, FIRST, None) == "22.00"
        assert hours(half_past_one, ten, FIRST, FIRST) == "01.30–22.00"
        assert hours(ten, half_past_one, FIRST, dt.date(2020, 10, 22)) == "22.00–01.30 (22 Okt 2020)"
