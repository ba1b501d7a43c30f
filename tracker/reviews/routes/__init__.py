"""Pages of the weekly review; one file for each kind of page, all on one blueprint."""

from tracker.reviews.routes import queue, sittings, weeks
from tracker.reviews.routes.blueprint import bp

__all__ = ["blueprints", "queue", "sittings", "weeks"]

blueprints = (bp,)
