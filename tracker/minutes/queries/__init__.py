"""Questions about minutes: their present content, their versions, where they stand."""

from tracker.minutes.queries.content import content_of
from tracker.minutes.queries.frozen import frozen
from tracker.minutes.queries.versions import (
    Standing,
    Verified,
    approved,
    before,
    latest,
    marked,
    returned,
    standing,
    verified,
    versions_of,
    waiting_for,
)

__all__ = ["Standing", "Verified", "approved", "before", "content_of", "frozen", "latest", "marked", "returned",
           "standing", "verified", "versions_of", "waiting_for"]  # fmt: skip
