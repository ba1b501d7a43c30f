"""Searching: interpret the query, rank the entries, suggest corrections."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import false, func, select

from tracker.core import analysis
from tracker.core.db import db
from tracker.core.running_codes import code_alone, pattern_of_part
from tracker.proposals.models import Proposal
from tracker.proposals.rules import AWAITING_DECISION
from tracker.search import rules
from tracker.search.models import SearchEntry, SearchWord
from tracker.search.queries.index import MOST_OF_KIND, candidates
from tracker.search.queries.rows import hits, versions_in_force, without_old_editions
from tracker.search.queries.synonyms import synonyms
from tracker.search.rules import Found, Group, Question, SearchFilter, SearchKind, Understood

SHOWN = 50
MOST_COMPLETIONS = 12
MOST_WORDS_COMPARED = 20_000


def has_entries() -> bool:
    return db.session.scalar(select(SearchEntry.id).limit(1)) is not None


def by_code(text: str) -> tuple[SearchKind, int] | None:
    """The only row with this code, or with this part of a code."""
    coded = with_code(text)
    return (coded[0].kind, coded[0].row_id) if len(coded) == 1 else None


def with_code(text: str) -> Sequence[Any]:
    """The newest entries with this code or part of a code."""
    code, pattern = code_alone(text), pattern_of_part(text)
    if code is None and pattern is None:
        return []
    columns = (SearchEntry.id, SearchEntry.kind, SearchEntry.row_id, SearchEntry.head_size, SearchEntry.stems,
               SearchEntry.day)  # fmt: skip
    query = select(*columns, false().label("is_old_edition"))
    query = query.where(SearchEntry.code == code if code else SearchEntry.code.like(pattern))
    return db.session.execute(query.order_by(SearchEntry.id.desc()).limit(SHOWN)).all()


def search(
    filters: SearchFilter,
    today: date,
    limit: int = SHOWN,
    page: int = 1,
    *,
    coded: Sequence[Any] | None = None,
    is_exact: bool = False,
) -> Found:
    """The best matches with a snippet each; the last page if `page` is beyond it.

    Words that may be filters are first tried as filters; if nothing matches, as ordinary words; then, unless the query
    `is_exact`, with mistyped words corrected; at last any of the words. All kinds are searched even if the form asks
    for one, so that the page can say what the others have. `coded`: the entries `with_code`, if known.
    """
    question = rules.question_of(filters.q[: rules.LONGEST_QUESTION])
    if not question.parts:
        return Found(question=question)
    understood = rules.understood(question, filters)
    coded = with_code(filters.q) if coded is None else coded
    matched = _matched(question, understood, filters, today, may_correct=not coded, is_exact=is_exact)
    parsed, entries = matched.parsed, matched.entries
    coded_ids = {entry.id for entry in coded}
    ranked = [*coded, *(entry for entry in _in_order(parsed, entries, today) if entry.id not in coded_ids)]
    in_force = versions_in_force(ranked)
    ranked = without_old_editions(ranked, in_force)
    by_kind = Counter(entry.kind for entry in ranked)
    proposal_ids = [entry.row_id for entry in ranked if entry.kind is SearchKind.PROPOSAL]
    if filters.kind:
        ranked = [entry for entry in ranked if entry.kind is filters.kind]
    pages = max(1, -(-len(ranked) // limit))
    page = min(max(page, 1), pages)
    return Found(
        hits=hits(ranked[(page - 1) * limit : page * limit], parsed.stems, in_force),
        page=page,
        pages=pages,
        count=len(ranked),
        is_capped=any(_count_of(kind, entries) >= MOST_OF_KIND for kind in {entry.kind for entry in ranked}),
        is_loose=matched.is_loose and bool(ranked),
        did_you_mean=matched.correction,
        is_corrected=matched.is_corrected,
        question=question,
        understood=understood,
        is_as_words=matched.is_as_words,
        asks_nothing=not parsed.asks_anything,
        is_newest_first=not parsed.ranked_by,
        by_kind=by_kind,
        proposal_ids=proposal_ids,
    )


def count_undecided(proposal_ids: Sequence[int]) -> int:
    query = select(func.count()).select_from(Proposal)
    query = query.where(Proposal.id.in_(proposal_ids), Proposal.status.in_(AWAITING_DECISION))
    return db.session.scalar(query) or 0 if proposal_ids else 0


@dataclass(frozen=True)
class _ParsedQuery:
    groups: Sequence[Group]
    filters: SearchFilter
    #: Whether words were recognised as filters, which alone suffice for a search. Filters of the form or excluded
    #: words do not.
    is_narrowed: bool

    @property
    def asks_anything(self) -> bool:
        return bool(self.groups or self.filters.phrases or self.is_narrowed)

    @property
    def ranked_by(self) -> list[Group]:
        return [*self.groups, *(Group(" ".join(way), (way,)) for way in self.filters.phrases)]

    @property
    def stems(self) -> frozenset[str]:
        return frozenset(stem for group in self.ranked_by for way in group.all_ways for stem in way)


@dataclass(frozen=True)
class _Matched:
    parsed: _ParsedQuery
    entries: Sequence[Any]
    correction: str | None
    is_as_words: bool
    is_corrected: bool
    is_loose: bool


def _matched(
    question: Question, understood: Sequence[Understood], filters: SearchFilter, today: date, *,
    may_correct: bool, is_exact: bool,
) -> _Matched:  # fmt: skip
    """The first reading of the query that anything matches, in the order that `search` names."""
    synonym_list = synonyms(with_compounds=True)
    of_all_kinds = replace(filters, kind=None)
    as_filters = _parsed(question, understood, of_all_kinds, synonym_list)
    as_words = _parsed(question, (), of_all_kinds, synonym_list) if understood else as_filters
    parsed, entries = as_filters, _answering(as_filters, today)
    if understood and not entries:
        entries = _answering(as_words, today)
        parsed = as_words if entries else as_filters
    is_as_words = bool(understood) and parsed is as_words
    correction = _correction(parsed, synonym_list, today) if not entries and may_correct else None
    is_corrected = correction is not None and not is_exact
    if is_corrected:
        parsed = _parsed(rules.question_of(correction or ""), (), of_all_kinds, synonym_list)
        entries = _answering(parsed, today)
    is_loose = not entries and len(parsed.groups) > 1
    if is_loose:
        entries = _answering(parsed, today, any_of=True)
    return _Matched(parsed, entries, correction, is_as_words, is_corrected, is_loose)


def _parsed(
    question: Question, understood: Sequence[Understood], filters: SearchFilter, synonym_list: rules.Synonyms
) -> _ParsedQuery:
    rest, narrowed = rules.narrowed(question, understood, filters)
    groups = rules.groups_of(rest.words, synonym_list)
    if groups and rest.is_unfinished:
        groups = rules.with_completions(groups, _completions(rest.words))
    return _ParsedQuery(rules.with_compounds(groups, rest.words), narrowed, is_narrowed=bool(understood))


def _answering(parsed: _ParsedQuery, today: date, *, any_of: bool = False) -> list[Any]:
    if not parsed.asks_anything:
        return []
    entries = candidates(parsed.groups, parsed.filters, today, any_of=any_of)
    return [entry for entry in entries if rules.is_met(parsed.groups, entry.stems.split(" "), any_of=any_of)]


def _count_of(kind: SearchKind, entries: Iterable[Any]) -> int:
    return sum(entry.kind is kind for entry in entries)


def _in_order(parsed: _ParsedQuery, entries: Iterable[Any], today: date) -> list[Any]:
    """Best matches first; newest first if the query consists of filters only."""
    groups = parsed.ranked_by

    def place(entry: Any) -> tuple[float, int]:
        if not groups:
            return -(entry.day or date.min).toordinal(), -entry.id
        age = rules.age_in_years(entry.day, today)
        return -rules.score(groups, entry.stems.split(" "), entry.head_size, entry.kind, age), -entry.id

    return sorted(entries, key=place)


def _completions(text: str) -> Sequence[str]:
    last = (analysis.tokens(text) or [""])[-1]
    if len(last) < rules.SHORTEST_BEGINNING:
        return []
    query = select(SearchWord.stem).where(SearchWord.word > last, SearchWord.word < rules.after(last))
    return db.session.scalars(
        query.order_by(func.length(SearchWord.word), SearchWord.word).limit(MOST_COMPLETIONS)
    ).all()


def _correction(parsed: _ParsedQuery, synonym_list: rules.Synonyms, today: date) -> str | None:
    """The query with unknown words replaced by similar ones, if that finds something the user may see.

    The word list has no confidential words, so a suggestion reveals nothing.
    """
    nearest = {group.text: _nearest(group.text) for group in parsed.groups}
    if all(typed == near for typed, near in nearest.items()):
        return None
    groups = rules.groups_of(" ".join(nearest.values()), synonym_list)
    if not groups or not candidates(groups, parsed.filters, today):
        return None
    return rules.with_words_replaced(parsed.filters.q, nearest)


def _nearest(typed: str) -> str:
    is_known = (SearchWord.word == typed) | (SearchWord.stem == analysis.stem(typed))
    if " " in typed or db.session.scalar(select(SearchWord.word).where(is_known).limit(1)):
        return typed
    near_in_length = func.length(SearchWord.word).between(len(typed) - 2, len(typed) + 2)
    # Most common first: a word of a single text is less likely meant than one of many.
    query = select(SearchWord.word, SearchWord.held).where(near_in_length)
    words = db.session.execute(query.order_by(SearchWord.held.desc(), SearchWord.word).limit(MOST_WORDS_COMPARED))
    return rules.nearest_word(typed, {row.word: row.held for row in words}) or typed
