"""Closing a sitting: frozen bytes, minutes of its own, everything open carried over, nobody told what is not theirs."""

import io
import json
from pathlib import Path

import pytest
from flask import Flask
from pypdf import PdfReader
from python_calamine import CalamineWorkbook
from sqlalchemy import select, text, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from tests.reviews.sitting import decide, opened, this_week
from tests.visitor import READER, REVIEWER, Visitor
from tracker.accounts.models import Account
from tracker.actions.models import ActionItem
from tracker.audit.models import AuditEntry
from tracker.meetings.models import Attendance, Meeting, Statement
from tracker.minutes.rules import mark_of
from tracker.reviews.formats import DRAWN
from tracker.reviews.models import Review, ReviewItem
from tracker.reviews.rules import ReviewStatus


def held(browser: Visitor, session: Session) -> Review:
    """This week's sitting with two decisions, closed."""
    opened(browser)
    decide(browser, browser.get(f"{this_week()}/queue"), "extend", due_on="2099-01-04", reason="Menunggu data")
    decide(browser, browser.get(f"{this_week()}/queue"), "goes_on", note="Tetap berjalan")
    browser.follow(browser.submit(browser.get(this_week()), f"{this_week()}/close"))
    return session.scalars(select(Review).order_by(Review.id.desc())).first()


def test_a_closed_sitting_is_frozen_and_its_mark_holds(visit: Visitor, session: Session) -> None:
    review = held(visit.as_(REVIEWER), session)

    assert review.content_hash == mark_of(review.content)
    assert visit.as_(REVIEWER).client.get(f"{this_week()}/queue").status_code == 303
    for change in (
        update(Review).where(Review.id == review.id).values(content="{}"),
        update(ReviewItem).where(ReviewItem.review_id == review.id).values(note="lain"),
        text(f"DELETE FROM review_item WHERE review_id = {review.id}"),
    ):
        with pytest.raises(DatabaseError):
            session.execute(change)


def test_it_writes_its_own_minutes_with_who_took_part(visit: Visitor, session: Session) -> None:
    review = held(visit.as_(REVIEWER), session)

    meeting = session.get(Meeting, review.meeting_id)
    there = session.scalars(select(Attendance).filter_by(meeting_id=meeting.id)).all()
    said = session.scalars(select(Statement).filter_by(meeting_id=meeting.id).order_by(Statement.place)).all()
    assert (meeting.meeting_type, meeting.status, meeting.date) == ("weekly_review", "held", review.held_on)
    assert len(there) == 1
    assert [(one.kind, one.speaker_id) for one in said] == [("decision", there[0].id), ("information", there[0].id)]
    assert "4 Januari 2099" in said[0].gist_id
    assert "4 January 2099" in said[0].gist_en


def test_minutes_tell_what_changes_and_name_the_rest_in_one_line(visit: Visitor, session: Session) -> None:
    browser = visit.as_(REVIEWER)
    opened(browser)
    decide(browser, browser.get(f"{this_week()}/queue"), "extend", due_on="2099-01-04", reason="Menunggu data")
    for _ in range(3):
        decide(browser, browser.get(f"{this_week()}/queue"), "goes_on")
    browser.submit(browser.get(this_week()), f"{this_week()}/close")

    review = session.scalars(select(Review).order_by(Review.id.desc())).first()
    meeting = session.get(Meeting, review.meeting_id)
    chair = session.scalars(select(Attendance).filter_by(meeting_id=meeting.id)).one()
    said = session.scalars(select(Statement).filter_by(meeting_id=meeting.id).order_by(Statement.place)).all()
    decided = session.scalars(select(ReviewItem).filter_by(review_id=review.id, decision="goes_on")).all()
    codes = sorted(session.get(ActionItem, item.action_id).code for item in decided)
    assert [one.kind for one in said] == ["decision", "information"]
    assert said[1].gist_id == f"3 butir lanjut: {', '.join(codes)}"
    assert chair.role == "chair"
    assert meeting.start_time
    assert meeting.end_time >= meeting.start_time
    extended = session.scalars(select(ReviewItem).filter_by(review_id=review.id, decision="extend")).one()
    page = browser.get(f"/meetings/statements/{said[0].id}")
    assert session.get(ActionItem, extended.action_id).code in page.text_of(".chain")


def test_what_stays_open_is_carried_over_with_its_count_of_weeks(visit: Visitor, session: Session) -> None:
    review = held(visit.as_(REVIEWER), session)

    weeks = dict(
        session.execute(select(ReviewItem.action_id, ReviewItem.sittings).filter_by(review_id=review.id)).all()
    )
    before = dict(
        session.execute(select(ReviewItem.action_id, ReviewItem.sittings).filter_by(review_id=review.previous_id)).all()
    )
    carried = set(weeks) & set(before) - {None}
    assert carried
    assert all(weeks[one] == before[one] + 1 for one in carried)


def test_a_reader_sees_the_report_without_what_is_not_open_to_them(visit: Visitor, session: Session) -> None:
    review = held(visit.as_(REVIEWER), session)
    secret = set(
        session.scalars(select(ActionItem.code).where(ActionItem.classification != "ordinary"))
    ) & {one["code"] for one in json.loads(review.content)["items"]}  # fmt: skip
    assert secret
    browser = visit.as_(READER)

    page = browser.get(this_week())
    listed = browser.get(f"{this_week()}/items")

    told = int(listed.text_of(".pager").split()[0])
    ordinary = [one for one in json.loads(review.content)["items"] if one["classification"] == "ordinary"]
    assert told == len(ordinary) == sum(int(number) for number in page.all_of(".tile-number"))
    assert not any(code in page.text + listed.text for code in secret)


def test_decisions_that_a_reader_may_not_see_are_counted_in_the_report(visit: Visitor, session: Session) -> None:
    review = held(visit.as_(REVIEWER), session)
    decided = select(ReviewItem.action_id).where(ReviewItem.review_id == review.id, ReviewItem.decision.is_not(None))
    session.execute(update(ActionItem).where(ActionItem.id.in_(decided)).values(classification="ordinary"))
    browser = visit.as_(READER)
    assert "disembunyikan" not in browser.get(this_week()).text
    session.execute(update(ActionItem).where(ActionItem.id == session.scalar(decided.limit(1))).values(
        classification="secret"))  # fmt: skip

    assert "1 butir disembunyikan" in browser.get(this_week()).text_of("#decisions")
    paper = PdfReader(io.BytesIO(browser.get(f"{this_week()}/report.pdf").response.data)).pages
    assert "1 butir disembunyikan" in " ".join("".join(page.extract_text() for page in paper).split())


def test_a_report_with_something_secret_is_a_reading(visit: Visitor, session: Session) -> None:
    review = held(visit.as_(REVIEWER), session)
    decided = (
        select(ActionItem).join(ReviewItem, ReviewItem.action_id == ActionItem.id)
        .where(ReviewItem.review_id == review.id, ReviewItem.decision.is_not(None), ActionItem.pic_id.is_not(None))
    )  # fmt: skip
    action = session.scalars(decided.limit(1)).one()
    account = session.scalars(select(Account).filter_by(username=READER)).one()
    account.person_id, account.clearance, action.classification = action.pic_id, "secret", "secret"
    session.flush()

    for path in (this_week(), f"{this_week()}/report.xlsx"):
        visit.as_(READER).get(path)

    read = select(AuditEntry).filter_by(change="read", table_name="action_item", row_id=str(action.id))
    told = [entry.page for entry in session.scalars(read.order_by(AuditEntry.id))]
    assert told == ["reviews.show", "exchange.report_xlsx"]


def test_the_report_leaves_as_a_sheet_and_on_paper_with_the_rows_of_the_page(visit: Visitor, session: Session) -> None:
    held(visit.as_(REVIEWER), session)

    for who in (REVIEWER, READER):
        browser = visit.as_(who)
        shown = [row.split()[0] for row in browser.get(this_week()).all_of("#decisions tbody tr")]
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(browser.get(f"{this_week()}/report.xlsx").response.data))
        rows = sheet.get_sheet_by_index(0).to_python()[1:]
        pages = PdfReader(io.BytesIO(browser.get(f"{this_week()}/report.pdf").response.data)).pages
        paper = "".join(page.extract_text() for page in pages)
        assert [row[0] for row in rows] == shown
        assert all(code in paper for code in shown)
        assert any("4 Januari 2099" in row[6] for row in rows) == bool(shown)


def test_the_weeks_up_to_a_sitting_are_drawn_on_its_page_and_on_paper(visit: Visitor, session: Session) -> None:
    held(visit.as_(REVIEWER), session)
    weeks = sorted(session.scalars(select(Review.week).where(Review.status == ReviewStatus.CLOSED)))
    browser = visit.as_(READER)
    drawn = {}
    for week in weeks:
        page = browser.get(f"/reviews/{week}")
        paper = PdfReader(io.BytesIO(browser.get(f"/reviews/{week}/report.pdf").response.data)).pages[0].extract_text()
        shown = [mark for mark in page.all_of("#decisions svg .trend-period") if mark in paper]
        drawn[week] = shown, "Mundur sejak tinjauan lalu" in paper, "rekaan untuk ilustrasi" in paper

    assert len(weeks) > 2
    assert drawn == {
        week: ([one.split("-")[1] for one in weeks[: number + 1]] if number else [], number > 0, True)
        for number, week in enumerate(weeks)
    }


def test_a_listed_decision_says_once_what_it_came_to(visit: Visitor, session: Session) -> None:
    held(visit.as_(REVIEWER), session)
    rows = visit.as_(REVIEWER).get(f"{this_week()}/items").soup.select("td[data-label=Keputusan]")
    told = {" ".join(cell.get_text(" ").split()) for cell in rows}

    assert told == {"lanjut", "diperpanjang sampai 4 Januari 2099", "–"}


def test_an_open_sitting_has_no_report_to_take_along(visit: Visitor) -> None:
    browser = visit.as_(REVIEWER)
    opened(browser)

    assert {browser.client.get(f"{this_week()}/report.{kind}").status_code for kind in ("pdf", "xlsx")} == {404}


def test_weeks_are_laid_side_by_side_and_drawn(visit: Visitor, app: Flask, session: Session) -> None:
    held(visit.as_(REVIEWER), session)
    browser = visit.as_(READER)

    trends, compared = browser.get("/reviews/trends"), browser.get("/reviews/compare")

    assert len(trends.soup.select("tbody tr")) == 3
    drawn = {str(one["class"]).split()[1] for one in trends.soup.select("svg polyline")}
    assert drawn == {f"week-{name}" for name in DRAWN}
    style = (Path(app.static_folder) / "theme.css").read_text()
    assert all(f".{name} {{" in style for name in drawn)
    assert len(compared.soup.select("select")) == 2
    assert len(compared.soup.select("tbody tr")) > 20
