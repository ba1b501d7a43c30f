"""Queries for the content of minutes, their versions and state."""

from tracker.minutes.queries.content import content_of
from tracker.minutes.queries.frozen import frozen
from tracker.minutes.queries.versions import (
    MinutesOverview,
    Verified,
    approved,
    compared_with,
    drafts_until,
    latest,
    overview,
    returned,
    verified,
    with_hash,
)

__all__ = [
    "MinutesOverview",
    "Verified",
    "approved",
    "compared_with",
    "content_of",
    "drafts_until",
    "frozen",
    "latest",
    "overview",
    "returned",
    "verified",
    "with_hash",
]  # fmt: skip
