"""The queue by reason, unit or PIC, and continuing all unmoved items of one PIC at once."""

from collections import Counter
from itertools import pairwise

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tests.reviews.steps import decide, open_review_of_week, this_week
from tests.visitor import READER, REVIEWER, Page, Visitor
from tracker.actions.models import ActionItem
from tracker.audit.models import Event
from tracker.people.models import Person
from tracker.reviews.models import Review, ReviewItem


def queue_of(session: Session) -> dict[int, ReviewItem]:
    review = session.scalars(select(Review).order_by(Review.id.desc())).first()
    query = select(ReviewItem).filter_by(review_id=review.id).where(ReviewItem.position.is_not(None))
    loaded = joinedload(ReviewItem.action).joinedload(ActionItem.pic)
    return {item.id: item for item in session.scalars(query.options(loaded).order_by(ReviewItem.position))}


def item_of(page: Page) -> int:
    form = next(form for form in page.soup.select("main form[method=post]") if "/goes_on" in form["action"])
    return int(form["action"].split("/queue/")[1].split("/")[0])


def busiest(session: Session) -> tuple[Person, list[ReviewItem]]:
    """The PIC with the most unmoved items in the queue, and these."""
    unmoved = [
        item for item in queue_of(session).values() if item.movement == "not_moved" and item.action and item.action.pic
    ]
    pic_id, count = Counter(item.action.pic_id for item in unmoved).most_common(1)[0]
    assert count > 1
    return session.get_one(Person, pic_id), [item for item in unmoved if item.action.pic_id == pic_id]


@pytest.mark.one_database
def test_the_order_of_the_queue_is_a_choice_that_every_next_address_repeats(visit: Visitor, session: Session) -> None:
    browser = visit.as_(REVIEWER)
    open_review_of_week(browser)
    queue, names = queue_of(session), []

    page = browser.get(f"{this_week()}/queue?by=pic")
    for _ in range(4):
        item = queue[item_of(page)]
        names.append(item.action.pic.full_name)
        following = page.soup.select_one("a[rel=next]")["href"]
        assert following.endswith("?by=pic")
        page = browser.get(str(following))
    decided = decide(browser, browser.get(f"{this_week()}/queue?by=pic"), "goes_on")

    assert all(one <= other for one, other in pairwise(names))
    assert names != [item.action.pic.full_name for item in list(queue.values())[:4] if item.action and item.action.pic]
    assert decided.response.location.endswith("?by=pic")
    assert page.text_of(".stop-order [aria-current]") == "Menurut PIC"
    assert browser.get(f"{this_week()}/queue?by=nonsense").text_of(".stop-order [aria-current]") == "Menurut alasan"
    by_unit = browser.get(f"{this_week()}/queue?by=unit")
    assert by_unit.soup.select_one("a[rel=next]")["href"].endswith("?by=unit")


def test_all_unmoved_items_of_a_pic_continue_with_one_confirmation(visit: Visitor, session: Session) -> None:
    browser = visit.as_(REVIEWER)
    open_review_of_week(browser)
    person, items = busiest(session)
    address = f"{this_week()}/unmoved/{person.id}"
    assert address in browser.get(f"{this_week()}/queue/{items[0].id}").links

    page = browser.get(address)
    codes = [row["data-code"] for row in page.soup.select("[data-code]")]
    sent = browser.submit(page, address)
    browser.submit(page, address)  # the same form twice

    assert sorted(codes) == sorted(item.action.code for item in items)
    assert sent.status == 303
    session.expire_all()
    assert {queue_of(session)[item.id].decision for item in items} == {"goes_on"}
    events = select(Event).filter_by(subject="action_item", verb="reviewed_goes_on")
    ids = [event.subject_id for event in session.scalars(events) if event.subject_id in {i.action_id for i in items}]
    assert all(ids.count(item.action_id) >= 1 for item in items)
    assert f"{person.full_name}: {len(items)} butir lanjut" in browser.get(f"{this_week()}/queue").text
    first = items[0].id
    browser.submit(browser.get(f"{this_week()}/queue/{first}"), f"{this_week()}/undo/{first}")
    session.expire_all()
    assert queue_of(session)[first].decision is None
    assert queue_of(session)[items[1].id].decision == "goes_on"
    page = browser.get(f"{this_week()}/queue")
    undo = page.soup.select_one("[data-key=u] form")
    assert f"{len(items) - 1} butir" in undo.get_text()
    undone = browser.submit(page, str(undo["action"]))
    assert undone.status == 303
    session.expire_all()
    assert {queue_of(session)[item.id].decision for item in items} == {None}


def test_items_that_changed_meanwhile_are_shown_again_before_they_continue(visit: Visitor, session: Session) -> None:
    browser = visit.as_(REVIEWER)
    open_review_of_week(browser)
    person, items = busiest(session)
    address = f"{this_week()}/unmoved/{person.id}"
    page = browser.get(address)
    decide(browser, browser.get(f"{this_week()}/queue/{items[0].id}"), "goes_on", note="Dibahas sendiri")

    refused = browser.submit(page, address)

    assert refused.status == 409
    assert len(refused.soup.select("[data-code]")) == len(items) - 1
    session.expire_all()
    assert queue_of(session)[items[1].id].decision is None
    assert browser.submit(refused, address).status == 303
    assert "tidak bergerak" in browser.get(address).text_of(".empty-line")


@pytest.mark.one_database
def test_only_a_reviewer_continues_items_and_only_of_somebody_who_exists(visit: Visitor, session: Session) -> None:
    browser = visit.as_(REVIEWER)
    open_review_of_week(browser)
    person, _ = busiest(session)

    browser.get(f"{this_week()}/unmoved/999999", 404)
    visit.as_(READER).get(f"{this_week()}/unmoved/{person.id}", 404)


@pytest.mark.one_database
def test_items_of_an_open_review_lead_to_their_place_in_the_queue(visit: Visitor) -> None:
    browser = visit.as_(REVIEWER)
    open_review_of_week(browser)

    rows = browser.get(f"{this_week()}/items?group=overdue").soup.select("tbody tr")

    assert rows
    assert all(f"{this_week()}/queue/" in row.select_one(".what a")["href"] for row in rows)
