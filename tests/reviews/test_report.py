"""The report of a closed review: its headline, where the actions went, and what is asked of whom."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tests.reviews.steps import decide, open_review_of_week, this_week
from tests.visitor import READER, REVIEWER, Visitor
from tracker.actions.models import ActionItem
from tracker.actions.rules import ActionStatus
from tracker.core.wording import speaking
from tracker.reviews.labels import course_of, headline_of
from tracker.reviews.models import ReviewItem
from tracker.reviews.rules import Standing, moves, standing_of

HELD, NEXT = date(2026, 11, 25), date(2026, 12, 2)


@pytest.mark.parametrize(
    ("status", "due_on", "standing"),
    [
        (ActionStatus.COMPLETED, date(2026, 1, 1), Standing.DONE),
        (ActionStatus.CANCELLED, None, Standing.ENDED),
        (ActionStatus.IN_PROGRESS, None, Standing.UNDATED),
        (ActionStatus.AWAITING_VERIFICATION, date(2026, 11, 24), Standing.LATE),
        (ActionStatus.IN_PROGRESS, HELD, Standing.SOON),
        (ActionStatus.IN_PROGRESS, NEXT, Standing.ON_TRACK),
    ],
)
def test_where_an_action_stands(status: ActionStatus, due_on: date | None, standing: Standing) -> None:
    assert standing_of(status, due_on, HELD, NEXT) is standing


def test_what_was_not_open_at_the_review_before_is_new() -> None:
    before = {1: Standing.LATE, 2: Standing.DONE}
    after = {1: Standing.DONE, 2: Standing.LATE, 3: Standing.SOON}

    assert moves(before, after) == {
        (Standing.LATE, Standing.DONE): 1, (Standing.NEW, Standing.LATE): 1, (Standing.NEW, Standing.SOON): 1,
    }  # fmt: skip


def _content(previous: str | None, *due_days: str) -> dict[str, object]:
    return {
        "held_on": HELD.isoformat(), "next_on": NEXT.isoformat(), "previous": previous,
        "items": [
            {"id": number, "kind": "action_item", "state_after": "in_progress", "due_after": day, "decision": None}
            for number, day in enumerate(due_days)
        ],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("previous", "late_before", "sentence"),
    [
        ("2026-W47", 2, "Overdue fell from 2 to 1; 0 items were decided"),
        ("2026-W47", 1, "Overdue unchanged: 1; 0 items were decided"),
        ("2026-W47", 0, "Overdue rose from 0 to 1; 0 items were decided"),
        (None, 0, "1 action overdue; 0 items were decided"),
    ],
)
def test_the_headline_says_what_became_of_what_was_overdue(
    previous: str | None, late_before: int, sentence: str
) -> None:
    content = _content(previous, "2026-11-01", "2026-12-24")
    course = course_of(content, dict.fromkeys(range(late_before), Standing.LATE))

    with speaking("en"):
        assert headline_of(content, course) == sentence


def test_a_report_asks_by_unit_with_pic_and_date_and_folds_the_rest(visit: Visitor, session: Session) -> None:
    browser = visit.as_(REVIEWER)
    open_review_of_week(browser)
    decide(browser, browser.get(f"{this_week()}/queue"), "extend", due_on="2099-01-04", reason="Menunggu data")
    for _ in range(2):
        decide(browser, browser.get(f"{this_week()}/queue"), "goes_on")
    decide(browser, browser.get(f"{this_week()}/queue"), "goes_on", note="Lengkapi bukti")
    browser.submit(browser.get(this_week()), f"{this_week()}/close")

    page = visit.as_(READER).get(this_week())

    decided = (
        select(ActionItem).join(ReviewItem, ReviewItem.action_id == ActionItem.id)
        .options(joinedload(ActionItem.pic), joinedload(ActionItem.responsible_unit))
    )  # fmt: skip
    extended = session.scalars(decided.where(ReviewItem.decision == "extend").order_by(ReviewItem.id.desc())).first()
    noted = session.scalars(decided.where(ReviewItem.note == "Lengkapi bukti")).one()
    asked = {row["data-code"]: row for row in page.soup.select("#asked [data-code]")}
    assert set(asked) == {extended.code, noted.code}
    row = asked[extended.code]
    assert "4 Jan 2099" in row.select_one(".asked-until").text
    assert extended.pic is None or extended.pic.full_name in row.text
    assert extended.responsible_unit.name_id in page.all_of("#asked .unit-name")
    folds = page.soup.select(".review-rest > details")
    same = next(fold for fold in folds if "2 lanjut tanpa perubahan" in fold.select_one("summary").text)
    assert len(same.select("[data-code]")) == 2
    assert not any(fold.has_attr("open") for fold in folds)
    assert page.text_of("h1").startswith("Terlambat ")
