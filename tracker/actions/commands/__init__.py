"""Assign, edit, report on and move follow-up actions. Callers commit."""

from tracker.actions.commands.assigning import ActionDraft, Origin, Supporter, assign_action, edit_action
from tracker.actions.commands.progress import Report, report_progress
from tracker.actions.commands.promises import Promise, ensure_movable, move_due_date
from tracker.actions.commands.setting import set_due_soon
from tracker.actions.commands.steps import NO_EVIDENCE, end_hold, ensure_open, finish, move_action

__all__ = [
    "NO_EVIDENCE", "ActionDraft", "Origin", "Promise", "Report", "Supporter", "assign_action", "edit_action",
    "end_hold", "ensure_movable", "ensure_open", "finish", "move_action", "move_due_date", "report_progress",
    "set_due_soon",
]  # fmt: skip
