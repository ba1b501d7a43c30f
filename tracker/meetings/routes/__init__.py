"""Pages of meetings; one file for each kind of page, all on one blueprint."""

from tracker.meetings.routes import attendance, meeting, recording, statements
from tracker.meetings.routes.blueprint import bp

__all__ = ["attendance", "blueprints", "meeting", "recording", "statements"]

blueprints = (bp,)
