"""Weekly reviews."""

import datetime as dt

from tracker.api.schemas.common import Shown
from tracker.reviews.rules import ReviewStatus


class Review(Shown):
    id: int
    week: str
    status: ReviewStatus
    held_on: dt.date
    planned_on: dt.date
    next_on: dt.date
