from tests.policies import R, allowed
from tracker.core.actor import Role
from tracker.reviews import policy
from tracker.reviews.models import Review
from tracker.reviews.rules import ReviewStatus


def test_reviewers_review_and_everybody_reads_closed_reviews() -> None:
    assert allowed(policy.may_review) == {R}
    assert {status: allowed(lambda actor, status=status: policy.may_read(actor, Review(status=status)))
            for status in ReviewStatus} == {
                ReviewStatus.OPEN: {R}, ReviewStatus.CLOSED: set(Role), ReviewStatus.CANCELLED: {R}}  # fmt: skip
