"""Texts of the official form in the user's language."""

from tracker.minutes.documents.labels.minutes import (
    BLANK,
    CODES,
    Approval,
    attendance_sheet,
    facts_of,
    frame,
    holders,
    illustration_notice,
    last_day,
    sheet_of,
    span,
)
from tracker.minutes.documents.labels.words import EVENTS, WORDS

__all__ = [
    "BLANK", "CODES", "EVENTS", "WORDS", "Approval", "attendance_sheet", "facts_of", "frame", "holders",
    "illustration_notice", "last_day", "sheet_of", "span",
]  # fmt: skip
