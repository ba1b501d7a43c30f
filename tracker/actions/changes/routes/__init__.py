"""Pages to keep actions on course; one file for each way of steering."""

from tracker.actions.changes.routes import bulk, charge, due_dates, escalations
from tracker.actions.changes.routes.blueprint import bp, either_bp

__all__ = ["blueprints", "bulk", "charge", "due_dates", "escalations"]

blueprints = (bp, either_bp)
