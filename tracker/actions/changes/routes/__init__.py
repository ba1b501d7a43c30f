"""Pages of changes to assigned actions, one file per purpose."""

from tracker.actions.changes.routes import assigning, bulk, due_dates, escalations
from tracker.actions.changes.routes.blueprint import bp, shared_bp

__all__ = ["assigning", "blueprints", "bulk", "due_dates", "escalations"]

blueprints = (bp, shared_bp)
