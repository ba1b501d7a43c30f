"""Turning typed lines into records. Nothing here commits."""

from tracker.live.commands.actions import turn_into_action, write_action
from tracker.live.commands.deciding import decide
from tracker.live.commands.lines import Earlier, Words, change_line, keep_typing, write_line
from tracker.live.commands.roll_call import seat_speaker

__all__ = [
    "Earlier", "Words", "change_line", "decide", "keep_typing", "seat_speaker", "turn_into_action",
    "write_action", "write_line",
]  # fmt: skip
