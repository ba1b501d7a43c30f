"""Closing a review: frozen content, its minutes, items carried over, and what readers may see of the report."""

import io
import json
from pathlib import Path

import pytest
from flask import Flask
from pypdf import PdfReader
from python_calamine import CalamineWorkbook
from sqlalchemy import select, text, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session, joinedload

from tests.reviews.steps import decide, open_review_of_week, this_week
from tests.visitor import READER, REVIEWER, Visitor
from tracker.accounts.models import Account
from tracker.actions.models import ActionItem
from tracker.audit.models import AuditEntry
from tracker.meetings.models import Attendance, Meeting, Statement
from tracker.minutes.rules import hash_of
from tracker.reviews.formats import DRAWN
from tracker.reviews.labels import SERIES
from tracker.reviews.models import Review, ReviewItem
from tracker.reviews.rules import ReviewStatus


def closed_review(browser: Visitor, session: Session) -> Review:
    """Open this week's review, decide about two items and close it."""
    open_review_of_week(browser)
    decide(browser, browser.get(f"{this_week()}/queue"), "extend", due_on="2099-01-04", reason="Menunggu data")
    decide(browser, browser.get(f"{this_week()}/queue"), "goes_on", note="Tetap berjalan")
    browser.follow(browser.submit(browser.get(this_week()), f"{this_week()}/close"))
    return session.scalars(select(Review).order_by(Review.id.desc())).first()


def test_a_closed_review_cannot_be_changed_and_its_hash_matches(visit: Visitor, session: Session) -> None:
    review = closed_review(visit.as_(REVIEWER), session)

    assert review.content_hash == hash_of(review.content)
    assert visit.as_(REVIEWER).client.get(f"{this_week()}/queue").status_code == 303
    for change in (
        update(Review).where(Review.id == review.id).values(content="{}"),
        update(ReviewItem).where(ReviewItem.review_id == review.id).values(note="lain"),
        text(f"DELETE FROM review_item WHERE review_id = {review.id}"),
    ):
        with pytest.raises(DatabaseError):
            session.execute(change)


def test_closing_writes_minutes_with_the_participants(visit: Visitor, session: Session) -> None:
    review = closed_review(visit.as_(REVIEWER), session)

    meeting = session.get(Meeting, review.meeting_id)
    attendance = session.scalars(select(Attendance).filter_by(meeting_id=meeting.id)).all()
    statements = session.scalars(select(Statement).filter_by(meeting_id=meeting.id).order_by(Statement.place)).all()
    assert (meeting.meeting_type, meeting.status, meeting.date) == ("weekly_review", "held", review.held_on)
    assert len(attendance) == 1
    of_kind = {row.kind: row for row in statements}  # they come by unit
    assert [row.speaker_id for row in statements] == [attendance[0].id] * 2
    assert set(of_kind) == {"decision", "information"}
    assert "4 Januari 2099" in of_kind["decision"].gist_id
    assert "4 January 2099" in of_kind["decision"].gist_en


def test_minutes_list_each_change_and_summarise_the_rest_in_one_line(visit: Visitor, session: Session) -> None:
    browser = visit.as_(REVIEWER)
    open_review_of_week(browser)
    decide(browser, browser.get(f"{this_week()}/queue"), "extend", due_on="2099-01-04", reason="Menunggu data")
    for _ in range(3):
        decide(browser, browser.get(f"{this_week()}/queue"), "goes_on")
    browser.submit(browser.get(this_week()), f"{this_week()}/close")

    review = session.scalars(select(Review).order_by(Review.id.desc())).first()
    meeting = session.get(Meeting, review.meeting_id)
    chair = session.scalars(select(Attendance).filter_by(meeting_id=meeting.id)).one()
    statements = session.scalars(select(Statement).filter_by(meeting_id=meeting.id).order_by(Statement.place)).all()
    decided = session.scalars(select(ReviewItem).filter_by(review_id=review.id, decision="goes_on")).all()
    codes = sorted(session.get(ActionItem, item.action_id).code for item in decided)
    assert [row.kind for row in statements] == ["decision", "information"]
    assert statements[1].gist_id == f"3 butir lanjut: {', '.join(codes)}"
    assert chair.role == "chair"
    assert meeting.start_time
    assert meeting.end_time >= meeting.start_time
    extended = session.scalars(select(ReviewItem).filter_by(review_id=review.id, decision="extend")).one()
    page = browser.get(f"/meetings/statements/{statements[0].id}")
    assert session.get(ActionItem, extended.action_id).code in page.text_of(".chain")


def _person_of(session: Session, username: str) -> int | None:
    return session.scalars(select(Account.person_id).filter_by(username=username)).one()


def test_minutes_name_who_is_in_charge_and_sum_up_what_is_done(visit: Visitor, session: Session) -> None:
    browser = visit.as_(REVIEWER)
    open_review_of_week(browser)
    review = session.scalars(select(Review).order_by(Review.id.desc())).first()
    queued = (
        select(ReviewItem).join(ReviewItem.action)
        .where(ReviewItem.review_id == review.id, ReviewItem.position.is_not(None), ActionItem.pic_id.is_not(None),
               ActionItem.pic_id.is_distinct_from(_person_of(session, REVIEWER)),
               ActionItem.classification == "ordinary", ActionItem.status == "in_progress")
        .options(joinedload(ReviewItem.action).joinedload(ActionItem.pic)).order_by(ReviewItem.position)
    )  # fmt: skip
    extended, *done = session.scalars(queued.limit(3)).all()
    address = f"{this_week()}/queue"
    decide(browser, browser.get(f"{address}/{extended.id}"), "extend", due_on="2099-01-04", reason="Menunggu data")
    for item in done:
        decide(browser, browser.get(f"{address}/{item.id}"), "done", evidence="Laporan")
    browser.submit(browser.get(this_week()), f"{this_week()}/close")

    gists = session.scalars(
        select(Statement.gist_id).filter_by(meeting_id=review.meeting_id).order_by(Statement.place)
    ).all()
    codes = ", ".join(sorted(item.action.code for item in done))
    assert f"PIC: {extended.action.pic.full_name}" in gists[0]
    assert gists[1:] == [f"2 butir selesai: {codes}"]


def test_items_still_open_count_one_more_review(visit: Visitor, session: Session) -> None:
    review = closed_review(visit.as_(REVIEWER), session)

    reviews = dict(
        session.execute(select(ReviewItem.action_id, ReviewItem.sittings).filter_by(review_id=review.id)).all()
    )
    before = dict(
        session.execute(select(ReviewItem.action_id, ReviewItem.sittings).filter_by(review_id=review.previous_id)).all()
    )
    carried = set(reviews) & set(before) - {None}
    assert carried
    assert all(reviews[action_id] == before[action_id] + 1 for action_id in carried)


def test_a_reader_sees_the_report_without_classified_items(visit: Visitor, session: Session) -> None:
    review = closed_review(visit.as_(REVIEWER), session)
    secret = set(
        session.scalars(select(ActionItem.code).where(ActionItem.classification != "ordinary"))
    ) & {row["code"] for row in json.loads(review.content)["items"]}  # fmt: skip
    assert secret
    browser = visit.as_(READER)

    page = browser.get(this_week())
    listed = browser.get(f"{this_week()}/items")

    count = int(listed.text_of(".pager").split()[0])
    ordinary = [row for row in json.loads(review.content)["items"] if row["classification"] == "ordinary"]
    assert count == len(ordinary) == sum(int(number) for number in page.all_of(".tile-number"))
    assert not any(code in page.text + listed.text for code in secret)


def test_the_report_counts_decisions_that_the_reader_may_not_see(visit: Visitor, session: Session) -> None:
    review = closed_review(visit.as_(REVIEWER), session)
    decided = select(ReviewItem.action_id).where(ReviewItem.review_id == review.id, ReviewItem.decision.is_not(None))
    session.execute(update(ActionItem).where(ActionItem.id.in_(decided)).values(classification="ordinary"))
    browser = visit.as_(READER)
    assert "disembunyikan" not in browser.get(this_week()).text
    session.execute(update(ActionItem).where(ActionItem.id == session.scalar(decided.limit(1))).values(
        classification="secret"))  # fmt: skip

    assert "1 butir disembunyikan" in browser.get(this_week()).text_of("#decisions")
    paper = PdfReader(io.BytesIO(browser.get(f"{this_week()}/report.pdf").response.data)).pages
    assert "1 butir disembunyikan" in " ".join("".join(page.extract_text() for page in paper).split())


def test_opening_a_report_with_a_secret_item_is_logged_as_a_reading(visit: Visitor, session: Session) -> None:
    review = closed_review(visit.as_(REVIEWER), session)
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

    readings = select(AuditEntry).filter_by(change="read", table_name="action_item", row_id=str(action.id))
    pages = [entry.page for entry in session.scalars(readings.order_by(AuditEntry.id))]
    assert pages == ["reviews.show", "lists.report_xlsx"]


def test_xlsx_and_pdf_of_the_report_have_the_rows_of_the_page(visit: Visitor, session: Session) -> None:
    closed_review(visit.as_(REVIEWER), session)

    for who in (REVIEWER, READER):
        browser = visit.as_(who)
        shown = [row["data-code"] for row in browser.get(this_week()).soup.select("#decisions [data-code]")]
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(browser.get(f"{this_week()}/report.xlsx").response.data))
        rows = sheet.get_sheet_by_index(0).to_python()[1:]
        pages = PdfReader(io.BytesIO(browser.get(f"{this_week()}/report.pdf").response.data)).pages
        paper = "".join(page.extract_text() for page in pages)
        assert [row[0] for row in rows] == shown
        assert all(code in paper for code in shown)
        assert any("4 Januari 2099" in row[6] for row in rows) == bool(shown)


def test_page_and_pdf_of_a_report_show_where_the_actions_went(visit: Visitor, session: Session) -> None:
    closed_review(visit.as_(REVIEWER), session)
    weeks = sorted(session.scalars(select(Review.week).where(Review.status == ReviewStatus.CLOSED)))
    browser = visit.as_(READER)
    drawn = {}
    for number, week in enumerate(weeks):
        page = browser.get(f"/reviews/{week}")
        paper = PdfReader(io.BytesIO(browser.get(f"/reviews/{week}/report.pdf").response.data)).pages[0].extract_text()
        printed = " ".join(paper.split())
        before = page.all_of("#course .pic > text")
        drawn[week] = bool(before), bool(number) and f"{weeks[number - 1]}," in printed, page.heading in printed
        assert "rekaan untuk ilustrasi" in printed
        assert [row["data-code"] in printed for row in page.soup.select("#asked [data-code]")].count(False) == 0

    assert len(weeks) > 2
    assert drawn == {week: (number > 0, number > 0, True) for number, week in enumerate(weeks)}


def test_a_page_of_a_report_has_a_chart_of_the_weeks_before(visit: Visitor, session: Session) -> None:
    closed_review(visit.as_(REVIEWER), session)
    weeks = sorted(session.scalars(select(Review.week).where(Review.status == ReviewStatus.CLOSED)))
    browser = visit.as_(READER)

    shown = {week: browser.get(f"/reviews/{week}").all_of("#weeks-up-to tbody th") for week in weeks}

    assert shown == {week: weeks[number::-1] if number else [] for number, week in enumerate(weeks)}


def test_the_list_shows_the_outcome_of_each_decision_once(visit: Visitor, session: Session) -> None:
    closed_review(visit.as_(REVIEWER), session)
    rows = visit.as_(REVIEWER).get(f"{this_week()}/items").soup.select("td.decision")
    outcomes = {" ".join(cell.get_text(" ").split()) for cell in rows}

    assert outcomes == {"lanjut", "diperpanjang sampai 4 Januari 2099", "–"}


def test_an_open_review_has_no_report_to_download(visit: Visitor) -> None:
    browser = visit.as_(REVIEWER)
    open_review_of_week(browser)

    assert {browser.client.get(f"{this_week()}/report.{kind}").status_code for kind in ("pdf", "xlsx")} == {404}


def test_weeks_are_compared_in_a_table_and_a_chart(visit: Visitor, app: Flask, session: Session) -> None:
    closed_review(visit.as_(REVIEWER), session)
    browser = visit.as_(READER)

    trends, compared = browser.get("/reviews/trends"), browser.get("/reviews/compare")

    assert len(trends.soup.select("tbody tr")) == 3
    with app.app_context():
        assert trends.all_of(".legend span") == [str(SERIES[name]) for name in DRAWN]
    drawn = [line["class"].split()[-1] for line in trends.soup.select("svg polyline")]
    assert drawn == [f"g-series-{place}" for place in range(1, len(DRAWN) + 1)]
    style = (Path(app.static_folder) / "style" / "pictures.css").read_text()
    assert all(f".{name} {{" in style for name in drawn[1:])
    assert len(compared.soup.select("select")) == 2
    assert len(compared.soup.select("tbody tr")) > 20
