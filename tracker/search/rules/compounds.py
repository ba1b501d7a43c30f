"""Compounds, which Indonesian writes as two words alone but as one between a prefix and a suffix (EYD V, II.B.5). Pure.

«tindak lanjut», but «menindaklanjuti». The stemmer removes affixes from a word but does not know compounds, and
leaves «indaklanjut» where a prefix replaced the first letter. So each form is searched in addition to the one typed.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from tracker.core import analysis

#: The shortest compounds («uji coba», «ibu kota») have seven letters, the shortest of their words three («hak milik»).
SHORTEST_COMPOUND, SHORTEST_HALF = 7, 3
#: Stems of compounds are longer, except where the stemmer removes letters of the word itself («itahu»).
SHORTEST_STEM = 5
_PLAIN_PREFIXES = ("", "di", "ke", "se", "ter", "ber", "be", "per", "memper", "diper")
_SUFFIXES = ("", "kan", "i", "an", "nya", "kannya", "annya", "inya")
#: Prefixes with their suffixes; the endings of «me» and «pe» depend on the first letter of the word.
_FORMS = (
    ("", ""), ("", "an"), ("di", ""), ("di", "kan"), ("di", "i"), ("me", ""), ("me", "kan"), ("me", "i"), ("pe", ""),
    ("pe", "an"), ("per", "an"), ("ke", "an"), ("ber", ""), ("ter", ""), ("memper", "kan"),
)  # fmt: skip
#: Which first letters follow each nasal prefix, and the letter that it replaces.
_NASAL = (
    ("meng", "k"), ("meng", ""), ("meny", "s"), ("mem", "p"), ("mem", ""), ("men", "t"), ("men", ""), ("me", ""),
    ("peng", "k"), ("peng", ""), ("peny", "s"), ("pem", "p"), ("pem", ""), ("pen", "t"), ("pen", ""), ("pe", ""),
)  # fmt: skip
#: Stop words that can be half of a compound.
_EMPTY_HALVES = frozenset({"guna", "salah", "sama", "satu", "serta"})
_BEGINS_LIKE_A_WORD = re.compile(r"(?:[^aeiou]?|ng|ny|sy|kh|[^aeiou][lr]|s[kpt])[aeiou]")
#: Two or more syllables and at most one consonant at the end; the first word may be as short as «hak».
_SECOND_HALF = re.compile(_BEGINS_LIKE_A_WORD.pattern + r"[a-z]*[aeiou](?:ng|[^aeiou])?")
_FIRST_HALF = re.compile(rf"{_SECOND_HALF.pattern}|[^aeiou][aeiou][^aeiou]")


def _fronts(prefix: str, root: str) -> Iterator[str]:
    """The root after a prefix; after a nasal prefix both with and without its first letter, since both occur."""
    if prefix not in {"me", "pe"}:
        yield f"{prefix}{root}"
        return
    swallowing = {"k": "ng", "p": "m", "t": "n", "s": "ny"}.get(root[0])
    if swallowing:
        yield f"{prefix}{swallowing}{root[1:]}"
    between = "m" if root[0] in "bfvp" else "n" if root[0] in "cdjzt" else "ng" if root[0] in "aeioughk" else ""
    yield f"{prefix}{between}{root}"


@lru_cache(maxsize=20_000)
def _stems_of_forms(root: str) -> frozenset[str]:
    """The stems of all forms of a compound."""
    forms = (f"{front}{suffix}" for prefix, suffix in _FORMS for front in _fronts(prefix, root))
    return frozenset(stem for form in forms if len(stem := analysis.stem(form)) >= SHORTEST_STEM)


def _without_suffix(word: str) -> Iterator[str]:
    for suffix in _SUFFIXES:
        if word.endswith(suffix):
            yield word.removesuffix(suffix)


def _without_prefix(word: str) -> Iterator[str]:
    for prefix in _PLAIN_PREFIXES:
        if word.startswith(prefix):
            yield word.removeprefix(prefix)
    for prefix, swallowed in _NASAL:
        rest = word.removeprefix(prefix)
        if rest != word and (rest[:1] in "aeiou" or not swallowed):
            yield swallowed + rest


@lru_cache(maxsize=20_000)
def roots_of(word: str) -> frozenset[str]:
    """Roots that the word may be an affixed form of, long enough for a compound; includes the word itself."""
    if _is_affixed_short_word(word):
        return frozenset()
    roots = (root for stripped in _without_suffix(word) for root in _without_prefix(stripped))
    return frozenset(root for root in roots if len(root) >= SHORTEST_COMPOUND and _BEGINS_LIKE_A_WORD.match(root))


def _is_affixed_short_word(word: str) -> bool:
    """Whether a word has both affixes but is too short for a compound: «pengaduan», «penanganan»."""
    if not word.startswith(("me", "pe", "ke", "di")):
        return False
    stripped = (word.removesuffix(suffix) for suffix in ("kan", "i", "an") if word.endswith(suffix))
    return any(
        SHORTEST_HALF <= len(root) < SHORTEST_COMPOUND
        for rest in stripped
        for root in _without_prefix(rest)
        if root != rest
    )


@lru_cache(maxsize=20_000)
def _may_be_one(first: str, second: str) -> bool:
    """A compound takes its prefix before and its suffix after both words, never both at the same one."""
    is_long_enough = min(len(first), len(second)) >= SHORTEST_HALF
    has_both = _is_affixed_short_word(first) or _is_affixed_short_word(second)
    return is_long_enough and (first + second).isalpha() and not has_both and not _says_nothing(first, second)


def _says_nothing(*pair: str) -> bool:
    return not analysis.STOP_WORDS.intersection(pair) <= _EMPTY_HALVES


@lru_cache(maxsize=20_000)
def fused(first: str, second: str) -> frozenset[str]:
    """Stems of the one-word forms of a compound: «tindak», «lanjut» → «menindaklanjuti», «tindaklanjut»."""
    if not _may_be_one(first, second):
        return frozenset()
    roots = roots_of(first + second)
    return frozenset(stem for root in roots for stem in _stems_of_forms(root))


@lru_cache(maxsize=20_000)
def other_forms(word: str) -> frozenset[str]:
    """Stems of other forms of a word that may be a compound: «menandatangani» → «ditandatangani»."""
    roots = roots_of(word) if word.isalpha() else frozenset()
    shortest = min(map(len, roots), default=0)
    stems = {
        stem
        for root in roots
        for stem in _stems_of_forms(root)
        # With a longer root they would be the stems of other words: «tangan» of «penanganan».
        if len(stem) >= SHORTEST_COMPOUND or len(root) == shortest
    }
    return frozenset(stems - {analysis.stem(word)})


@lru_cache(maxsize=20_000)
def halves(word: str) -> frozenset[tuple[str, ...]]:
    """Stems of the two words a compound may consist of: «menindaklanjuti» → «tindak», «lanjut».

    Stop words are not in the index: of «dayaguna» only «daya» remains, of «salahguna» nothing.
    """
    if not word.isalpha():
        return frozenset()
    pairs = {
        (root[:at], root[at:])
        for root in roots_of(word)
        for at in range(SHORTEST_HALF, len(root) - SHORTEST_HALF + 1)
        if _FIRST_HALF.fullmatch(root[:at]) and _SECOND_HALF.fullmatch(root[at:])
    }
    return frozenset(_stems(pair) for pair in pairs) - {()}


def _stems(pair: tuple[str, str]) -> tuple[str, ...]:
    content_words = (half for half in pair if half not in analysis.STOP_WORDS)
    return () if _says_nothing(*pair) else tuple(analysis.stem(half) for half in content_words)


@lru_cache(maxsize=20_000)
def other_pairs(first: str, second: str) -> frozenset[tuple[str, str]]:
    """Stem pairs with the first word affixed on its own, or without the affix: «menindak lanjuti», «tindak lanjut»."""
    if not _may_be_one(first, second):
        return frozenset()
    others = {analysis.stem(other) for other in (*_without_prefix(first), *_fronts("me", first))}
    long_enough = (other for other in others - {analysis.stem(first)} if len(other) >= SHORTEST_HALF)
    return frozenset((other, analysis.stem(second)) for other in long_enough)
