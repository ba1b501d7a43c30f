"""Things people do in a weekly review: open it, decide, undo, close, cancel. Nothing here commits."""

from tracker.reviews.commands.closing import cancel, close
from tracker.reviews.commands.deciding import decide, undo
from tracker.reviews.commands.drafts import Plan, Said, Verdict
from tracker.reviews.commands.opening import open_review

__all__ = ["Plan", "Said", "Verdict", "cancel", "close", "decide", "open_review", "undo"]
