"""Texts of the official form in the user's language."""

from tracker.minutes.documents.labels.minutes import Approval, attendance_sheet, sheet_of
from tracker.minutes.documents.labels.words import EVENTS, TONES, WORDS

__all__ = ["EVENTS", "TONES", "WORDS", "Approval", "attendance_sheet", "sheet_of"]
