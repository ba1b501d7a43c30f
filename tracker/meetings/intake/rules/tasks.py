"""What is to be done, by whom and until when, in an item of minutes. Pure; everything is a stretch of the text."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from tracker.meetings.intake.formats.speech import stripped
from tracker.meetings.live.formats import dates_in, due_date_in

_PIC = re.compile(
    r"(?P<open>[(\[])?\s*(?<!\w)(?:PIC|P\.I\.C\.?|PJ|P\.J\.|penanggung\s?-?jawab|pelaksana|petugas|owner|assignee|"
    r"assigned to|responsible(?: person)?|action by|oleh)\s*(?P<sign>[:=→]|\s[–—-]\s)\s*",
    re.IGNORECASE,
)
_PIC_BARE = re.compile(r"[(\[]\s*(?:PIC|PJ|owner|oleh|by)\s+(?=[A-Z@])", re.IGNORECASE)
_BY = re.compile(r"(?:\b(?:oleh|ditugaskan kepada|assigned to|owned by|by)\s+)(?=[A-Z@])")
_END_OF_PIC = re.compile(
    r"[)\];|\n\t]|\s[–—-]\s|[,.]?\s*\(?\b(?:tenggat|deadline|due|paling lambat|selambat-lambatnya|target|batas waktu|"
    r"sebelum|before|by (?=\d|the|end|next|[A-Z][a-z]+day|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)|jatuh tempo|"
    r"s\.?d\.?|hingga|sampai|until|pada|tanggal)\b|[.](?=\s|$)",
    re.IGNORECASE,
)
_DATE_FOLLOWS = re.compile(r",\s*(?=\d|akhir|minggu|senin|selasa|rabu|kamis|jumat|end of)", re.IGNORECASE)
_HANDLE = re.compile(r"(?<![\w.])@(?P<name>[A-Za-z][\w.'’-]*)")
#: What somebody is to do, as it follows a name.
_VERBS = (
    r"akan|agar|untuk|supaya|bertugas|diminta|ditugaskan|wajib|harus|segera|mohon|tolong|men[a-z]+|mem[a-z]+|meng[a-z]+|me[lrw][a-z]+|ber[a-z]+|"
    r"[a-z]{3,}kan|hubungi|lengkapi|ikuti|awasi|temui|tinjau|susun|kirim|buat|bikin|cek|urus|koordinasi|rekap|tulis|cetak|"
    r"bawa|cari|atur|undang|pesan|to|will|shall|must|should|is to|are to|is going to|needs to|please|"
    r"[a-z]{3,}s(?=\s+(?:the|a|an|all|our|his|her|two|three)\b)"
)
_LEADING = re.compile(
    r"(?P<pic>[A-Z@][^:–—\n]{0,78}?)\s*(?::|\s[–—-])\s+(?=\S)|(?P<doer>[A-Z][\w.’' -]{1,78}?)\s+"
    rf"(?=(?:{_VERBS})\b)|(?P<addressed>[A-Z][\w.’' -]{{1,58}}?),\s+(?=(?:please|tolong|mohon|can you|could you|"
    r"would you|bisakah|[a-z]{3,}kan|kirim|susun|buat|cek|hubungi)\b)"
)
_ASKED = re.compile(
    r"\b(?:meminta|menugaskan|menugasi|menginstruksikan|minta|meminta kepada|asked|asks|requested|instructed|kepada|"
    r"tolong)\s+(?:kepada\s+)?(?=[A-Z@])"
)
_ENDS_NAME = re.compile(rf"\s+(?=(?:{_VERBS})\b)")
_TRAILING = re.compile(r"(?:\s+[–—-]\s+|\s*[(\[]\s*|\s*→\s*|\s*/\s+)(?P<name>[A-Z@][^()\[\]\n]{1,78}?)\s*[)\]]?[.\s]*$")
_EDGE = " \t\n\u00a0,;:.–—-(["
_LONGEST_NAME = 90

Span = tuple[int, int]


@dataclass(frozen=True)
class Task:
    """Spans of the text: what, who, and the words of the due date."""

    what: Span
    pic: Span | None = None
    due: Span | None = None
    due_on: date | None = None


def task_in(text: str, start: int, end: int, said_on: date, can_speak: Callable[[str], bool]) -> Task:
    words = text[start:end]
    due = due_date_in(words, said_on)
    pic, cut = _pic(words, due.start if due else None, can_speak)
    cuts = [*([cut] if cut else []), *([(due.start, due.end)] if due else [])]
    what = _what(words, cuts)
    return Task(
        what=(start + what[0], start + what[1]),
        pic=(start + pic[0], start + pic[1]) if pic else None,
        due=(start + due.start, start + due.end) if due else None,
        due_on=due.found.day if due else None,
    )


def day_in(words: str, said_on: date) -> date | None:
    """The day that a cell of a table or a label names."""
    return next((found.day for found in dates_in(words, said_on)), None)


def _pic(words: str, due_at: int | None, can_speak: Callable[[str], bool]) -> tuple[Span | None, Span | None]:
    """Who is to do it, and what of the words only says so."""
    labelled = _PIC.search(words) or _PIC_BARE.search(words)
    if labelled:
        start, end = _name_from(words, labelled.end(), due_at)
        if start < end:
            closes = end + 1 if words[end : end + 1] in {")", "]"} else end
            return (start, end), (labelled.start(), closes)
    ways = (_leading, _handle, _by, _asked, _trailing)
    return next((found for way in ways if (found := way(words, due_at, can_speak))[0]), (None, None))


_Found = tuple[Span | None, Span | None]
_CanSpeak = Callable[[str], bool]


def _leading(words: str, _: int | None, can_speak: _CanSpeak) -> _Found:
    """«Sari: susun naskah», «Sari akan menyusun», «Sari, please send»."""
    leading = _LEADING.match(words)
    if leading is None:
        return None, None
    group = next(name for name in ("pic", "doer", "addressed") if leading[name])
    is_handle = leading[group].startswith("@")
    if not (is_handle or can_speak(leading[group])):
        return None, None
    cut = (leading.start(), leading.end()) if group == "pic" else None
    return (leading.start(group) + is_handle, leading.end(group)), cut


def _handle(words: str, _: int | None, __: _CanSpeak) -> _Found:
    handle = _HANDLE.search(words)
    return (handle.span("name"), handle.span()) if handle else (None, None)


def _by(words: str, due_at: int | None, can_speak: _CanSpeak) -> _Found:
    for found in _BY.finditer(words):
        start, end = _name_from(words, found.end(), due_at)
        if start < end and can_speak(words[start:end]):
            return (start, end), (found.start(), end)
    return None, None


def _asked(words: str, due_at: int | None, can_speak: _CanSpeak) -> _Found:
    """«meminta Sari menyusun naskah»."""
    asked = _ASKED.search(words)
    if asked is None:
        return None, None
    start, end = _name_from(words, asked.end(), due_at)
    stop = _ENDS_NAME.search(words, start, end)
    end = stop.start() if stop else end
    return ((start, end), None) if start < end and can_speak(words[start:end]) else (None, None)


def _trailing(words: str, due_at: int | None, can_speak: _CanSpeak) -> _Found:
    """«susun naskah – Sari», «susun naskah (Sari)»."""
    before_due = words[:due_at].rstrip(" ,;(") if due_at else words
    trailing = _TRAILING.search(before_due) or _TRAILING.search(words)
    if trailing is None:
        return None, None
    name = trailing["name"].split(",")[0]
    if not can_speak(name.lstrip("@")):
        return None, None
    start = trailing.start("name")
    return (start + name.startswith("@"), start + len(name)), trailing.span()


def _name_from(words: str, start: int, due_at: int | None) -> Span:
    stops = [len(words), start + _LONGEST_NAME]
    end = _END_OF_PIC.search(words, start)
    dated = _DATE_FOLLOWS.search(words, start)
    stops += [found.start() for found in (end, dated) if found]
    if due_at is not None and due_at > start:
        stops.append(due_at)
    begin, stop = stripped(words, start, min(stops))
    while stop > begin and words[stop - 1] in " ,;:.-–—(":
        stop -= 1
    return begin + (words[begin : begin + 1] == "@"), stop


def _what(words: str, cuts: list[Span]) -> Span:
    """The words without what only names the assignee or the due date at their beginning or end."""
    start, end = stripped(words, 0, len(words))
    for begin, stop in sorted(cuts):
        if begin <= start < stop < end:
            start = stop
    for begin, stop in sorted(cuts, reverse=True):
        if start < begin < end and not words[stop:end].strip(_EDGE + ")]"):
            end = len(words[:begin].rstrip(_EDGE))
    while start < end and words[start] in " \t\n,;:–—-":
        start += 1
    while end > start and words[end - 1] in _EDGE:
        end -= 1
    return (start, end) if start < end else stripped(words, 0, len(words))
