"""Pages of follow-up actions; one file for each kind of page, all on one blueprint."""

from tracker.actions.routes import lists, one, steps
from tracker.actions.routes.blueprint import bp

__all__ = ["blueprints", "lists", "one", "steps"]

blueprints = (bp,)
