"""The day of a review: chosen when it is opened and used for everything it records; and cancelling."""

import io
from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from python_calamine import CalamineWorkbook
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from tests.reviews.steps import decide, delete_reviews, open_review_of_week
from tests.visitor import REVIEWER, Visitor
from tracker.actions.models import ActionItem
from tracker.actions.rules import ActionStatus
from tracker.audit.models import Event
from tracker.calendar.holidays.rules import DAY, is_day_off, week_of
from tracker.core import clock
from tracker.core.clock import Zone
from tracker.core.wording import long_day, speaking
from tracker.meetings.models import Meeting
from tracker.meetings.rules import MeetingStatus
from tracker.reviews.models import Review, ReviewItem
from tracker.reviews.rules import ReviewStatus, days_to_offer, opens_on, weeks_between

SATURDAY = date(2026, 11, 28)


def at(text: str) -> time_machine.travel:
    return time_machine.travel(datetime.fromisoformat(text).replace(tzinfo=Zone.WIB.info), tick=False)


days = st.dates(date(2020, 1, 6), date(2030, 12, 29))


@given(days, st.integers(0, 4), st.sets(st.integers(-10, 10), max_size=9), st.integers(-21, 21))
def test_days_offered_are_past_days_of_the_week_or_around_the_planned_day(
    day: date, weekday: int, off: set[int], ahead: int
) -> None:
    week = week_of(day)
    days_off = {day + number * DAY for number in off}
    today = day + ahead * DAY

    offered = days_to_offer(week, weekday, days_off, today)

    assert offered == sorted(offered, reverse=True)
    assert all(day_offered <= today for day_offered in offered)
    assert all(week_of(day_offered) == week or not is_day_off(day_offered, days_off) for day_offered in offered)
    assert set(offered) >= {week_day for week_day in week.days() if week_day <= today}
    assert bool(offered) == (today >= opens_on(week, weekday, days_off))


@given(days, st.integers(-20, 400))
def test_weeks_open_are_whole_weeks_since_the_first_day(first: date, number: int) -> None:
    assert weeks_between(first, first + number * DAY) == max(number, 0) // 7


@at("2026-11-28T10:15")
def test_everything_that_a_review_records_has_the_day_on_which_it_is_held(visit: Visitor, session: Session) -> None:
    delete_reviews(session)
    browser = visit.as_(REVIEWER)
    form_page = browser.get("/reviews/2026-W48/open")
    open_review_of_week(browser)
    decide(browser, browser.get("/reviews/2026-W48/queue"), "extend", due_on="2099-01-04", reason="Menunggu data")
    decide(browser, browser.get("/reviews/2026-W48/queue"), "goes_on")
    review = session.scalars(select(Review)).one()
    meeting = session.get(Meeting, review.meeting_id)
    assert meeting.status is MeetingStatus.SCHEDULED

    with time_machine.travel(datetime(2026, 11, 28, 10, 40, tzinfo=Zone.WIB.info), tick=False):
        page = browser.follow(browser.submit(browser.get("/reviews/2026-W48"), "/reviews/2026-W48/close"))
        paper, sheet = (browser.get(f"/reviews/2026-W48/report.{kind}").response.data for kind in ("pdf", "xlsx"))

    checked = form_page.soup.select_one("[name=held_on][checked]")
    assert checked["value"] == "2026-11-28"
    assert "hari ini, akhir pekan" in form_page.text_of("#held_on")
    session.expire_all()
    assert (review.held_on, review.planned_on) == (SATURDAY, date(2026, 11, 23))
    assert (meeting.status, meeting.date) == (MeetingStatus.HELD, SATURDAY)
    assert (meeting.start_time.minute, meeting.end_time.minute) == (15, 40)
    days = select(Event.on).filter_by(meeting_id=meeting.id).where(Event.subject.in_(["action_item", "proposal"]))
    assert set(session.scalars(days)) == {SATURDAY}
    assert "28 November 2026" in page.text_of(".page-meta")
    assert "Direncanakan 23 November 2026" in page.text_of(".page-meta")
    notes = CalamineWorkbook.from_filelike(io.BytesIO(sheet)).get_sheet_by_index(1).to_python()
    shown = " ".join(PdfReader(io.BytesIO(paper)).pages[0].extract_text().split())
    with speaking("id"):
        for day in (SATURDAY, date(2026, 11, 23)):
            assert long_day(day) in shown
            assert long_day(day) in [row[1] for row in notes]


@at("2026-11-28T10:00")
@pytest.mark.one_database
def test_only_an_earlier_day_of_the_week_can_be_chosen(visit: Visitor, session: Session) -> None:
    delete_reviews(session)
    browser, address = visit.as_(REVIEWER), "/reviews/2026-W48/open"

    for wrong in ("2026-11-29", "2026-11-19", "2099-01-01"):
        assert browser.submit(browser.get(address), address, held_on=wrong).status == 422
    assert browser.submit(browser.get(address), address, held_on="2026-11-25").status == 303

    assert session.scalar(select(Review.held_on)) == date(2026, 11, 25)


@pytest.mark.one_database
def test_a_decision_is_never_dated_before_the_last_step_of_its_item(visit: Visitor, session: Session) -> None:
    delete_reviews(session)
    week = week_of(clock.today())
    monday, thursday, saturday = (week.monday + number * DAY for number in (0, 3, 5))
    with time_machine.travel(datetime.combine(saturday, time(10), Zone.WIB.info), tick=False):
        browser, address = visit.as_(REVIEWER), f"/reviews/{week}/open"
        browser.submit(browser.get(address), address, held_on=monday)
        in_progress = select(ReviewItem).join(ActionItem).filter(ActionItem.status == ActionStatus.IN_PROGRESS)
        item = session.scalars(
            in_progress.where(ReviewItem.position.is_not(None)).order_by(ReviewItem.position)
        ).first()
        session.execute(update(ActionItem).where(ActionItem.id == item.action_id).values(status_since=thursday))

        page = decide(browser, browser.get(f"/reviews/{week}/queue/{item.id}"), "done", evidence="Foto")

    assert page.status == 303
    days = select(Event.on).filter_by(subject="action_item", subject_id=item.action_id).order_by(Event.id.desc())
    assert session.scalars(days).first() == thursday


@at("2026-11-28T10:00")
def test_a_review_cannot_be_opened_before_its_week(visit: Visitor, session: Session) -> None:
    browser, address = visit.as_(REVIEWER), "/reviews/2026-W49/open"
    form = browser.get("/reviews/2026-W48/open")

    page = browser.get(address)
    refused = browser.post(address, {
        "csrf_token": [form.soup.select_one("main [name=csrf_token]")["value"]], "held_on": ["2026-11-30"],
    })  # fmt: skip

    assert "dapat dibuka mulai 30 November 2026" in page.text_of("main")
    assert not page.soup.select("main form[method=post]")
    assert refused.status == 409
    assert session.scalar(select(func.count()).select_from(Review).filter_by(week="2026-W49")) == 0
    with time_machine.travel(datetime(2026, 11, 30, 8, tzinfo=Zone.WIB.info), tick=False):
        later = visit.as_(REVIEWER)
        assert later.submit(later.get(address), address).status == 303


def test_a_review_without_decisions_can_be_cancelled_and_opened_again(visit: Visitor, session: Session) -> None:
    browser = visit.as_(REVIEWER)
    address = open_review_of_week(browser).path
    decided = browser.get(f"{address}/queue")
    decide(browser, decided, "goes_on")
    assert not browser.get(address).soup.select(f"form[action='{address}/cancel']")
    review = session.scalars(select(Review).filter_by(status="open")).one()
    item = session.scalars(select(ReviewItem).filter_by(review_id=review.id, turn=1)).one()
    browser.submit(browser.get(f"{address}/queue/{item.id}"), f"{address}/undo/{item.id}")
    first_meeting = review.meeting_id

    page = browser.follow(browser.submit(browser.get(address), f"{address}/cancel"))

    session.expire_all()
    assert review.status is ReviewStatus.CANCELLED
    assert session.get(Meeting, first_meeting).status is MeetingStatus.CANCELLED
    assert "dapat dibuka lagi" in page.text_of("main")
    assert session.scalar(select(func.count()).select_from(ReviewItem).filter_by(review_id=review.id)) == 0
    assert browser.client.get(f"{address}/queue").status_code == 303
    verbs = select(Event.verb).filter_by(subject="review", subject_id=review.id).order_by(Event.id.desc())
    assert session.scalars(verbs).first() == "cancelled"

    open_review_of_week(browser)

    session.expire_all()
    assert review.status is ReviewStatus.OPEN
    assert review.meeting_id != first_meeting
    assert session.scalar(select(func.count()).select_from(ReviewItem).filter_by(review_id=review.id)) > 0
    assert session.scalars(verbs).first() == "opened_again"


def test_an_item_shows_weeks_open_and_number_of_reviews(visit: Visitor, session: Session) -> None:
    browser = visit.as_(REVIEWER)
    address = open_review_of_week(browser).path
    review = session.scalars(select(Review).filter_by(status="open")).one()
    oldest = session.scalars(
        select(ReviewItem).filter_by(review_id=review.id).where(ReviewItem.position.is_not(None))
        .order_by(ReviewItem.open_since).limit(1)
    ).one()  # fmt: skip
    weeks = (review.held_on - oldest.open_since) // timedelta(weeks=1)

    meta = browser.get(f"{address}/queue/{oldest.id}").text_of(".stop-why")

    assert weeks > 40
    assert f"terbuka {weeks} pekan, dalam {oldest.sittings} tinjauan" in meta
