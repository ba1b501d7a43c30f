"""Pages of follow-up actions, one file per purpose."""

from tracker.actions.routes import lists, one, steps
from tracker.actions.routes.blueprint import bp

__all__ = ["blueprints", "lists", "one", "steps"]

blueprints = (bp,)
