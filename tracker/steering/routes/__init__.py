"""Pages to keep actions on course; one file for each way of steering, all on one blueprint."""

from tracker.steering.routes import bulk, charge, due_dates
from tracker.steering.routes.blueprint import bp

__all__ = ["blueprints", "bulk", "charge", "due_dates"]

blueprints = (bp,)
