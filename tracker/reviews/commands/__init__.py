"""Open, close and cancel weekly reviews; decide about items and undo decisions. Callers commit."""

from tracker.reviews.commands.closing import cancel, close
from tracker.reviews.commands.deciding import decide, undo
from tracker.reviews.commands.drafts import DecisionDraft, MinutesLine, Plan
from tracker.reviews.commands.opening import open_review

__all__ = ["DecisionDraft", "MinutesLine", "Plan", "cancel", "close", "decide", "open_review", "undo"]
