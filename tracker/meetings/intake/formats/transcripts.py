"""Transcripts and chats: who spoke, when, and what; WebVTT, SRT and what the usual tools write as text. Pure."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.meetings.intake.formats.sections import Section, fact_of, section_of
from tracker.meetings.intake.formats.speech import stripped


@dataclass(frozen=True)
class Turn:
    """What somebody says without a break: a stretch of the text."""

    start: int
    end: int
    speaker: str | None = None
    #: Seconds since the beginning, or since midnight where a transcript names the hour.
    second: int | None = None


_TIME = r"(?P<time>\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:[.,]\d{1,3})?)"
_DAY = r"(?:\d{1,4}[/.-]\d{1,2}(?:[/.-]\d{1,4})?,?\s+)?"
_NAME = r"(?P<name>[^\W\d_][^\n:<>\[\]|\t]{0,78}?)"
_AM = r"(?:\s?[AaPp]\.?[Mm]\.?|\s?WI(?:B|TA|T))?"
#: «[09.15] Sari: teks», «09:15 Sari: teks», «12/10/26 09.15 - Sari: teks», «09:15:02 From Sari to Everyone: teks».
_BEFORE = re.compile(
    rf"^[ \t]*[\[(]?{_DAY}{_TIME}{_AM}[\])]?[ \t]*(?:[-–—|][ \t]*)?(?:From[ \t]+)?{_NAME}"
    r"(?:[ \t]+to[ \t]+[^:\n]{1,60})?:[ \t]*(?=\S)",
    re.MULTILINE,
)
#: «<sari> teks», «09:15 <sari> teks».
_CHAT = re.compile(
    rf"^[ \t]*(?:[\[(]?{_TIME}[\])]?[ \t]+)?<[@+ ]?(?P<name>[^\W\d_][^<>\n]{{0,60}})>[ \t]+(?=\S)", re.MULTILINE
)
#: «Sari   0:03» alone in a line, the words below it: Teams, Otter. «[Sari] 09:15:02»: Zoom.
_ABOVE = re.compile(
    rf"^[ \t]*(?:\[(?P<bracket>[^\W\d_][^\n\[\]]{{0,78}})\][ \t]+|{_NAME}(?:[ \t]*\|[ \t]*[^\n:|\t]{{1,60}}?)?"
    r"(?:[ \t]{2,}|[ \t]*[|–—-][ \t]*|\t|[ \t]+[\[(]))"
    rf"{_DAY}{_TIME}{_AM}[\])]?[ \t]*$",
    re.MULTILINE,
)
#: «Sari», below it «0:03», below that the words.
_ABOVE_TIME = re.compile(rf"^[ \t]*{_NAME}[ \t]*\n[ \t]*{_TIME}{_AM}[ \t]*$", re.MULTILINE)
#: «00:00:20 Sari» alone in a line, the words below it.
_AFTER_TIME = re.compile(
    rf"^[ \t]*[\[(]?{_TIME}{_AM}[\])]?[ \t]+(?:[-–—][ \t]*)?(?P<name>[A-Z][^\n:<>\[\]|\t.!?]{{0,40}}(?:\.[^\n:<>\[\]|"
    rf"\t.!?]{{1,40}}){{0,2}})[ \t]*$"
    r"(?=\n[ \t]*[^\s\d\[(])",
    re.MULTILINE,
)
#: «Sari [00:01:05]: teks», «Sari (09.15): teks».
_BETWEEN = re.compile(rf"^[ \t]*{_NAME}[ \t]*[\[(]{_TIME}{_AM}[\])][ \t]*:[ \t]*(?=\S)", re.MULTILINE)
_ALONE = re.compile(rf"^[ \t]*[\[(]?{_TIME}{_AM}[\])]?[ \t]*$", re.MULTILINE)
#: «Sari: teks» below a time that stands alone.
_NAMED_LINE = re.compile(rf"^[ \t]*{_NAME}:[ \t]+(?=\S)", re.MULTILINE)
#: What Teams writes of itself between the turns.
_OF_THE_TOOL = re.compile(
    r"^[^\n]{2,80}\s(?:memulai|menghentikan|started|stopped)\s(?:the\s)?(?:transkripsi|perekaman|rekaman|transcription|recording)"
    r"[ \t.]*$",
    re.MULTILINE | re.IGNORECASE,
)
_NAMED_PARAGRAPH = re.compile(r"^(?P<name>[A-Z][^\n:<>\[\]|\t]{0,78}?):[ \t]+(?=\S)", re.MULTILINE)
_BETWEEN_PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")
_FEWEST = 2
#: Most lines of a transcript begin a turn or continue one: this part of them at least.
_SHARE = 5


def seconds_of(written: str) -> int:
    parts = [int(part) for part in re.split(r"[:.]", re.sub(r"[.,]\d{3}$", "", written.replace(",", "."))) if part]
    parts = parts[:3]
    seconds = 0
    for part in parts:
        seconds = seconds * 60 + part
    return seconds * 60 if len(parts) == len("hm") and _is_clock(written) else seconds


def _is_clock(written: str) -> bool:
    return re.fullmatch(r"\d\d[:.]\d\d", written) is not None


def turns_in(text: str) -> list[Turn]:
    """The turns of a transcript that was pasted as text; none if it is no transcript."""
    ways: Sequence[re.Pattern[str]] = (_BEFORE, _ABOVE, _BETWEEN, _CHAT, _ABOVE_TIME, _AFTER_TIME)
    found = [(way, list(way.finditer(text))) for way in ways]
    _, heads = max(found, key=lambda each: len(each[1]))
    lines = sum(1 for line in text.splitlines() if line.strip())
    if len(heads) < _FEWEST or len(heads) * _SHARE < lines:
        return _below_times(text) or _by_paragraph(text)
    turns = []
    for at, head in enumerate(heads):
        limit = heads[at + 1].start() if at + 1 < len(heads) else len(text)
        of_the_tool = _OF_THE_TOOL.search(text, head.end(), limit)
        start, end = stripped(text, head.end(), of_the_tool.start() if of_the_tool else limit)
        groups = head.groupdict()
        name = (groups.get("bracket") or groups.get("name") or "").strip(" *_-")
        if start < end:
            turns.append(Turn(start, end, name or None, seconds_of(groups["time"]) if groups.get("time") else None))
    return turns


def _is_label(name: str, times: int) -> bool:
    """Whether minutes have it before a colon; roles are labels too, but who speaks does so more than once."""
    section = section_of(name)
    return fact_of(name) is not None or section not in {None, Section.PEOPLE} or (bool(section) and times < _FEWEST)


def _by_paragraph(text: str) -> list[Turn]:
    """«Sari: teks» in paragraphs of their own, where several speak more than once."""
    heads = list(_NAMED_PARAGRAPH.finditer(text))
    paragraphs = len(_BETWEEN_PARAGRAPHS.findall(text.strip())) + 1
    names = Counter(head["name"] for head in heads)
    often = sum(times >= _FEWEST for times in names.values())
    if any(_is_label(name, times) for name, times in names.items()):
        return []
    if len(heads) < _FEWEST * _FEWEST or often < _FEWEST or len(heads) * _SHARE < paragraphs * (_SHARE - 1):
        return []
    edges = [*(head.start() for head in heads[1:]), len(text)]
    turns = []
    for head, limit in zip(heads, edges, strict=True):
        start, end = stripped(text, head.end(), limit)
        if start < end:
            turns.append(Turn(start, end, head["name"].strip()))
    return turns


def _below_times(text: str) -> list[Turn]:
    """Google Meet: a time in a line of its own, and below it who said what."""
    times = list(_ALONE.finditer(text))
    heads = list(_NAMED_LINE.finditer(text)) if len(times) >= _FEWEST else []
    if len(heads) < _FEWEST or heads[0].start() < times[0].start():
        return []
    turns = []
    edges = sorted({*(found.start() for found in (*times, *heads)), len(text)})
    for head in heads:
        limit = edges[bisect_right(edges, head.start())]
        start, end = stripped(text, head.end(), limit)
        time = next(found for found in reversed(times) if found.start() < head.start())
        if start < end:
            turns.append(Turn(start, end, head["name"].strip(), seconds_of(time["time"])))
    return turns
