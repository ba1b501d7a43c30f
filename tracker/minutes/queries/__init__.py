"""Questions about minutes: their present content, their versions, where they stand."""

from tracker.minutes.queries.content import content_of
from tracker.minutes.queries.frozen import frozen
from tracker.minutes.queries.versions import Standing, approved, latest, marked, standing, versions_of, waiting_for

__all__ = ["Standing", "approved", "content_of", "frozen", "latest", "marked", "standing", "versions_of", "waiting_for"]
