"""Dates and quotations as people write them in minutes, in Indonesian and English. Pure."""

from tracker.live.formats.dates import FIRST_YEAR, LAST_YEAR, FoundDate, dates_in
from tracker.live.formats.quotations import quotations

__all__ = ["FIRST_YEAR", "LAST_YEAR", "FoundDate", "dates_in", "quotations"]
