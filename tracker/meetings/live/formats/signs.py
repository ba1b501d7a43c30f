"""Mentions with `@` and `#`, and the words that follow. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tracker.people import formats
from tracker.people.formats import folded

#: Not in an address («a@b.id», «https://x.id/#y») or quotation.
_SIGN = re.compile(r"(?<![^\s([{,;:&+–—/])(?:[@#](?=[^\W_])|#[+*~%=-](?=[^\W\d_]))")
#: In a title the sign of an effect is enough for a target: «Forum nasional +penanganan».
_SIGN_IN_TITLE = re.compile(r"(?<![^\s([{,;:&–—/@])(?:#(?=[^\W_])|#?[+*~%=](?=[^\W\d_])|#-(?=[^\W\d_]))")
_WORD = re.compile(r"[^\W_]+(?:['’‘ʼ`´][^\W_]+)*")
#: Separators between the words of a name.
_GAP = re.compile(r"_|(?:\.?[^\S\n]{1,3}|[-‐‑‒–—/.])[(&]?[^\S\n]?|\)?,[^\S\n]{1,2}|\)?[^\S\n]{1,2}")
#: An unknown name is a single word; underscores join several.
_UNKNOWN = re.compile(r"[^\W_][\w.'’-]*")
MOST_MENTIONS, MOST_WORDS = 40, 14
#: Longer words are not names.
LONGEST_WORD = 100
#: Common abbreviations of posts and units.
ABBREVIATIONS = {
    short: tuple(words.split())
    for short, words in {
        "dir": "direktur", "dit": "direktorat", "dirjen": "direktur jenderal", "ditjen": "direktorat jenderal",
        "ses": "sekretaris", "sesditjen": "sekretaris direktorat jenderal", "setditjen":
        "sekretariat direktorat jenderal", "sekjen": "sekretaris jenderal", "setjen": "sekretariat jenderal",
        "irjen": "inspektur jenderal", "itjen": "inspektorat jenderal", "subdit": "subdirektorat",
        "kasubdit": "kepala subdirektorat", "kabag": "kepala bagian", "bag": "bagian", "subbag": "subbagian",
        "kasubbag": "kepala subbagian", "kasubag": "kepala subbagian", "kasi": "kepala seksi", "kabid": "kepala bidang",
        "kabiro": "kepala biro", "karo": "kepala biro", "kapus": "kepala pusat", "kanwil": "kantor wilayah",
        "kakanwil": "kepala kantor wilayah", "stafsus": "staf khusus", "sahli": "staf ahli", "wamen": "wakil menteri",
        "kemen": "kementerian", "wil": "wilayah",
    }.items()
}  # fmt: skip
#: A name that begins with one of these is an office and continues with the following capitalised words.
OFFICES = frozenset({
    "badan", "balai", "bank", "biro", "bupati", "camat", "deputi", "dewan", "dinas", "direktorat", "direktur", "ditjen",
    "dit", "gubernur", "inspektorat", "kabupaten", "kantor", "kanwil", "kedutaan", "kejaksaan", "kementerian", "kemen",
    "kepala", "kepolisian", "ketua", "komisi", "komite", "kota", "lembaga", "mahkamah", "majelis", "menko", "menteri",
    "ombudsman", "pemda", "pemerintah", "pemkab", "pemkot", "pemprov", "pengadilan", "perwakilan", "polda", "provinsi",
    "pusat", "satgas", "sekretariat", "sekretaris", "staf", "subdit", "tim", "universitas", "wakil", "wali", "yayasan",
    "agency", "committee", "council", "department", "director", "directorate", "ministry", "minister", "office",
    "team", "university",
})  # fmt: skip
_BEFORE_NAMES = formats.COURTESIES | formats.FAMILIAR | formats.TITLES | {"i", "ni"}
#: «, S.H.», «, M. Si.»
_DEGREE = re.compile(r"(?P<gap>,\s{0,2}|\s)(?P<short>[^\W\d_][^\s,;:]{0,14})(?:(?<=\.)\s[^\W\d_]{1,5}\.?(?!\w))?")


@dataclass(frozen=True)
class Word:
    text: str
    start: int
    end: int
    gap: str


def signs_in(text: str, quoted: Sequence[tuple[int, int]], *, is_title: bool = False) -> Iterator[tuple[int, str]]:
    """Mentions outside the quotations (which are sorted), with their sign: «@», «#», «#+»."""
    at = count = 0
    for sign in (_SIGN_IN_TITLE if is_title else _SIGN).finditer(text):
        while at < len(quoted) and quoted[at][1] <= sign.start():
            at += 1
        is_free = at == len(quoted) or sign.start() < quoted[at][0]
        if is_free and count < MOST_MENTIONS and not _is_in_address(text, sign.start()):
            count += 1
            yield sign.start(), sign[0]


def _is_in_address(text: str, start: int) -> bool:
    """Whether a slash before the sign belongs to an address; «@andreas/@made» are two mentions."""
    if text[start - 1 : start] != "/":
        return False
    word = text[:start].split()[-1]
    return word[0] not in "@#(" or "://" in word


def words_after(text: str, start: int) -> list[Word]:
    words: list[Word] = []
    at, gap = start, ""
    while len(words) < MOST_WORDS and (match := _WORD.match(text, at)):
        words.append(Word(_folded(match[0]), match.start(), match.end(), gap))
        between = _GAP.match(text, match.end())
        if between is None:
            break
        at, gap = between.end(), between[0]
    return words


def words_in(text: str) -> list[Word]:
    return [Word(_folded(match[0]), match.start(), match.end(), " ") for match in _WORD.finditer(text)]


def _folded(word: str) -> str:
    word = word[:LONGEST_WORD]
    return folded(word).replace(" ", "") or word.casefold()


def end_of_unknown(text: str, start: int) -> int:
    match = _UNKNOWN.match(text, start)
    return start + len(match[0].rstrip(".'’-")) if match else start


def spelled_out(words: Sequence[Word]) -> list[Word]:
    """The words with abbreviations of posts and units expanded; all words of an expansion keep its position."""
    return [
        replace(word, text=text, gap=word.gap if not at else " ")
        for word in words
        for at, text in enumerate(ABBREVIATIONS.get(word.text, (word.text,)))
    ]


def titles_before(words: Sequence[Word]) -> int:
    """Number of leading titles and forms of address, but at least one word is left as the name."""
    count = 0
    for word, following in pairwise(words):
        is_initial = following.gap.startswith(".") and len(word.text) <= len("Tgk")
        if not (is_initial or word.text in _BEFORE_NAMES):
            break
        count += 1
    return count


def end_of_degrees(text: str, end: int) -> int:
    while match := _DEGREE.match(text, end):
        has_comma = "," in match["gap"]
        spaced = match[0].removeprefix(match["gap"]).replace(" ", "")
        if formats.is_degree(match["short"], after_comma=has_comma):
            end = match.end("short")
        elif formats.is_degree(spaced, after_comma=has_comma):
            end = match.end()
        else:
            return end
    return end


def end_of_brackets(text: str, start: int, end: int) -> int:
    """End of a name including brackets that belong to it: «Kabupaten/Kota Peduli HAM (KKPHAM)»."""
    is_open = text.count("(", start, end) > text.count(")", start, end)
    return end + 1 if is_open and text[end : end + 1] == ")" else end
