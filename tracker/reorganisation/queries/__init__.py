"""Queries for reorganisations."""

from tracker.reorganisation.queries.preview import OpenItem, Preview, given_of, preview, subject_of, to_of
from tracker.reorganisation.queries.reading import Fault, Reader
from tracker.reorganisation.queries.records import (
    IS_OPEN,
    Succession,
    all_item_lines,
    all_records,
    item_lines,
    last_in_force_on,
    planned_meetings,
    record_of,
    succession_of_post,
    succession_of_unit,
)

__all__ = [
    "IS_OPEN",
    "Fault",
    "OpenItem",
    "Preview",
    "Reader",
    "Succession",
    "all_item_lines",
    "all_records",
    "given_of",
    "item_lines",
    "last_in_force_on",
    "planned_meetings",
    "preview",
    "record_of",
    "subject_of",
    "succession_of_post",
    "succession_of_unit",
    "to_of",
]
