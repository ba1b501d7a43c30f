"""The text analyser of the search: fold, split, drop stop words, stem. Used for both indexing and queries."""

import unicodedata
from functools import lru_cache
from pathlib import Path

import Stemmer

#: Words too common to distinguish texts.
STOP_WORDS = frozenset((Path(__file__).parent / "stop_words.txt").read_text(encoding="utf-8").split())
#: Longer tokens are noise and are cut; no index takes tokens of any length.
LONGEST_TOKEN = 60


def tokens(text: str) -> list[str]:
    """Folded letters and digits without accents and case; «undang-undang» gives both halves."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    cleaned = "".join(char if char.isalnum() else "" if unicodedata.combining(char) else " " for char in plain)
    return [token[:LONGEST_TOKEN] for token in cleaned.split()]


@lru_cache(maxsize=50_000)
def stem(token: str) -> str:
    """Indonesian stem; English if the Indonesian stemmer leaves the token unchanged."""
    # A stemmer keeps state, so each call has a new one and threads never share it.
    stemmed = Stemmer.Stemmer("indonesian", 0).stemWord(token)
    return str(stemmed if stemmed != token else Stemmer.Stemmer("english", 0).stemWord(token))


def stems(text: str) -> list[str]:
    return [stem(token) for token in tokens(text) if token not in STOP_WORDS]


@lru_cache(maxsize=50_000)
def stem_of(word: str) -> str:
    """The stem of a single word; empty for a stop word."""
    return "".join(stems(word)[:1])
