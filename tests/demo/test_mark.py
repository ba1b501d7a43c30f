"""Invented records say so, on pages and on paper; the real meeting does not, and other installations say nothing."""

import io

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.visitor import ADVISER, READER, SECRETARIAT, Visitor
from tracker.actions.models import ActionItem
from tracker.core.actor import Classification
from tracker.core.visibility import unrestricted
from tracker.demo.mark import KNOWN
from tracker.meetings import queries
from tracker.meetings.models import Meeting
from tracker.minutes.documents.labels.minutes import attendance_sheet, sheet_of
from tracker.minutes.queries import content_of
from tracker.proposals.models import Proposal

pytestmark = pytest.mark.one_database
BAR = "Data contoh: selain rapat 21 Oktober 2020, semuanya rekaan untuk ilustrasi."


def test_every_page_says_once_that_the_data_are_examples(visit: Visitor) -> None:
    browser = visit.as_(READER)

    for path in ("/", "/meetings/1", "/proposals", "/targets?editions=in_force"):
        assert browser.get(path).all_of(".demo-bar") == [BAR]


def test_an_installation_without_the_demo_says_nothing(app: Flask, visit: Visitor, session: Session) -> None:
    session.execute(update(Meeting).values(source_type=None))
    app.extensions.pop(KNOWN, None)  # settled before by another test of this process

    try:
        assert visit.as_(READER).get("/meetings").all_of(".demo-bar") == []
    finally:
        app.extensions.pop(KNOWN, None)


def test_invented_records_are_marked_and_the_real_ones_are_not(visit: Visitor, session: Session) -> None:
    browser = visit.as_(READER)
    invented = [
        session.scalars(
            select(model).filter_by(classification=Classification.ORDINARY).order_by(model.id.desc())
        ).first()
        for model in (Meeting, Proposal, ActionItem)
    ]

    for kind, row in zip(("meetings", "proposals", "actions"), invented, strict=True):
        assert "ilustrasi" in browser.get(f"/{kind}/{row.id}").text_of(".page-meta, .record-line")
    for path in ("/meetings/1", "/proposals/1"):
        assert "ilustrasi" not in browser.get(path).text_of(".page-meta, .record-line")


def test_printed_minutes_and_lists_of_invented_meetings_say_so(app: Flask) -> None:
    with app.test_request_context():
        with unrestricted():
            contents = [content_of(queries.meeting(number)) for number in (1, 5)]

        notices = [(sheet_of(one)["notice"], attendance_sheet(one)["notice"]) for one in contents]

    assert notices == [
        ("disusun dari siaran pers; belum disahkan", ""),
        ("rekaan untuk ilustrasi; bukan dokumen resmi",) * 2,
    ]


def test_lists_that_leave_the_house_say_so(visit: Visitor, session: Session) -> None:
    browser = visit.as_(READER)

    def told() -> bool:
        book = CalamineWorkbook.from_filelike(io.BytesIO(browser.get("/meetings.xlsx").response.get_data()))
        return ["Data contoh", BAR.removeprefix("Data contoh: ").rstrip(".")] in book.get_sheet_by_name(
            "Catatan"
        ).to_python()

    assert told()
    session.execute(update(Meeting).values(source_type=None))
    assert not told()


def test_the_source_of_an_invented_meeting_stays_and_is_offered_nowhere_else(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    offered = {
        path: [option["value"] for option in browser.get(path).soup.select("[name=source_type] option")]
        for path in ("/meetings/new", "/meetings/1/edit", "/meetings/5/edit")
    }

    assert [("illustration" in found) for found in offered.values()] == [False, False, True]
    answer = browser.submit(browser.get("/meetings/5/edit"), "/meetings/5/edit", venue="Aula")
    assert answer.status == 303, answer.problems
    session.expire_all()
    assert session.get_one(Meeting, 5).source_type == "illustration"


def test_what_happened_last_to_a_proposal_of_2020_is_dated_2020(visit: Visitor) -> None:
    cards = visit.as_(ADVISER).get("/").all_of("#my-proposals .card")
    real = [card for card in cards if "U-2020-" in card]

    assert real
    assert all("Peristiwa terakhir Diusulkan, 21 Okt 2020" in card for card in real)
