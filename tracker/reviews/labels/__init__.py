"""Labels of the weekly review, the sentences of its minutes, and its report."""

from tracker.reviews.labels.minutes import statements_of
from tracker.reviews.labels.report import (
    PARTS,
    Course,
    Part,
    act_in,
    acts_of,
    by_unit,
    counts_of,
    course_of,
    due_of,
    headline_of,
    hours_of,
    in_words,
    outcome_in,
    part_of,
    parts_of,
    state_of,
    week_title,
)
from tracker.reviews.labels.words import (
    EVENTS,
    KEYS,
    SERIES,
    SHAPES,
    WORDS,
    age_of,
    evidence_hint,
    in_reviews,
    meeting_draft,
    outcome_of,
    reason_of_cancelling,
)

__all__ = [
    "EVENTS", "KEYS", "PARTS", "SERIES", "SHAPES", "WORDS", "Course", "Part", "act_in", "acts_of", "age_of",
    "by_unit", "counts_of", "course_of", "due_of", "evidence_hint", "headline_of", "hours_of", "in_reviews",
    "in_words", "meeting_draft", "outcome_in", "outcome_of", "part_of", "parts_of", "reason_of_cancelling",
    "state_of", "statements_of", "week_title",
]  # fmt: skip
