"""Questions of the live minutes."""

from tracker.live.queries.known import everybody_known_to, people_known_to, references_in, targets_known
from tracker.live.queries.screen import (
    Minutes,
    OriginOfAction,
    being_typed,
    expected_row,
    is_actionable,
    line,
    minutes_of,
    names_to_offer,
    origin_of_next_action,
    origins_of_action,
    person_called,
    position_called,
    row_with_names,
    typed_line,
)

__all__ = [
    "Minutes", "OriginOfAction", "being_typed", "everybody_known_to", "expected_row", "is_actionable", "line",
    "minutes_of", "names_to_offer", "origin_of_next_action", "origins_of_action", "people_known_to", "person_called",
    "position_called", "references_in", "row_with_names", "targets_known", "typed_line",
]  # fmt: skip
