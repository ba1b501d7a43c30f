"""Pages to begin a meeting with, and for pasted texts."""

from tracker.meetings.intake.routes import new_meeting, pasting
from tracker.meetings.intake.routes.blueprint import bp

blueprints = (bp,)

__all__ = ["blueprints", "new_meeting", "pasting"]
