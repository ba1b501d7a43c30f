"""Draft reorganisations and put them in force. Callers commit."""

from tracker.reorganisation.commands.drafting import (
    DecreeDraft,
    change_line,
    draft_decree,
    edit_decree,
    remove_draft,
    remove_line,
    replace_lines,
    take_the_rest,
)
from tracker.reorganisation.commands.entering import put_in_force, refusal

__all__ = [
    "DecreeDraft", "change_line", "draft_decree", "edit_decree", "put_in_force", "refusal", "remove_draft",
    "remove_line", "replace_lines", "take_the_rest",
]  # fmt: skip
