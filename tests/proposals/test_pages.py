"""Pages of proposals for those who may not record them."""

import pytest

from tests.visitor import ADVISER, Visitor

pytestmark = pytest.mark.one_database


def test_who_may_not_add_a_proposal_is_shown_the_check_for_earlier_ones(visit: Visitor) -> None:
    page = visit.as_(ADVISER).get("/proposals/new", 404)

    assert "/proposals/proposed-before" in page.links
