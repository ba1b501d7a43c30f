"""Matching words and ranking results. Pure, so that both databases give the same results.

A query is a list of groups that must all match. A group matches in one of several ways (synonyms, compounds written
as one or two words, completions of a word being typed). A way is one stem, or several that must all be present.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import pairwise
from math import log, sqrt

from rapidfuzz import process
from rapidfuzz.distance import OSA

from tracker.core import analysis
from tracker.meetings.rules import MeetingType
from tracker.search.rules import compounds

MOST_GROUPS = 12
#: Minimum length from which the last word may be incomplete.
SHORTEST_BEGINNING = 3
LONGEST_QUESTION = 400
#: Number of words for which other forms of compounds are searched; each has dozens.
MOST_COMPOUNDS = 6
#: Number of words of a text that are compared with earlier proposals.
MOST_COMPARED = 40
#: Minimum similarity of a suggested earlier proposal, chosen with `python -m bench.proposed_before`.
LIKE_ENOUGH = 0.38
#: Assumed number of proposals with a word that was not searched and hence not counted.
UNCOUNTED = 2

Way = tuple[str, ...]
#: By the first stem of a word or phrase: the phrase, and all its synonyms including itself.
Synonyms = Mapping[str, Sequence[tuple[Way, tuple[Way, ...]]]]


class SearchKind(StrEnum):
    PROPOSAL = "proposal"
    ACTION = "action"
    MEETING = "meeting"
    STATEMENT = "statement"
    TARGET = "target"
    PERSON = "person"
    POST = "post"
    UNIT = "unit"
    ATTACHMENT = "attachment"


#: Part of the id of each entry, hence never changed.
NUMBERS = {kind: number for number, kind in enumerate(SearchKind, start=1)}
#: A small bonus for kinds that people look up by name, so that statements rank below what resulted from them.
WORTH = {
    SearchKind.PROPOSAL: 0.3, SearchKind.ACTION: 0.25, SearchKind.MEETING: 0.25, SearchKind.STATEMENT: 0.0,
    SearchKind.TARGET: 0.25, SearchKind.PERSON: 0.35, SearchKind.POST: 0.2, SearchKind.UNIT: 0.2,
    SearchKind.ATTACHMENT: 0.1,
}  # fmt: skip


def entry_id(kind: SearchKind, row_id: int) -> int:
    """Id of the entry of a row: the same on every database, ascending with the row id within a kind."""
    return (NUMBERS[kind] << 32) + row_id


@dataclass(frozen=True)
class Group:
    text: str
    ways: tuple[Way, ...]
    #: Other forms of a compound; two stems must be adjacent.
    compounds: tuple[Way, ...] = ()
    completions: tuple[str, ...] = ()

    @property
    def all_ways(self) -> tuple[Way, ...]:
        return (*self.ways, *self.compounds, *((word,) for word in self.completions))


class SearchState(StrEnum):
    """States in everyday terms; each kind maps them to its own statuses."""

    SUBMITTED = "submitted"
    UNDER_DISCUSSION = "under_discussion"
    DEFERRED = "deferred"
    APPROVED = "approved"
    IN_FOLLOW_UP = "in_follow_up"
    REALISED = "realised"
    REJECTED = "rejected"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"
    NOT_ACTIONABLE = "not_actionable"
    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    AWAITING_VERIFICATION = "awaiting_verification"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    SCHEDULED = "scheduled"
    HELD = "held"
    #: Of proposals: any state before a decision.
    UNDECIDED = "undecided"


@dataclass(frozen=True, kw_only=True)
class SearchFilter:
    q: str
    kind: SearchKind | None = None
    year: int | None = None
    stage: str | None = None
    state: SearchState | None = None
    is_overdue: bool = False
    #: Type of the meeting that the row is, belongs to or was agreed at.
    meeting_type: MeetingType | None = None
    #: Adjacent stems that must be present, and that must not be.
    phrases: tuple[Way, ...] = ()
    without: tuple[Way, ...] = ()


def ways_of(words: Iterable[str]) -> list[Way]:
    ways = (tuple(analysis.stems(word)) for word in words)
    return [way for way in dict.fromkeys(ways) if way]


def synonyms_of(lists: Iterable[Sequence[str]], *, with_compounds: bool = False) -> Synonyms:
    """Prepare the synonym list for look-ups by stem; optionally with phrases written as one word."""
    known: dict[str, list[tuple[Way, tuple[Way, ...]]]] = {}
    for words in lists:
        ways = ways_of(words)
        if with_compounds:
            ways = list(dict.fromkeys([*ways, *_fused_ways(words)]))
        for way in ways:
            known.setdefault(way[0], []).append((way, (way, *(other for other in ways if other != way))))
    return known


def _fused_ways(phrases: Iterable[str]) -> list[Way]:
    pairs = [tokens for tokens in map(analysis.tokens, phrases) if len(tokens) == 2]
    return sorted((stem,) for first, second in pairs for stem in compounds.fused(first, second))


def after(beginning: str) -> str:
    """The smallest text that sorts after everything with this prefix, for range queries."""
    return beginning[:-1] + chr(ord(beginning[-1]) + 1)


def groups_of(text: str, synonyms: Synonyms, most: int = MOST_GROUPS) -> list[Group]:
    """The groups of a text in order, each stem once; a phrase of the synonym list is one group."""
    words = [(token, analysis.stem(token)) for token in analysis.tokens(text) if token not in analysis.STOP_WORDS]
    groups: dict[tuple[Way, ...], Group] = {}
    at = 0
    while at < len(words) and len(groups) < most:
        way, ways = _longest_known([stem for _, stem in words[at:]], synonyms)
        phrase = " ".join(token for token, _ in words[at : at + len(way)])
        groups.setdefault(ways, Group(phrase, ways))
        at += len(way)
    return list(groups.values())


def _longest_known(ahead: Sequence[str], synonyms: Synonyms) -> tuple[Way, tuple[Way, ...]]:
    alone: Way = (ahead[0],)
    candidates = [
        candidate for candidate in synonyms.get(ahead[0], ()) if tuple(ahead[: len(candidate[0])]) == candidate[0]
    ]
    return max(candidates, key=lambda candidate: len(candidate[0]), default=(alone, (alone,)))


def with_completions(groups: Sequence[Group], completions: Iterable[str]) -> list[Group]:
    last = groups[-1]
    existing = {way[0] for way in last.ways if len(way) == 1}
    more = tuple(dict.fromkeys(stem for stem in completions if stem not in existing))
    return [*groups[:-1], replace(last, completions=more)]


def with_compounds(groups: Sequence[Group], text: str) -> list[Group]:
    """Let the groups match compounds too: two words written as one, or one written as two."""
    tokens = analysis.tokens(text)
    whole: defaultdict[str, set[Way]] = defaultdict(set)
    partly: defaultdict[str, set[str]] = defaultdict(set)
    for first, second in list(pairwise(tokens))[:MOST_GROUPS]:
        ways = {*((stem,) for stem in compounds.fused(first, second)), *compounds.other_pairs(first, second)}
        whole[first] |= ways
        whole[second] |= ways
    for token in [token for token in dict.fromkeys(tokens) if compounds.roots_of(token)][:MOST_COMPOUNDS]:
        halves = compounds.halves(token)
        whole[token] |= {(stem,) for stem in compounds.other_forms(token)} | {way for way in halves if len(way) > 1}
        partly[token] |= {way[0] for way in halves if len(way) == 1}
    extended = [_with_forms(group, whole, partly) for group in groups]
    if extended or len(tokens) < 2:
        return extended
    # «salah guna» consists of stop words, which are then searched one by one.
    return [Group(" ".join(tokens), (), tuple(sorted(set().union(*whole.values()))))] if any(whole.values()) else []


def _with_forms(group: Group, whole: Mapping[str, set[Way]], partly: Mapping[str, set[str]]) -> Group:
    tokens = group.text.split(" ")
    existing = set(group.ways)
    ways = {way for token in tokens for way in whole.get(token, ())} - existing
    stems = {stem for token in tokens for stem in partly.get(token, ()) if (stem,) not in existing}
    more = stems.difference(group.completions)
    return replace(group, compounds=tuple(sorted(ways)), completions=(*group.completions, *sorted(more)))


def prefix(kind: SearchKind) -> str:
    """What PostgreSQL's index has before each stem of this kind, so that it knows how common a word is within it."""
    return f"{NUMBERS[kind]}."


def expression(
    groups: Sequence[Group],
    filter_terms: Sequence[str],
    signs: tuple[str, str, str],
    *,
    before: str = "",
    any_of: bool = False,
) -> str:
    """The query in the syntax of an index. `signs` are and, or and the quotation mark.

    `before` is the prefix of each stem and filter value in the index. Empty if there are neither groups nor filter
    values.
    """
    both, either, quote = signs
    begin = quote + before
    clauses = []
    for group in groups:
        ways = [f" {both} ".join(f"{begin}{stem}{quote}" for stem in way) for way in group.all_ways]
        clauses.append(f" {either} ".join(f"({way})" for way in ways))
    met = f" {either if any_of else both} ".join(f"({clause})" for clause in clauses)
    return f" {both} ".join([*([f"({met})"] if met else []), *(f"{begin}{term}{quote}" for term in filter_terms)])


def is_met(groups: Sequence[Group], stems: Sequence[str], *, any_of: bool = False) -> bool:
    """Whether the stems match the groups; stems of a compound must be adjacent."""
    had, pairs = set(stems), set(pairwise(stems))
    return (any if any_of else all)(any(_has(had, pairs, group, way) for way in group.all_ways) for group in groups)


def _has(had: set[str], pairs: set[tuple[str, str]], group: Group, way: Way) -> bool:
    return had.issuperset(way) and (len(way) == 1 or way not in group.compounds or way in pairs)


def score(groups: Sequence[Group], stems: Sequence[str], head_size: int, kind: SearchKind, age: float | None) -> float:
    had = set(stems)
    met = [_met(group, stems, had, head_size) for group in groups]
    pairs = set(pairwise(stems)) if len(groups) > 1 else set()
    side_by_side = sum(
        any((one[-1], other[0]) in pairs for one in first.ways for other in second.ways)
        for first, second in pairwise(groups)
    )
    recent = 0.3 / (1 + age) if age is not None else 0.0
    brief = 0.2 / (1 + head_size / 8)
    return round(sum(met) + 0.4 * side_by_side + recent + brief + WORTH[kind], 6)


def _met(group: Group, stems: Sequence[str], had: set[str], head_size: int) -> float:
    """Score of one group: highest for the word as typed, lower for a synonym, lowest for a completion."""
    best = 0.0
    for rank, way in enumerate(group.all_ways):
        if had.issuperset(way):
            is_whole = rank < len(group.ways) + len(group.compounds)
            weight = 1.0 if rank == 0 else 0.85 if is_whole else 0.6
            is_named = all(stems.index(stem) < head_size for stem in way)
            often = min(stems.count(stem) for stem in way)
            best = max(best, weight * ((1.0 if is_named else 0.5) + 0.08 * min(often, 4)))
    return best


def age_in_years(day: date | None, today: date) -> float | None:
    return max((today - day).days, 0) / 365 if day else None


#: Shorter words are not corrected, since too many others differ in one letter. From the second length on two errors
#: are allowed.
SHORTEST_CORRECTED, SHORTEST_WITH_TWO = 4, 9


def nearest_word(typed: str, known: Mapping[str, int]) -> str | None:
    """The known word that was most likely meant; `known` maps words to the number of entries.

    A wrong, missing, doubled or swapped letter is one error. Among equally similar words, the same first letter wins,
    then the more common word.
    """
    if len(typed) < SHORTEST_CORRECTED:
        return None
    most = 2 if len(typed) >= SHORTEST_WITH_TWO else 1
    near = process.extract(typed, [*known], scorer=OSA.distance, score_cutoff=most, limit=None)
    words = [(distance, word[0] != typed[0], -known[word], word) for word, distance, _ in near if word != typed]
    return min(words)[-1] if words else None


def weight(count: int, in_all: int) -> float:
    """Inverse document frequency: the rarer a word, the higher its weight."""
    return log((in_all + 1) / (min(count, in_all) + 1)) + 1


def keys_of(groups: Iterable[Group]) -> list[Way]:
    """Comparison keys of a text, in order; synonyms have the same key."""
    return [min(group.ways) for group in groups]


def similarity(own: Sequence[Way], texts: Sequence[Sequence[Way]], weights: Mapping[Way, float], other: float) -> float:
    """How similar a text, given by its keys, is to a proposal: 0 to about 1.

    The geometric mean of the share of `own` found in the proposal, and the share of the proposal's title (or summary)
    found in `own`; adjacent words add a little. A single common word counts as chance.
    `other` is the weight of keys that `weights` does not have.
    """

    def weigh(keys: Iterable[Way]) -> float:
        return sum(weights.get(key, other) for key in keys)

    own_keys = set(own)
    shared = own_keys & {key for text in texts for key in text}
    if not own_keys or len(shared) < min(2, len(own_keys)):
        return 0.0
    covered = weigh(shared) / weigh(own_keys)
    meant = max((weigh(own_keys & set(text)) / weigh(set(text)) for text in texts if text), default=0.0)
    pairs = set(pairwise(own)) & {pair for text in texts for pair in pairwise(text)}
    return round(sqrt(covered * meant) + 0.05 * min(len(pairs), 3), 6)
