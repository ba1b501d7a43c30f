"""Queries to the index. They return row ids; the rows are loaded through the ORM, so visibility applies."""

from tracker.search.queries.before import proposed_before
from tracker.search.queries.finding import by_code, count_undecided, has_entries, search, with_code
from tracker.search.queries.related import related
from tracker.search.queries.repeated import repeated_openly
from tracker.search.queries.rows import Hit
from tracker.search.queries.same import (
    actions_in_the_same_words,
    has_the_same_words,
    may_have_the_same_words,
    proposals_in_the_same_words,
)
from tracker.search.queries.synonyms import synonym_group, synonym_groups

__all__ = [
    "Hit", "actions_in_the_same_words", "by_code", "count_undecided", "has_entries", "has_the_same_words",
    "may_have_the_same_words", "proposals_in_the_same_words", "proposed_before", "related", "repeated_openly", "search",
    "synonym_group", "synonym_groups", "with_code",
]  # fmt: skip
