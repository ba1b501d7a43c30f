"""Pages of follow-up actions, one file per purpose."""

from tracker.actions.routes import action, lists, steps
from tracker.actions.routes.blueprint import bp

__all__ = ["action", "blueprints", "lists", "steps"]

blueprints = (bp,)
