"""Rows with the same wording. Only rows visible to the user are found."""

from collections.abc import Sequence
from typing import Any

from tracker.actions.models import ActionItem
from tracker.core import clock
from tracker.core.word_diff import same_words
from tracker.proposals.models import Proposal
from tracker.search import rules
from tracker.search.models import BY_KIND
from tracker.search.queries.index import candidates
from tracker.search.queries.rows import hits
from tracker.search.queries.synonyms import synonyms
from tracker.search.rules import SearchFilter, SearchKind


def proposals_in_the_same_words(*texts: str | None) -> list[Proposal]:
    return _in_the_same_words(SearchKind.PROPOSAL, texts)


def actions_in_the_same_words(*texts: str | None) -> list[ActionItem]:
    return _in_the_same_words(SearchKind.ACTION, texts)


def _in_the_same_words(kind: SearchKind, texts: Sequence[str | None]) -> list[Any]:
    nonempty = [text for text in texts if text]
    synonym_list, rows = synonyms(), dict[int, Any]()
    for text in nonempty:
        groups = rules.groups_of(text, synonym_list, rules.MOST_COMPARED)
        entries = candidates(groups, SearchFilter(q=text, kind=kind), clock.today()) if groups else ()
        rows |= {hit.row.id: hit.row for hit in hits(entries, frozenset())}
    same = [
        row for row in rows.values() if any(same_words(row_text, text) for row_text in _says(row) for text in nonempty)
    ]
    return sorted(same, key=lambda row: -row.id)


def may_have_the_same_words(text: str) -> dict[str, set[int]]:
    """Ids, by table, of the newest lines, proposals and actions with these stems, in one query.

    The same words have the same stems, whatever they mean, so synonyms are not used.
    """
    kinds = (SearchKind.STATEMENT, SearchKind.PROPOSAL, SearchKind.ACTION)
    groups = rules.groups_of(text, {}, rules.MOST_COMPARED)
    found: dict[str, set[int]] = {BY_KIND[kind].model.__tablename__: set() for kind in kinds}
    for entry in candidates(groups, SearchFilter(q=text), clock.today(), among=kinds) if groups else ():
        found[BY_KIND[entry.kind].model.__tablename__].add(entry.row_id)
    return found


def has_the_same_words(row: Any, text: str) -> bool:
    return any(same_words(words, text) for words in _says(row))


def _says(row: Any) -> list[str | None]:
    names = ("title_id", "title_en", "text_id", "text_en", "gist_id", "gist_en", "quote")
    return [getattr(row, name, None) for name in names]
