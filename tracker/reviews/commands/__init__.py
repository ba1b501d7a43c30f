"""Things people do in a weekly review: open it, decide, undo, close. Nothing here commits."""

from tracker.reviews.commands.closing import close
from tracker.reviews.commands.deciding import decide, undo
from tracker.reviews.commands.drafts import Plan, Verdict
from tracker.reviews.commands.opening import open_review

__all__ = ["Plan", "Verdict", "close", "decide", "open_review", "undo"]
