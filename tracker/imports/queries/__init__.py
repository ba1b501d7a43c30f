"""Queries for runs, and for what their cells mean."""

from tracker.imports.queries.runs import (
    content_of,
    following,
    is_silent,
    note_progress,
    progress,
    remembered,
    run,
    runs,
    sheets_of,
    together,
)

__all__ = [
    "content_of", "following", "is_silent", "note_progress", "progress", "remembered", "run", "runs", "sheets_of",
    "together",
]  # fmt: skip
