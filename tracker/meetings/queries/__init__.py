"""Questions about meetings and what was said in them; one file for each kind of question."""

from tracker.meetings.queries.choices import actionable_choices, later_choices, meeting_choices, speaker_choices
from tracker.meetings.queries.one import (
    agenda_item,
    attendance,
    chair_of,
    hold,
    id_of_code,
    items_in_all,
    levels_of_names,
    meeting,
    named,
)
from tracker.meetings.queries.outline import Outline, Point, Section, not_discussed, outline_of, sources_of_agenda
from tracker.meetings.queries.planning import of_the_same_name
from tracker.meetings.queries.seating import (
    NOTHING_SAID,
    Candidate,
    SeatAnswer,
    Seating,
    Seats,
    marked_all_at_once,
    once_each,
)
from tracker.meetings.queries.several import (
    MeetingFilter,
    asked,
    attended_by,
    has_illustration,
    latest,
    matching,
    proposal_counts,
    these,
)
from tracker.meetings.queries.statements import (
    changed_statement,
    level_of_lines,
    line_above,
    lines_to_refer_to,
    origin_under,
    proposals_decided_by,
    removed_from,
    statement,
    statement_if_open,
    statements_about,
    statements_about_targets,
    statements_naming_action,
    statements_of,
)

__all__ = [
    "NOTHING_SAID", "Candidate", "MeetingFilter", "Outline", "Point", "SeatAnswer", "Seating", "Seats", "Section",
    "actionable_choices", "agenda_item", "asked", "attendance", "attended_by", "chair_of", "changed_statement",
    "has_illustration", "hold", "id_of_code", "items_in_all", "later_choices", "latest", "level_of_lines",
    "levels_of_names", "line_above", "lines_to_refer_to", "marked_all_at_once", "matching", "meeting",
    "meeting_choices", "named", "not_discussed", "of_the_same_name", "once_each", "origin_under", "outline_of",
    "proposal_counts", "proposals_decided_by", "removed_from", "sources_of_agenda", "speaker_choices", "statement",
    "statement_if_open",
    "statements_about", "statements_about_targets", "statements_naming_action", "statements_of", "these",
]  # fmt: skip
