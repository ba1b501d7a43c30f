"""A text without the signs of its format, and the places of its words: page, line, second. Pure."""

import io
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import webvtt
from webvtt.errors import MalformedCaptionError, MalformedFileError

from tracker.core.texts import NONCHARACTERS
from tracker.meetings.intake.formats.transcripts import Turn, turns_in

_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029\v\f\x1c-\x1e\x85]")
#: Signs that can be neither shown nor stored.
_UNSHOWN = re.compile(f"[\x00-\x08\x0e-\x1b\x1f\x7f-\x9f\ufeff\u200b\u2060\u00ad{NONCHARACTERS}]")
#: «> » of an answered mail, in most lines.
_QUOTED_MAIL = re.compile(r"^(?:>[ \t]?)+", re.MULTILINE)
#: «**penting**» within a line; stars around a whole line are left to the reader, which reads them as a heading.
_EMPHASIS = re.compile(r"(?<![\w*_])(\*\*\*|\*\*|__)(?=[^\s*_])([^*_\n]{1,200}?)(?<=[^\s*_])\1(?![\w*_])")
_LINK = re.compile(r"\[([^\[\]\n]{1,200})\]\((?:https?:|mailto:)[^()\s]{1,500}\)")
_CUE = re.compile(r"(?:\d{1,3}:)?\d\d:\d\d[.,]\d{3}[ \t]*-->")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+(?P<name>[^>\n]{1,100})>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>\n]{0,100}>|<\d[\d:.]{3,12}>|\{\\[^{}\n]{1,30}\}", re.IGNORECASE)
_NAMED = re.compile(
    r"(?:>>\s*)?(?:(?P<name>[A-Z][^\n:<>\[\]]{0,58}?):|\[(?P<bracket>[A-Z][^\n\[\]:]{0,58})\]:?)\s+(?=\S)"
)
#: What captions say of sounds, in brackets as well.
_SOUND = re.compile(
    r"\W*(?:musi[ck]|laugh|tawa|tertawa|applause|tepuk|inaudible|tidak jelas|crosstalk|silence|noise)", re.IGNORECASE
)
#: A pause after which the same speaker begins a new turn, in seconds.
_PAUSE = 90


@dataclass(frozen=True)
class Place:
    line: int
    page: int | None = None
    second: int | None = None


@dataclass(frozen=True)
class Plain:
    text: str
    #: Where each page begins, if the source has pages.
    pages: tuple[int, ...] = ()
    turns: tuple[Turn, ...] = ()

    def place(self, at: int) -> Place:
        return Places(self).of(at)


class Places:
    """The places of many words of a text."""

    def __init__(self, plain: Plain) -> None:
        self.plain = plain
        self._lines = [found.end() for found in re.finditer("\n", plain.text)]
        self._turns = [turn.start for turn in plain.turns]

    def of(self, at: int) -> Place:
        number = bisect_right(self._turns, at)
        return Place(
            line=bisect_right(self._lines, at) + 1,
            page=bisect_right(self.plain.pages, at) or None,
            second=self.plain.turns[number - 1].second if number else None,
        )


def plain_of(text: str) -> Plain:
    """A pasted text, or that of a file of plain text, Markdown or captions."""
    text = without_signs(text)
    captions = _captions(text)
    if captions:
        return captions
    lines = text.splitlines()
    quoted = sum(line.startswith(">") for line in lines)
    if quoted and quoted * 2 >= sum(bool(line.strip()) for line in lines):
        text = _QUOTED_MAIL.sub("", text)
    text = _LINK.sub(r"\1", _without_emphasis(text))
    return Plain(text, turns=tuple(turns_in(text)))


def without_signs(text: str) -> str:
    """The text with plain line ends and without signs that cannot be shown."""
    return _UNSHOWN.sub("", _LINE_ENDS.sub("\n", text))


def _without_emphasis(text: str) -> str:
    return _EMPHASIS.sub(lambda found: found[0] if _is_whole_line(text, found) else found[2], text)


def _is_whole_line(text: str, found: re.Match[str]) -> bool:
    """Whether only a bullet or colon is beside it: such a line may be a heading."""
    before = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
    after = text[found.end() :].partition("\n")[0]
    return not any(char.isalpha() for char in before) and not after.strip(" :")


def _captions(text: str) -> Plain | None:
    """WebVTT or SRT: the words of each speaker in a line, with the second of its first cue."""
    if not _CUE.search(text):
        return None
    stripped = text.lstrip()
    is_vtt = stripped.startswith("WEBVTT") or not re.search(r"\d\d,\d{3}[ \t]*-->", text)
    try:
        if is_vtt and not stripped.startswith("WEBVTT"):
            stripped = f"WEBVTT\n\n{stripped}"
        read = webvtt.from_buffer(io.StringIO(stripped), format="vtt" if is_vtt else "srt")
    except (MalformedFileError, MalformedCaptionError):
        return None
    said: list[tuple[str | None, int, str]] = []
    for cue in read.captions:
        for name, words in _voices(cue.raw_text):
            if words:
                said.append((name, int(cue.start_in_seconds), words))
    return _by_turns(said) if said else None


def _voices(payload: str) -> list[tuple[str | None, str]]:
    """What each speaker says in a cue."""
    voices: list[tuple[str | None, str]] = []
    found = list(_VOICE.finditer(payload))
    for at, voice in enumerate(found):
        stop = found[at + 1].start() if at + 1 < len(found) else len(payload)
        voices.append((voice["name"].strip(), _words(payload[voice.end() : stop])))
    if found:
        return voices
    name: str | None = None
    for line in payload.split("\n"):
        line = _words(line)
        named = _NAMED.match(line)
        if named and not _SOUND.match(named[0]):
            name = (named["name"] or named["bracket"]).strip()
            voices.append((name, line[named.end() :]))
        elif voices:
            voices[-1] = (voices[-1][0], f"{voices[-1][1]} {line}".strip())
        else:
            voices.append((None, line.removeprefix("- ")))
    return voices


def _words(payload: str) -> str:
    return " ".join(_TAG.sub("", payload).split())


def _by_turns(said: Sequence[tuple[str | None, int, str]]) -> Plain:
    joined: list[tuple[str | None, int, int, list[str]]] = []
    for name, second, words in said:
        last = joined[-1] if joined else None
        if last and (name is None or name == last[0]) and second - last[2] <= _PAUSE:
            last[3].append(words)
            joined[-1] = (last[0], last[1], second, last[3])
        else:
            joined.append((name, second, second, [words]))
    text, turns = "", []
    for name, second, _, parts in joined:
        text += f"{name}: " if name else ""
        words = " ".join(parts)
        turns.append(Turn(len(text), len(text) + len(words), name, second))
        text += f"{words}\n"
    return Plain(text, turns=tuple(turns))
