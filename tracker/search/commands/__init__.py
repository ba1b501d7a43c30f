"""Keep the index and the synonyms up to date. Every change is indexed in its own transaction. Callers commit.

Rows stored without the ORM (a restore, a bulk load) are indexed by `renew_all`.
"""

from tracker.search.commands.entries import entries_of, renew
from tracker.search.commands.following import keep_index
from tracker.search.commands.meanings import renew_meanings
from tracker.search.commands.synonyms import add_synonyms, edit_synonyms, remove_synonyms
from tracker.search.commands.whole import differences, renew_all
from tracker.search.commands.words import miscounted_words, recount_words

__all__ = [
    "add_synonyms", "differences", "edit_synonyms", "entries_of", "keep_index", "miscounted_words", "recount_words",
    "remove_synonyms", "renew", "renew_all", "renew_meanings",
]  # fmt: skip
