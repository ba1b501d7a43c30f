"""Dates, names and quotations as written in minutes, in Indonesian and English. Pure."""

from tracker.meetings.live.formats.dates import Doubt, FoundDate, dates_in
from tracker.meetings.live.formats.due import DueDate, due_date_in
from tracker.meetings.live.formats.quotations import quotations, unquoted

__all__ = ["Doubt", "DueDate", "FoundDate", "dates_in", "due_date_in", "quotations", "unquoted"]
