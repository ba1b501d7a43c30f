"""Weekly reviews, as their list shows them."""

from flask import request

from tracker.accounts.rules import ApiFeature
from tracker.api.operations import listing
from tracker.api.routes.blueprint import operation
from tracker.api.schemas import Listing
from tracker.api.schemas.reviews import Review
from tracker.core.pages import me
from tracker.core.wording import lazy_gettext as _l
from tracker.reviews import policy, queries


@operation("GET", "/reviews", summary=_l("Weekly reviews, the newest first"), feature=ApiFeature.REVIEWS,
           answers=Review, is_list=True, is_paged=True)  # fmt: skip
def list_reviews() -> Listing[Review]:
    page = queries.page_of_reviews(policy.may_review(me()), request.args.get("page"))
    return listing(page, [Review.of(row) for row in page.rows])
