"""Questions about meetings and what was said in them; one file for each kind of question."""

from tracker.meetings.queries.choices import actionable_choices, meeting_choices, speaker_choices
from tracker.meetings.queries.one import attendance, chair_of, hold, id_of_code, items_in_all, meeting, named
from tracker.meetings.queries.planning import of_the_same_name
from tracker.meetings.queries.several import MeetingFilter, asked, attended_by, latest, matching, proposal_counts, these
from tracker.meetings.queries.statements import (
    removed_from,
    statement,
    statement_if_open,
    statements_about,
    statements_about_targets,
    statements_of,
)

__all__ = [
    "MeetingFilter", "actionable_choices", "asked", "attendance", "attended_by", "chair_of", "hold", "id_of_code",
    "items_in_all", "latest", "matching", "meeting", "meeting_choices", "named", "of_the_same_name", "proposal_counts",
    "removed_from", "speaker_choices", "statement", "statement_if_open", "statements_about", "statements_about_targets",
    "statements_of", "these",
]  # fmt: skip
