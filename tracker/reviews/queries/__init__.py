"""Questions about weekly reviews; one file for each time at which they are asked."""

from tracker.reviews.queries.closing import content_of, frozen, meeting_of, participants, rows_of
from tracker.reviews.queries.opening import actions_at_opening, left_open_by, proposals_at_opening
from tracker.reviews.queries.queue import item, last_decided, next_turn, open_stop, stops
from tracker.reviews.queries.sittings import has_decisions, known, last_closed, open_one, page_of_reviews, review
from tracker.reviews.queries.things import Figures, ItemFilter, decided, figures, items
from tracker.reviews.queries.weeks import WeekFigures, trend

__all__ = [
    "Figures", "ItemFilter", "WeekFigures", "actions_at_opening", "content_of", "decided", "figures", "frozen",
    "has_decisions", "item", "items", "known", "last_closed", "last_decided", "left_open_by", "meeting_of", "next_turn",
    "open_one", "open_stop", "page_of_reviews", "participants", "proposals_at_opening", "review",
    "rows_of", "stops", "trend",
]  # fmt: skip
