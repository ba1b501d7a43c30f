"""Queries for weekly reviews, one file per purpose."""

from tracker.reviews.queries.closing import (
    build_content,
    frozen_content,
    items_of,
    meeting_of,
    participants,
    standings_after,
)
from tracker.reviews.queries.items import Figures, ItemFilter, decided, figures, items
from tracker.reviews.queries.opening import actions_at_opening, open_after, proposals_at_opening
from tracker.reviews.queries.queue import (
    count_decided_with,
    count_unmoved_of,
    decided_with,
    item,
    last_decided,
    next_turn,
    open_stop,
    stops,
    unmoved_of,
)
from tracker.reviews.queries.reviews import (
    current_review,
    find_review,
    has_decisions,
    last_closed,
    page_of_reviews,
    review,
    review_of_now,
)
from tracker.reviews.queries.weeks import WeekFigures, trend

__all__ = [
    "Figures",
    "ItemFilter",
    "WeekFigures",
    "actions_at_opening",
    "build_content",
    "count_decided_with",
    "count_unmoved_of",
    "current_review",
    "decided",
    "decided_with",
    "figures",
    "find_review",
    "frozen_content",
    "has_decisions",
    "item",
    "items",
    "items_of",
    "last_closed",
    "last_decided",
    "meeting_of",
    "next_turn",
    "open_after",
    "open_stop",
    "page_of_reviews",
    "participants",
    "proposals_at_opening",
    "review",
    "review_of_now",
    "standings_after",
    "stops",
    "trend",
    "unmoved_of",
]  # fmt: skip
