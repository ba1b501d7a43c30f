"""Questions to the index. It gives numbers of rows; the rows themselves come through the ORM, so visibility holds."""

from tracker.search.queries.before import proposed_before
from tracker.search.queries.finding import by_code, has_entries, search
from tracker.search.queries.rows import Hit
from tracker.search.queries.synonyms import synonym_group, synonym_groups

__all__ = ["Hit", "by_code", "has_entries", "proposed_before", "search", "synonym_group", "synonym_groups"]
