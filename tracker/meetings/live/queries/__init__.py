"""Queries for the live minutes."""

from tracker.meetings.live.queries.above import above
from tracker.meetings.live.queries.changes import version_of
from tracker.meetings.live.queries.known import everybody_known_to, people_known_to, references_in, targets_known
from tracker.meetings.live.queries.room import Room, room_of
from tracker.meetings.live.queries.screen import (
    Minutes,
    being_typed,
    is_actionable,
    line_to_follow,
    minutes_of,
    origin_of_next_action,
    row_with_names,
    typed_line,
)

__all__ = [
    "Minutes", "Room", "above", "being_typed", "everybody_known_to", "is_actionable",
    "line_to_follow", "minutes_of", "origin_of_next_action",
    "people_known_to", "references_in", "room_of", "row_with_names", "targets_known",
    "typed_line", "version_of",
]  # fmt: skip
