"""Pages of the weekly review, one file per purpose."""

from tracker.reviews.routes import queue, reviews, weeks
from tracker.reviews.routes.blueprint import bp

__all__ = ["blueprints", "queue", "reviews", "weeks"]

blueprints = (bp,)
