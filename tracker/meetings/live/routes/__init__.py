"""The live minutes; one file for each kind of thing on the screen."""

from tracker.meetings.live.routes import agenda, drafts, lines, people, screen  # noqa: F401  # they add their pages
from tracker.meetings.live.routes.blueprint import bp

blueprints = (bp,)
