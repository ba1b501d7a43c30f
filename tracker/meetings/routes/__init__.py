"""Pages of meetings, all on one blueprint."""

from tracker.meetings.routes import agenda, arranging, attendance, meeting, recording, statements
from tracker.meetings.routes.blueprint import bp

__all__ = ["agenda", "arranging", "attendance", "blueprints", "meeting", "recording", "statements"]

blueprints = (bp,)
