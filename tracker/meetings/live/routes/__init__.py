"""Pages of the live minutes, one file per part of the screen."""

from tracker.meetings.live.routes import agenda, drafts, lines, people, room, screen  # noqa: F401  # they add their pages
from tracker.meetings.live.routes.blueprint import bp

blueprints = (bp,)
