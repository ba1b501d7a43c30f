"""How words are matched and the answers put in order. Pure, so that both databases answer alike.

A question is a row of groups that must all be met; a group is met in one of several ways (synonyms, compounds written
apart or as one, the words that a word half typed may become); a way is one stem, or several that must all be there.
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
#: From so many letters on, the last word may be one that is still being typed.
SHORTEST_BEGINNING = 3
LONGEST_QUESTION = 400
#: Of so many words the other forms of compounds are asked for: each has dozens.
MOST_COMPOUNDS = 6
#: So much of a text is compared with earlier proposals.
MOST_COMPARED = 40
#: From here on an earlier proposal is shown; chosen by what `python -m bench.proposed_before` prints.
LIKE_ENOUGH = 0.37
#: In so many proposals a word is taken to be that was not asked for, and hence not counted.
UNCOUNTED = 2

Way = tuple[str, ...]
#: By the first stem of a word or phrase: it, and all ways of saying the same, itself first.
Synonyms = Mapping[str, Sequence[tuple[Way, tuple[Way, ...]]]]


class SearchKind(StrEnum):
    """What can be found."""

    PROPOSAL = "proposal"
    ACTION = "action"
    MEETING = "meeting"
    STATEMENT = "statement"
    TARGET = "target"
    PERSON = "person"
    POST = "post"
    UNIT = "unit"
    ATTACHMENT = "attachment"


#: Part of each entry's number, hence never changed.
NUMBERS = {kind: number for number, kind in enumerate(SearchKind, start=1)}
#: A little more for what people look for by name, so that a line of the minutes comes after what came of it.
WORTH = {
    SearchKind.PROPOSAL: 0.3, SearchKind.ACTION: 0.25, SearchKind.MEETING: 0.25, SearchKind.STATEMENT: 0.0,
    SearchKind.TARGET: 0.25, SearchKind.PERSON: 0.35, SearchKind.POST: 0.2, SearchKind.UNIT: 0.2,
    SearchKind.ATTACHMENT: 0.1,
}  # fmt: skip


def entry_id(kind: SearchKind, row_id: int) -> int:
    """The number of a row's entry: the same on every database, rising with the row's own within its kind."""
    return (NUMBERS[kind] << 32) + row_id


@dataclass(frozen=True)
class Group:
    """One thing asked for: as typed, the ways in which it can be met, and those that only begin with it."""

    said: str
    ways: tuple[Way, ...]
    #: Other forms of a compound; where they are two stems, these must be side by side.
    compounds: tuple[Way, ...] = ()
    completions: tuple[str, ...] = ()

    @property
    def all_ways(self) -> tuple[Way, ...]:
        """Every way, the half-typed ones last."""
        return (*self.ways, *self.compounds, *((word,) for word in self.completions))


class SearchState(StrEnum):
    """What a row can have come to, as people say it: each kind has its own statuses for it."""

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


@dataclass(frozen=True, kw_only=True)
class SearchFilter:
    """What is looked for, and what it is narrowed to. `stage`: open or closed."""

    q: str
    kind: SearchKind | None = None
    year: int | None = None
    stage: str | None = None
    state: SearchState | None = None
    is_overdue: bool = False
    #: The type of the meeting that it is, belongs to or was agreed at.
    meeting_type: MeetingType | None = None
    #: Stems that must be there side by side and in this order, and such as must not.
    phrases: tuple[Way, ...] = ()
    without: tuple[Way, ...] = ()


def ways_of(words: Iterable[str]) -> list[Way]:
    """Words and phrases that mean the same, each as its stems."""
    ways = (tuple(analysis.stems(word)) for word in words)
    return [way for way in dict.fromkeys(ways) if way]


def synonyms_of(lists: Iterable[Sequence[str]], *, with_compounds: bool = False) -> Synonyms:
    """The synonym list, ready to be asked for each word of many texts; with its phrases written as one word, too."""
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
    """The first text that sorts after everything with this beginning."""
    return beginning[:-1] + chr(ord(beginning[-1]) + 1)


def groups_of(text: str, synonyms: Synonyms, most: int = MOST_GROUPS) -> list[Group]:
    """What a text asks for: its stems in order, each once, phrases of the synonym list as one group."""
    words = [(token, analysis.stem(token)) for token in analysis.tokens(text) if token not in analysis.STOP_WORDS]
    groups: dict[tuple[Way, ...], Group] = {}
    at = 0
    while at < len(words) and len(groups) < most:
        way, ways = _longest_known([stem for _, stem in words[at:]], synonyms)
        said = " ".join(token for token, _ in words[at : at + len(way)])
        groups.setdefault(ways, Group(said, ways))
        at += len(way)
    return list(groups.values())


def _longest_known(ahead: Sequence[str], synonyms: Synonyms) -> tuple[Way, tuple[Way, ...]]:
    alone: Way = (ahead[0],)
    here = [known for known in synonyms.get(ahead[0], ()) if tuple(ahead[: len(known[0])]) == known[0]]
    return max(here, key=lambda known: len(known[0]), default=(alone, (alone,)))


def with_completions(groups: Sequence[Group], completions: Iterable[str]) -> list[Group]:
    """The last group also met by the words that it may become."""
    last = groups[-1]
    taken = {way[0] for way in last.ways if len(way) == 1}
    more = tuple(dict.fromkeys(stem for stem in completions if stem not in taken))
    return [*groups[:-1], replace(last, completions=more)]


def with_compounds(groups: Sequence[Group], text: str) -> list[Group]:
    """The groups also met by compounds: two words of the text written as one, or one of them written as two."""
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
    known = [_with_forms(group, whole, partly) for group in groups]
    if known or len(tokens) < 2:
        return known
    # «salah guna»: words that say nothing, each by itself.
    return [Group(" ".join(tokens), (), tuple(sorted(set().union(*whole.values()))))] if any(whole.values()) else []


def _with_forms(group: Group, whole: Mapping[str, set[Way]], partly: Mapping[str, set[str]]) -> Group:
    said = group.said.split(" ")
    taken = set(group.ways)
    ways = {way for token in said for way in whole.get(token, ())} - taken
    stems = {stem for token in said for stem in partly.get(token, ()) if (stem,) not in taken}
    more = stems.difference(group.completions)
    return replace(group, compounds=tuple(sorted(ways)), completions=(*group.completions, *sorted(more)))


def prefix(kind: SearchKind) -> str:
    """What PostgreSQL's index has before each stem of this kind: it then knows how common a word is within it."""
    return f"{NUMBERS[kind]}."


def expression(
    groups: Sequence[Group],
    marks: Sequence[str],
    signs: tuple[str, str, str],
    *,
    before: str = "",
    any_of: bool = False,
) -> str:
    """The question as an index reads it. `signs`: and, or, the quotation mark; stems are letters and figures only.

    `before` stands before each stem and mark in the index. Nothing where neither groups nor marks ask for anything.
    """
    both, either, quote = signs
    begin = quote + before
    asked = []
    for group in groups:
        ways = [f" {both} ".join(f"{begin}{stem}{quote}" for stem in way) for way in group.all_ways]
        asked.append(f" {either} ".join(f"({way})" for way in ways))
    met = f" {either if any_of else both} ".join(f"({one})" for one in asked)
    return f" {both} ".join([*([f"({met})"] if met else []), *(f"{begin}{mark}{quote}" for mark in marks)])


def is_met(groups: Sequence[Group], stems: Sequence[str], *, any_of: bool = False) -> bool:
    """Whether an entry that has the stems has them as the groups want them: those of a compound side by side."""
    had, pairs = set(stems), set(pairwise(stems))
    return (any if any_of else all)(any(_has(had, pairs, group, way) for way in group.all_ways) for group in groups)


def _has(had: set[str], pairs: set[tuple[str, str]], group: Group, way: Way) -> bool:
    return had.issuperset(way) and (len(way) == 1 or way not in group.compounds or way in pairs)


def score(groups: Sequence[Group], stems: Sequence[str], head_size: int, kind: SearchKind, age: float | None) -> float:
    """How well an entry answers: words in its name, words side by side, its kind, how recent it is (age in years)."""
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
    """What one group adds: most for what was typed, less for a synonym, least for a word it may become."""
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
    """How old something is; what lies ahead is new."""
    return max((today - day).days, 0) / 365 if day else None


#: Shorter words are not corrected: too many others are one letter away. From the other length on, two mistakes are.
SHORTEST_CORRECTED, SHORTEST_WITH_TWO = 4, 9


def nearest_word(typed: str, known: Mapping[str, int]) -> str | None:
    """The known word that this one was most likely meant to be, of words by how many entries hold each.

    A wrong, missing, doubled or swapped letter is one mistake. Of equally near words the one with the same first letter
    comes first, then the more common one.
    """
    if len(typed) < SHORTEST_CORRECTED:
        return None
    most = 2 if len(typed) >= SHORTEST_WITH_TWO else 1
    near = process.extract(typed, [*known], scorer=OSA.distance, score_cutoff=most, limit=None)
    words = [(distance, word[0] != typed[0], -known[word], word) for word, distance, _ in near if word != typed]
    return min(words)[-1] if words else None


def weight(count: int, in_all: int) -> float:
    """How much a word tells that so many of all texts have: the rarer, the more (inverse document frequency)."""
    return log((in_all + 1) / (min(count, in_all) + 1)) + 1


def keys_of(groups: Iterable[Group]) -> list[Way]:
    """What a text says, in order: synonyms are one and the same."""
    return [min(group.ways) for group in groups]


def likeness(asked: Sequence[Way], texts: Sequence[Sequence[Way]], weights: Mapping[Way, float], other: float) -> float:
    """How much one proposal says what another does, 0 to about 1.

    The geometric mean of how much of what is asked the other says at all, and how much of its title (or gist) is asked;
    words side by side in both count a little more. One word in common is chance.
    """

    def weigh(keys: Iterable[Way]) -> float:
        return sum(weights.get(key, other) for key in keys)

    said = set(asked)
    shared = said & {key for text in texts for key in text}
    if not said or len(shared) < min(2, len(said)):
        return 0.0
    covered = weigh(shared) / weigh(said)
    meant = max((weigh(said & set(text)) / weigh(set(text)) for text in texts if text), default=0.0)
    pairs = set(pairwise(asked)) & {pair for text in texts for pair in pairwise(text)}
    return round(sqrt(covered * meant) + 0.05 * min(len(pairs), 3), 6)
