"""Bring, match, store and undo runs. Callers commit."""

from tracker.imports.commands.fields import NEW, Field
from tracker.imports.commands.kinds import KEEPERS
from tracker.imports.commands.planning import Plan, plan_of, shown
from tracker.imports.commands.recognising import kind_of
from tracker.imports.commands.runs import RunDraft, begin, hand_over, match, store, take_back
from tracker.imports.commands.undoing import hand_over_undoing, undo
from tracker.imports.commands.writing import template_of, wrong_rows

__all__ = [
    "KEEPERS", "NEW", "Field", "Plan", "RunDraft", "begin", "hand_over", "hand_over_undoing", "kind_of", "match",
    "plan_of", "shown", "store", "take_back", "template_of", "undo", "wrong_rows",
]  # fmt: skip
