"""Store typed lines as statements, proposals and actions. Callers commit."""

from tracker.meetings.live.commands.actions import turn_into_action, write_action
from tracker.meetings.live.commands.deciding import decide
from tracker.meetings.live.commands.drafts import Draft, Seen, delete_draft, save_draft
from tracker.meetings.live.commands.lines import Earlier, More, Words, change_line, move_line, write_line
from tracker.meetings.live.commands.raised import complete_proposal
from tracker.meetings.live.commands.roll_call import seat_speaker

__all__ = [
    "Draft",
    "Earlier",
    "More",
    "Seen",
    "Words",
    "change_line",
    "complete_proposal",
    "decide",
    "delete_draft",
    "move_line",
    "save_draft",
    "seat_speaker",
    "turn_into_action",
    "write_action",
    "write_line",
]  # fmt: skip
