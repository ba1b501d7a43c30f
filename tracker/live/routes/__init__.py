"""The live minutes; one file for each kind of thing on the screen."""

from tracker.live.routes import agenda, drafts, lines, people, screen  # noqa: F401  # they add their pages
from tracker.live.routes.blueprint import bp

blueprints = (bp,)
