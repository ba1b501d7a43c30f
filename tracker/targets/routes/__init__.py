"""Pages of targets, one file per purpose, all on one blueprint."""

from tracker.targets.routes import editing, reading, values
from tracker.targets.routes.blueprint import bp

__all__ = ["blueprints", "editing", "reading", "values"]

blueprints = (bp,)
