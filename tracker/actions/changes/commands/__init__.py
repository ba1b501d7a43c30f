"""Change assigned actions. Callers commit."""

from tracker.actions.changes.commands import closing
from tracker.actions.changes.commands.bulk import BulkDraft, change_several, undo_bulk_change
from tracker.actions.changes.commands.due_dates import ask_due_date, grant_request, refuse_request
from tracker.actions.changes.commands.escalations import (
    answer_by_reassigning,
    answer_by_stopping,
    answer_escalation,
    escalate,
)
from tracker.actions.changes.commands.holds import HoldDraft, hold, release
from tracker.actions.changes.commands.reassigning import reassign

__all__ = [
    "BulkDraft", "HoldDraft", "answer_by_reassigning", "answer_by_stopping", "answer_escalation", "ask_due_date",
    "change_several", "closing", "escalate", "grant_request", "hold", "reassign", "refuse_request", "release",
    "undo_bulk_change",
]  # fmt: skip
