"""Weekly reviews: their list, what each is about, and decisions about that."""

from typing import Any

from flask import request

from tracker.accounts.rules import ApiFeature
from tracker.api.bodies import filled, refusing
from tracker.api.operations import ensure_unchanged, ensure_understood, listing
from tracker.api.routes.blueprint import operation
from tracker.api.schemas import Listing
from tracker.api.schemas.reviews import Review, ReviewItem
from tracker.calendar.holidays.rules import parse_week
from tracker.core import clock
from tracker.core.pages import ensure, me
from tracker.core.wording import lazy_gettext as _l
from tracker.reviews import commands, policy, queries
from tracker.reviews.forms import (
    FORMS,
    EscalateForm,
    ExtendForm,
    ItemFilterForm,
    QuickForm,
    ReassignForm,
    about,
    offer_choices,
)
from tracker.reviews.models import Review as StoredReview
from tracker.reviews.rules import Decision

R = ApiFeature.REVIEWS
ITEMS = "/reviews/<string:week>/items"
ITEM = f"{ITEMS}/<row:item_id>"


@operation("GET", "/reviews", summary=_l("Weekly reviews, the newest first"), feature=R,
           answers=Review, is_list=True, is_paged=True)  # fmt: skip
def list_reviews() -> Listing[Review]:
    page = queries.page_of_reviews(policy.may_review(me()), request.args.get("page"))
    return listing(page, [Review.of(row) for row in page.rows])


def _review(week: str, *, to_change: bool = False) -> StoredReview:
    parsed = parse_week(week)
    ensure(parsed is not None)
    review = queries.review(str(parsed), to_change=to_change)
    ensure(policy.may_read(me(), review))
    return review


@operation("GET", ITEMS, summary=_l("What a weekly review is about"), feature=R, answers=ReviewItem, is_list=True,
           is_paged=True, filters=ItemFilterForm)  # fmt: skip
def list_review_items(week: str) -> Listing[ReviewItem]:
    review = _review(week)
    form = ItemFilterForm()
    ensure_understood(form)
    page = queries.items(review.id, form.filter(), request.args.get("page"))
    return listing(page, [ReviewItem.of(row) for row in page.rows])


@operation("GET", ITEM, summary=_l("An item of the queue of a review"), feature=R, answers=ReviewItem)
def show_review_item(week: str, item_id: int) -> ReviewItem:
    return ReviewItem.of(queries.item(_review(week).id, item_id))


def _decide(week: str, item_id: int, decision: Decision) -> dict[str, Any]:
    ensure(policy.may_review(me()))
    review = _review(week, to_change=True)
    item = queries.item(review.id, item_id)
    ensure_unchanged(ReviewItem.of(item))
    form = about(filled(FORMS[decision]), item)
    offer_choices(form)
    with refusing(form):
        form.check()
        if item.decision is not None:  # as somebody decided before, which the ETag has shown
            commands.undo(review, item, by=me(), at=clock.now())
        commands.decide(review, item, form.draft(decision), by=me(), at=clock.now())
    return {"week": week, "item_id": item_id}


@operation(
    "POST", f"{ITEM}/decisions/<any(done, goes_on):decision>", summary=_l("Decide that an item is done or goes on"),
    feature=R, answers=ReviewItem, takes=QuickForm, shown_by=show_review_item, is_guarded=True,
    example={"note": "Sesuai laporan."},
)  # fmt: skip
def settle_review_item(week: str, item_id: int, decision: str) -> dict[str, Any]:
    return _decide(week, item_id, Decision(decision))


@operation(
    "POST", f"{ITEM}/decisions/extend", summary=_l("Decide on a later date for an item"), feature=R,
    answers=ReviewItem, takes=ExtendForm, shown_by=show_review_item, is_guarded=True,
    example={"due_on": "2027-01-29", "reason": "Menunggu data."},
)  # fmt: skip
def extend_review_item(week: str, item_id: int) -> dict[str, Any]:
    return _decide(week, item_id, Decision.EXTEND)


@operation(
    "POST", f"{ITEM}/decisions/reassign", summary=_l("Decide that somebody else is in charge of an item"), feature=R,
    answers=ReviewItem, takes=ReassignForm, shown_by=show_review_item, is_guarded=True,
    example={"pic_id": 1, "reason": "Pindah tugas."},
)  # fmt: skip
def reassign_review_item(week: str, item_id: int) -> dict[str, Any]:
    return _decide(week, item_id, Decision.REASSIGN)


@operation(
    "POST", f"{ITEM}/decisions/escalate", summary=_l("Decide to escalate an item"), feature=R, answers=ReviewItem,
    takes=EscalateForm, shown_by=show_review_item, is_guarded=True,
    example={"position_id": 1, "reason": "Perlu keputusan pimpinan."},
)  # fmt: skip
def escalate_review_item(week: str, item_id: int) -> dict[str, Any]:
    return _decide(week, item_id, Decision.ESCALATE)
