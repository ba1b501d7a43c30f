"""Parsing and comparing personal names; the one rule for every place where names are entered.

A written name is split into titles, the name itself and degrees. Two names are the same, partly the same (a part or
an abbreviation), nearly the same (another spelling, a typing error), or different. Titles, degrees, forms of address,
case, accents, apostrophes, hyphens and spaces are ignored.
"""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Generic, NamedTuple, TypeVar

from rapidfuzz import process
from rapidfuzz.distance import OSA

from tracker.people import formats
from tracker.people.formats import folded

K = TypeVar("K", bound=Hashable)

#: Shorter words are not treated as typing errors of each other: Adi is not Ali.
SHORTEST_SLIP, LONG_WORD = 5, 9
LONGEST_INITIALS = 5
MOST_TITLES, MOST_WORDS = 12, 12
LONGEST_KEPT = 200
NIP_LENGTH = 18
_COMMA = re.compile(r"\s*[,;]\s*")
_SPACE = re.compile(r"\s+")
#: A dot within a token, where a title is joined to what follows: «Dr.Ratna».
_STUCK = re.compile(r"(?<=\.)(?=[^\W\d_])")
#: «Dr.(c)»
_STUCK_MARK = re.compile(r"(?<=[A-Za-z]\.)(?=\((?:c|cand|h\.?c|em)\b)", re.IGNORECASE)
_WORD = re.compile(r"([^\s.\-‐‑‒–—−/]+)(\.?)")
_WEAK = frozenset(
    {"bin", "binti", "binte", "al", "el", "ibn", "ibnu", "van", "von", "de", "der", "den", "da", "i", "ni"}
)


class Likeness(IntEnum):
    DIFFERENT = 0
    #: Another spelling or a typing error.
    NEAR = 1
    #: One contained in the other, initials, or abbreviations.
    PARTIAL = 2
    SAME = 3


class Word(NamedTuple):
    """A folded word of a name; `is_short` marks an abbreviation: «Moh.», «M»."""

    text: str
    is_short: bool


@dataclass(frozen=True)
class Name:
    core: str
    prefix: str | None
    suffix: str | None
    #: Text after the name and its degrees, usually a post.
    rest: str
    words: tuple[Word, ...]

    @cached_property
    def identity(self) -> str:
        """Comparison key, the same for all spellings of a name that differ only in case, accents and the like."""
        return "".join(word.text for word in self.words)


def is_nip(written: str) -> bool:
    """Whether it has the digits of a civil-service number, however they are grouped."""
    digits = written.replace(" ", "")
    return digits.isascii() and digits.isdigit() and len(digits) == NIP_LENGTH


def split_titles(written: str, prefix: str | None, suffix: str | None) -> tuple[str, str | None, str | None]:
    """(name, title before, title after): titles written with the name move to their places if those are empty."""
    name = parsed(written)
    if not (name.prefix or name.suffix) or name.rest:
        return written, prefix, suffix
    return name.core, prefix or name.prefix, suffix or name.suffix


def parsed(text: str) -> Name:
    return _parsed_before(text) if len(text) <= LONGEST_KEPT else _parsed(text)


def _parsed(text: str) -> Name:
    plain = _SPACE.sub(" ", text.translate(formats.INVISIBLE)).strip(" ,;:-–—•*")
    plain = _STUCK_MARK.sub(" ", plain)
    head, *segments = _COMMA.split(plain)
    tokens = head.split(" ")
    titles, tokens = _titles(tokens)
    tokens, degrees, rest = _degrees_at_end(tokens)
    if not rest:
        titles, degrees, rest = _after_commas(segments, titles, degrees)
    else:
        rest = ", ".join([rest, *segments])
    core = _without_full_stop(" ".join(tokens))
    return Name(core, " ".join(titles) or None, ", ".join(degrees) or None, rest, _words(core))


_parsed_before = lru_cache(maxsize=32768)(_parsed)


def _without_full_stop(core: str) -> str:
    """Remove the full stop of a sentence, but not that of an initial or abbreviation."""
    *_, last = core.split(" ")
    return core.rstrip(".") if "." not in last[:-1] and len(last) > len("Moh.") else core


def _titles(tokens: list[str]) -> tuple[list[str], list[str]]:
    """Split off leading titles (dropping forms of address) and leave at least one word."""
    titles: list[str] = []
    remaining = list(tokens)
    for _ in range(MOST_TITLES):
        if len(remaining) == 1 and not _STUCK.search(remaining[0]):
            break
        split = _leading_title(remaining, titles)
        if split is None:
            break
        titles, remaining = split
    return titles, remaining or tokens


def _leading_title(tokens: list[str], titles: list[str]) -> tuple[list[str], list[str]] | None:
    token, following = tokens[0], tokens[1:]
    letters = formats.key(token)
    if titles and following and formats.is_mark(token):
        return [*titles, token.rstrip(".")], following
    if count := _length_of_title(tokens):
        return [*titles, " ".join(tokens[:count])], tokens[count:]
    if following and _is_courtesy(token, following):
        return titles, following
    if following and _is_title(token, letters, titles):
        return [*titles, token], following
    pair = token + following[0] if len(following) > 1 else ""
    if len(pair) == len("K.H.") and formats.key(pair) in formats.TITLES and pair[1::2] == "..":
        return [*titles, pair], following[1:]
    pieces = _STUCK.split(token)
    for count in range(1, min(len(pieces), len("K.H."))):
        title = "".join(pieces[:count])
        if formats.key(title) in formats.TITLES or formats.key(title) in formats.COURTESIES:
            found_titles = [] if formats.key(title) in formats.COURTESIES else [title]
            return [*titles, *found_titles], ["".join(pieces[count:]), *following]
    return None


def _length_of_title(tokens: list[str]) -> int:
    """Number of words of a title of several words, if a name follows."""
    words = tuple(formats.key(token) for token in tokens[:3])
    return next((count for count in (3, 2) if len(tokens) > count and words[:count] in formats.TITLES_OF_WORDS), 0)


def _is_courtesy(token: str, following: list[str]) -> bool:
    letters = formats.key(token)
    return letters in formats.COURTESIES or (letters in formats.FAMILIAR and len(following) == 1) or not letters


def _is_title(token: str, letters: str, titles: list[str]) -> bool:
    if titles and formats.key(titles[-1]) in formats.RANKS | formats.AFTER_RANKS and letters in formats.AFTER_RANKS:
        is_written_short = token.endswith(".") or token.isupper() or letters in formats.ALWAYS_AFTER_RANKS
        return token.startswith("(") or (len(letters) > 1 and is_written_short)
    if letters in formats.TITLES_WITH_DOT:
        return token.endswith(".")
    if letters in formats.TITLES_IN_CAPITALS:
        return token.endswith(".") or token.isupper()
    return letters in formats.TITLES


def _degrees_at_end(tokens: list[str]) -> tuple[list[str], list[str], str]:
    """(name, degrees that follow without a comma, remaining text)."""
    is_small = all(token == token.lower() for token in tokens)
    read = [token.upper() for token in tokens] if is_small else tokens
    for start in range(2 if is_small else 1, len(tokens)):
        _, end = _degrees_from(read, start, after_comma=False)
        if end > start and (end == len(tokens) or not is_small):
            return tokens[:start], _degrees_from(tokens[:end], start, after_comma=True)[0], " ".join(tokens[end:])
    return tokens, [], ""


def _degrees_from(tokens: list[str], start: int, *, after_comma: bool) -> tuple[list[str], int]:
    """Degrees starting at this token, with spaced ones («M. Si») joined, and the index after them."""
    degrees: list[str] = []
    at = start
    while at < len(tokens) and (count := _length_of_degree((*tokens[at : at + 3],), after_comma or bool(degrees))):
        between = " " if _is_of_two_words(tuple(tokens[at : at + count])) else ""
        degrees.append(between.join(tokens[at : at + count]))
        at += count
        if at < len(tokens) and formats.is_mark(tokens[at]):
            degrees[-1] += f" {tokens[at].rstrip('.')}"
            at += 1
    return degrees, at


@lru_cache(maxsize=4096)
def _length_of_degree(tokens: tuple[str, ...], after_comma: bool) -> int:
    """Number of tokens of the degree starting here; listed degrees win over those recognised by shape."""
    starts = [
        count
        for count in range(len(tokens), 0, -1)
        if (all(token.endswith(".") for token in tokens[: count - 1]) or _is_of_two_words(tokens[:count]))
        and formats.is_degree("".join(tokens[:count]), after_comma=after_comma)
    ]
    listed = [count for count in starts if formats.key("".join(tokens[:count])) in formats.DEGREES]
    return next(iter(listed or (starts if after_comma else starts[-1:])), 0)


def _is_of_two_words(tokens: tuple[str, ...]) -> bool:
    return len(tokens) == 2 and formats.key("".join(tokens)) in formats.DEGREES_OF_TWO_WORDS


def _after_commas(segments: list[str], titles: list[str], degrees: list[str]) -> tuple[list[str], list[str], str]:
    titles, degrees = list(titles), list(degrees)
    for number, segment in enumerate(segments):
        tokens = segment.split()
        found_degrees, end = _degrees_from(tokens, 0, after_comma=True)
        if not found_degrees and tokens and all(formats.key(token) in formats.TITLES for token in tokens):
            titles += tokens
            continue
        degrees += found_degrees
        if end < len(tokens):
            return titles, degrees, ", ".join([" ".join(tokens[end:]), *segments[number + 1 :]])
    return titles, degrees, ""


def _words(core: str) -> tuple[Word, ...]:
    """Words that identify the person, without «I» or «Ni» before a Balinese name or «Mas» before a full name."""
    words = [
        Word(text, bool(match[2]) or len(text) == 1)
        for match in _WORD.finditer(core)
        for text in folded(match[1]).split()
    ]
    if len(words) > 1 and words[0].text in {"i", "ni"} and not core[len(words[0].text) :].startswith("."):
        words = words[1:]
    if len(words) > 2 and words[0].text in formats.FAMILIAR:
        words = words[1:]
    return tuple(words[:MOST_WORDS])


@lru_cache(maxsize=32768)
def likeness(one: str, other: str) -> Likeness:
    return _compared(parsed(one), parsed(other))


def _compared(one: Name, other: Name) -> Likeness:
    if not one.words or not other.words:
        return Likeness.DIFFERENT
    if one.identity == other.identity:
        return Likeness.SAME
    shorter, longer = sorted((_spelled_out(one.words), _spelled_out(other.words)), key=len)
    if formats.respelled(one.identity) == formats.respelled(other.identity):
        return max(Likeness.NEAR, _aligned(shorter, longer))
    if _is_run_of(shorter, longer) or _are_initials(one, other) or _are_initials(other, one):
        return Likeness.PARTIAL
    return max(_aligned(shorter, longer), _reordered(shorter, longer))


def _spelled_out(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Expand abbreviations of two names: «IB» is Ida Bagus."""
    if not any(len(formats.SHORT_FORMS.get(word.text, ())) > 1 for word in words):
        return words
    return tuple(
        Word(part, is_short=len(parts) > 1 or word.is_short)
        for word in words
        for parts in [formats.SHORT_FORMS.get(word.text, ()) if word.text != "aa" or word.is_short else ()]
        for part in (parts if len(parts) > 1 else (word.text,))
    )


def _is_run_of(shorter: tuple[Word, ...], longer: tuple[Word, ...]) -> bool:
    """Whether one name is contained in the other, joined or separate: «Wulansari» in «Ratna Wulan-Sari»."""
    run, texts = "".join(word.text for word in shorter), [word.text for word in longer]
    if len(run) == 1 or run in _WEAK or run not in "".join(texts):
        return False
    return any(
        run == "".join(texts[start:end]) for start in range(len(texts)) for end in range(start + 1, len(texts) + 1)
    )


def _are_initials(one: Name, other: Name) -> bool:
    """«R.D.» or «RD» for Ratna Dewanti."""
    letters = one.identity
    if len(letters) != len(other.words) or not 1 < len(letters) < LONGEST_INITIALS:
        return False
    is_written_so = all(len(word.text) == 1 for word in one.words) or (len(one.words) == 1 and one.core.isupper())
    return is_written_so and letters == "".join(word.text[0] for word in other.words)


def _aligned(shorter: tuple[Word, ...], longer: tuple[Word, ...]) -> Likeness:
    """Match every word of the shorter name with a word of the longer one, in order."""
    at, exact, is_near = 0, 0, False
    for word in shorter:
        match = Likeness.DIFFERENT
        while at < len(longer) and not match:
            match = _alike(word, longer[at])
            at += 1
        if not match:
            return Likeness.DIFFERENT
        is_near = is_near or match is Likeness.NEAR
        exact += match is Likeness.SAME and word.text not in _WEAK
    if is_near:
        return Likeness.NEAR if exact or len(shorter) == len(longer) else Likeness.DIFFERENT
    return Likeness.PARTIAL if exact else Likeness.DIFFERENT


def _reordered(shorter: tuple[Word, ...], longer: tuple[Word, ...]) -> Likeness:
    """«Dewanti Ratna» for Ratna Dewanti."""
    is_within = {word.text for word in shorter} <= {word.text for word in longer}
    return Likeness.PARTIAL if is_within and len(shorter) > 1 else Likeness.DIFFERENT


def _alike(one: Word, other: Word) -> Likeness:
    if one.text == other.text:
        return Likeness.PARTIAL if len(one.text) == 1 else Likeness.SAME
    if _shortens(one, other) or _shortens(other, one):
        return Likeness.PARTIAL
    if formats.respelled(one.text) == formats.respelled(other.text) or _is_slip(one.text, other.text):
        return Likeness.NEAR
    return Likeness.DIFFERENT


def _shortens(short: Word, whole: Word) -> bool:
    stands_for = formats.SHORT_FORMS.get(short.text, ())
    if len(stands_for) == 1 and formats.respelled(whole.text) == formats.respelled(stands_for[0]):
        return True
    return short.is_short and whole.text.startswith(short.text)


def slips_allowed(word: str) -> int:
    """Number of letters that may differ between a word and a typing error of it."""
    return 0 if len(word) < SHORTEST_SLIP else 1 if len(word) < LONG_WORD else 2


def _is_slip(one: str, other: str) -> bool:
    allowed = min(slips_allowed(one), slips_allowed(other))
    return bool(allowed) and one[0] == other[0] and OSA.distance(one, other, score_cutoff=allowed) <= allowed


@dataclass(frozen=True)
class NameMatches(Generic[K]):
    same: tuple[K, ...]
    partial: tuple[K, ...]
    near: tuple[K, ...]

    @property
    def all(self) -> tuple[K, ...]:
        return (*self.same, *self.partial, *self.near)

    @property
    def only(self) -> K | None:
        fitting = self.same or self.partial
        return fitting[0] if len(fitting) == 1 else None


class NameIndex(Generic[K]):
    def __init__(self, people: Iterable[tuple[K, Iterable[str]]]) -> None:
        self._spellings: dict[K, tuple[str, ...]] = {}
        self._by_key: dict[str, dict[K, None]] = defaultdict(dict)
        words: dict[str, set[str]] = defaultdict(set)
        for number, spellings in people:
            self._spellings[number] = tuple(spellings)
            for name in map(parsed, self._spellings[number]):
                for key in _keys_of(name):
                    self._by_key[key][number] = None
                for word in name.words:
                    words[word.text[0]].add(word.text)
        self._words = {letter: sorted(initial_words) for letter, initial_words in words.items()}

    def find(self, written: str) -> NameMatches[K]:
        grades: dict[Likeness, list[K]] = {Likeness.SAME: [], Likeness.PARTIAL: [], Likeness.NEAR: []}
        for key in self._candidates(parsed(written)):
            grade = max((likeness(written, spelling) for spelling in self._spellings[key]), default=Likeness.DIFFERENT)
            if grade:
                grades[grade].append(key)
        return NameMatches(*(tuple(grades[grade]) for grade in (Likeness.SAME, Likeness.PARTIAL, Likeness.NEAR)))

    def _candidates(self, name: Name) -> list[K]:
        keys = _keys_of(name)
        for word in name.words:
            if allowed := slips_allowed(word.text):
                initial_words = self._words.get(word.text[0], ())
                slips = process.extract(word.text, initial_words, scorer=OSA.distance, score_cutoff=allowed, limit=None)
                keys.update(slip for slip, _, _ in slips)
        fitting = {number for key in keys for number in self._by_key.get(key, ())}
        return [number for number in self._spellings if number in fitting]


def _keys_of(name: Name) -> set[str]:
    """Index keys of a name: words in old and new spelling, neighbouring words joined, the whole name, initials."""
    words = [word.text for word in _spelled_out(name.words)]
    pairs = [first + second for first, second in pairwise(words)]
    keys = {*words, *(formats.respelled(word) for word in (*words, name.identity)), *pairs, name.identity}
    return {*keys, "".join(word[0] for word in words)} if len(words) > 1 else keys
