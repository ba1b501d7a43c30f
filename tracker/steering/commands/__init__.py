"""Things people do to keep actions on course. Nothing here commits."""

from tracker.steering.commands.bulk import BulkDraft, change_several, undo_bulk_change
from tracker.steering.commands.charge import escalate, reassign
from tracker.steering.commands.due_dates import ask_due_date, grant_request, refuse_request
from tracker.steering.commands.holds import HoldDraft, hold, release

__all__ = [
    "BulkDraft", "HoldDraft", "ask_due_date", "change_several", "escalate", "grant_request", "hold", "reassign",
    "refuse_request", "release", "undo_bulk_change",
]  # fmt: skip
