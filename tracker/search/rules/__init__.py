"""Rules of search: parsing queries, matching and ranking. Pure."""

from tracker.search.rules.matching import (
    LIKE_ENOUGH,
    LONGEST_QUESTION,
    MOST_COMPARED,
    SHORTEST_BEGINNING,
    UNCOUNTED,
    Group,
    SearchFilter,
    SearchKind,
    SearchState,
    Synonyms,
    Way,
    after,
    age_in_years,
    entry_id,
    expression,
    groups_of,
    is_met,
    keys_of,
    nearest_word,
    prefix,
    score,
    similarity,
    synonyms_of,
    ways_of,
    weight,
    with_completions,
    with_compounds,
)
from tracker.search.rules.questions import (
    STATUSES,
    Found,
    Question,
    Understood,
    narrowed,
    question_of,
    understood,
    with_words_replaced,
)

__all__ = [
    "LIKE_ENOUGH", "LONGEST_QUESTION", "MOST_COMPARED", "SHORTEST_BEGINNING", "STATUSES", "UNCOUNTED", "Found",
    "Group", "Question", "SearchFilter", "SearchKind", "SearchState", "Synonyms", "Understood", "Way", "after",
    "age_in_years", "entry_id", "expression", "groups_of", "is_met", "keys_of", "narrowed",
    "nearest_word", "prefix", "question_of", "score", "similarity", "synonyms_of", "understood", "ways_of", "weight",
    "with_completions", "with_compounds", "with_words_replaced",
]  # fmt: skip
