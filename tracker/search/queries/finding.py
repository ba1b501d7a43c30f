"""Searching: what is asked, the entries that have it in the best order, and what may have been meant."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select

from tracker.core import analysis
from tracker.core.db import db
from tracker.core.running_codes import code_alone, pattern_of_part
from tracker.search import rules
from tracker.search.models import SearchEntry, SearchWord
from tracker.search.queries.index import MOST_OF_KIND, candidates
from tracker.search.queries.rows import hits
from tracker.search.queries.synonyms import synonyms
from tracker.search.rules import Found, Group, SearchFilter, SearchKind

SHOWN = 50
MOST_COMPLETIONS = 12
MOST_WORDS_COMPARED = 20_000


def has_entries() -> bool:
    """Whether anything is indexed at all."""
    return db.session.scalar(select(SearchEntry.id).limit(1)) is not None


def by_code(text: str) -> tuple[SearchKind, int] | None:
    """The one row that this text is the code of, if there is one and it is open to the viewer."""
    code = code_alone(text)
    question = select(SearchEntry.kind, SearchEntry.row_id)
    if code is not None:
        found = db.session.execute(question.filter_by(code=code)).first()
        return (found.kind, found.row_id) if found else None
    pattern = pattern_of_part(text)
    if pattern is None:
        return None
    several = db.session.execute(question.where(SearchEntry.code.like(pattern)).limit(2)).all()
    return (several[0].kind, several[0].row_id) if len(several) == 1 else None


def _with_code_like(wanted: SearchFilter) -> Sequence[Any]:
    """The entries whose code the question is a part of, the newest first."""
    pattern = pattern_of_part(wanted.q)
    if pattern is None:
        return []
    columns = (SearchEntry.id, SearchEntry.kind, SearchEntry.row_id, SearchEntry.head_size, SearchEntry.stems,
               SearchEntry.day)  # fmt: skip
    question = select(*columns).where(SearchEntry.code.like(pattern))
    if wanted.kind:
        question = question.where(SearchEntry.kind == wanted.kind)
    return db.session.execute(question.order_by(SearchEntry.id.desc()).limit(SHOWN)).all()


def search(wanted: SearchFilter, today: date, limit: int = SHOWN, page: int = 1) -> Found:
    """The rows that answer best, each with the part of its text that does; beyond the last page, the last."""
    asked = rules.groups_of(wanted.q[: rules.LONGEST_QUESTION], synonyms())
    if not asked:
        return Found()
    groups = rules.with_completions(asked, _completions(wanted.q))
    is_loose = False
    entries = candidates(groups, wanted)
    if not entries and len(groups) > 1:
        is_loose, entries = True, candidates(groups, wanted, any_of=True)
    coded = _with_code_like(wanted)
    known = {entry.id for entry in coded}
    ranked = [*coded, *(entry for entry in _in_order(groups, entries, today) if entry.id not in known)]
    stems = frozenset(stem for group in groups for way in group.all_ways for stem in way)
    pages = max(1, -(-len(ranked) // limit))
    page = min(max(page, 1), pages)
    return Found(
        hits=hits(ranked[(page - 1) * limit : page * limit], stems),
        page=page,
        pages=pages,
        count=len(ranked),
        is_capped=any(_count_of(kind, entries) >= MOST_OF_KIND for kind in SearchKind),
        is_loose=is_loose and bool(ranked),
        did_you_mean=_correction(asked, wanted) if is_loose or not ranked else None,
    )


def _count_of(kind: SearchKind, entries: Iterable[Any]) -> int:
    return sum(entry.kind is kind for entry in entries)


def _in_order(groups: Sequence[Group], entries: Iterable[Any], today: date) -> list[Any]:
    def place(entry: Any) -> tuple[float, int]:
        age = rules.age_in_years(entry.day, today)
        return -rules.score(groups, entry.stems.split(" "), entry.head_size, entry.kind, age), -entry.id

    return sorted(entries, key=place)


def _completions(text: str) -> Sequence[str]:
    """Stems of the words that the last word may become, the shortest first."""
    last = analysis.tokens(text)[-1]
    if len(last) < rules.SHORTEST_BEGINNING or text[-1:].isspace():
        return []
    question = select(SearchWord.stem).where(SearchWord.word > last, SearchWord.word < rules.after(last))
    return db.session.scalars(
        question.order_by(func.length(SearchWord.word), SearchWord.word).limit(MOST_COMPLETIONS)
    ).all()


def _correction(asked: Sequence[Group], wanted: SearchFilter) -> str | None:
    """The question with unknown words replaced by near ones, if that finds something the viewer may see.

    The list of words has none of what is confidential, so that a suggestion tells nothing of it.
    """
    said = [_nearest(group.said) for group in asked]
    corrected = " ".join(said)
    if said == [group.said for group in asked]:
        return None
    groups = rules.groups_of(corrected, synonyms())
    return corrected if groups and candidates(groups, wanted) else None


def _nearest(said: str) -> str:
    is_known = (SearchWord.word == said) | (SearchWord.stem == analysis.stem(said))
    if " " in said or db.session.scalar(select(SearchWord.word).where(is_known).limit(1)):
        return said
    near_in_length = func.length(SearchWord.word).between(len(said) - 2, len(said) + 2)
    # The most common first: a word that a single text has is less likely meant than one that many have.
    question = select(SearchWord.word, SearchWord.held).where(near_in_length)
    found = db.session.execute(question.order_by(SearchWord.held.desc(), SearchWord.word).limit(MOST_WORDS_COMPARED))
    return rules.nearest_word(said, {row.word: row.held for row in found}) or said
