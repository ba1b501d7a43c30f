"""The one analyser of texts: fold, split, leave out words that say nothing, stem. The same for storing and asking."""

import unicodedata
from functools import lru_cache
from pathlib import Path

import Stemmer

#: Words so common that they tell no two texts apart.
STOP_WORDS = frozenset((Path(__file__).parent / "stop_words.txt").read_text(encoding="utf-8").split())
#: What is longer is no word but noise, and no index takes words of any length.
LONGEST_TOKEN = 60


def tokens(text: str) -> list[str]:
    """Letters and figures of a text, folded: no accents, no case; «undang-undang» gives both its halves."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(sign if sign.isalnum() else "" if unicodedata.combining(sign) else " " for sign in plain)
    return [token[:LONGEST_TOKEN] for token in kept.split()]


@lru_cache(maxsize=50_000)
def stem(token: str) -> str:
    """The stem of a word: Indonesian first, English on what that leaves unchanged."""
    # A stemmer keeps its own state, so each call has a new one: threads never share it.
    stemmed = Stemmer.Stemmer("indonesian", 0).stemWord(token)
    return str(stemmed if stemmed != token else Stemmer.Stemmer("english", 0).stemWord(token))


def stems(text: str) -> list[str]:
    """The stems of a text's words, in order, without words that say nothing."""
    return [stem(token) for token in tokens(text) if token not in STOP_WORDS]


@lru_cache(maxsize=50_000)
def stem_of(word: str) -> str:
    """The stem of one word as it stands in a text; nothing for a word that says nothing."""
    return "".join(stems(word)[:1])
