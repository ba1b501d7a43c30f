"""What a pasted text says about its meeting: name, day, place, who was there, and where it was published. Pure.

Everything proposed is a span of the text; only the year of a day without one is inferred, from its weekday.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from itertools import islice
from types import MappingProxyType
from typing import Any

from tracker.core.clock import Zone
from tracker.meetings.intake.formats import paragraphs
from tracker.meetings.intake.formats.sections import Fact
from tracker.meetings.intake.rules.reader import Reading
from tracker.meetings.live.formats import calendar_words, dates_in
from tracker.meetings.rules import SourceType, contradicts_weekday
from tracker.people.rules import folded, parsed

_WEEKDAY = r"(?P<weekday>Senin|Selasa|Rabu|Kamis|Jum['’]?at|Sabtu|Minggu)"
_DAY = re.compile(
    rf"(?:{_WEEKDAY},?\s*)?\(?\b(?P<day>\d{{1,2}})(?:[/-](?P<number>\d{{1,2}})(?:[/-](?P<short>\d{{2,4}}))?"
    rf"|\s+(?P<month>{calendar_words.either(calendar_words.MONTHS)})(?:\s+(?P<year>\d{{4}}))?)\b\)?",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(?<![\d/.:-])(?P<hour>\d{1,2})[.:](?P<minute>\d\d)(?![\d/.-])")
_ZONE = re.compile(r"\bWI(?:B|TA|T)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b20\d\d\b")
#: How far back a day without a year may lie if no year is named.
_YEARS_BACK = 6
_HELD_IN = re.compile(
    r"\b(?:diselenggarakan|dilaksanakan|digelar|berlangsung|bertempat|diadakan)\s+(?:secara\s+\w+\s+)?di\s+"
    r"(?P<place>[^,.;()\n]{1,150}?)(?=\s{1,3}(?:ini|itu|pada|tersebut)\b|[,.;()\n]|$)",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"^(?P<city>[A-Z][\w ]{2,40}?)(?:,[ ]{0,3}[\w-]{1,60}(?:\.[\w-]{1,60}){1,5})?[ ]{1,3}[–—-]\s", re.MULTILINE
)
_TIME = re.compile(r"\b(?P<words>pagi|siang|sore|petang|malam)\s+(?:hari\s+)?(?:ini|itu)\b", re.IGNORECASE)
_PUBLISHER = re.compile(r"\((?P<name>(?:Humas|Tim|Biro|Bagian)[^()\n]{2,80})\)")
_AUTHOR = re.compile(
    r"^[ \t]{0,8}(?:Post Author|Penulis|Editor|Oleh)[ \t]{0,3}:[ \t]{0,8}(?P<name>\S[^\n]{0,80})$", re.MULTILINE
)
_URL = re.compile(r"https?://\S+[\w/]")
_LONGEST_NAME = 300
#: No more of them are looked at.
_MOST_DAYS, _MOST_YEARS, _MOST_POSTS = 50, 10, 200

_POST = (
    "Menteri|Wakil Menteri|Direktur|Sekretaris|Staf Ahli|Staf Khusus|Kepala|Kabag|Kasubdit|Kasubbag|Kabid|Kasi|Karo|"
    "Ketua|Koordinator|Inspektur|Deputi|Dirjen|Sesditjen|Sekjen|Asisten|Tenaga Ahli"
)
_WORD = r"(?:[A-Z][\w./’'-]*[\w]|[A-Z]|\d+)"
_NAMED_POST = re.compile(rf"\b(?P<post>(?:{_POST})(?:\s{{1,3}}(?:dan\s{{1,3}})?(?!(?:{_POST})\b){_WORD}){{1,15}})")
_APPOSITION = re.compile(rf",\s{{1,3}}(?P<name>(?!(?:{_POST})\b){_WORD}(?:\s{{1,3}}{_WORD}){{0,7}})(?=[,.;)\n]|$)")
_PRESIDES = re.compile(
    r"\s{0,3},?\s{0,3}(?:yang\s{1,3})?(?:selaku\s{1,3})?(?:memimpin|pimpinan)\s{1,3}rapat\b", re.IGNORECASE
)


@dataclass(frozen=True, kw_only=True)
class Header:
    """By the names of the fields of a meeting."""

    values: dict[str, Any] = field(default_factory=dict)
    #: Whether the year was inferred from the weekday or from years in the text.
    is_year_inferred: bool = False


def header_of(text: str, today: date, facts: Mapping[Fact, str] = MappingProxyType({})) -> Header:
    """`facts`: what labels of the text say."""
    lines = paragraphs(text)
    title = lines[0].strip("#*_ ").rstrip(".") if lines and len(lines[0]) <= _LONGEST_NAME and len(lines) > 1 else None
    day, written, weekday, is_inferred = _day_of(text, today)
    places = [found["place"].strip() for found in _HELD_IN.finditer(text)]
    dateline, time = _DATELINE.search(text), _TIME.search(text)
    publisher, author, address = _PUBLISHER.search(text), _AUTHOR.search(text), _URL.search(text)
    is_published = bool(publisher or author or dateline)
    values = {
        "name_id": title,
        "date": day,
        "date_as_written": written,
        "weekday_as_written": weekday,
        "time_as_written": time[0] if time else None,
        "venue": places[0] if places else None,
        "venue_detail": places[1] if len(places) > 1 else None,
        "city": dateline["city"] if dateline else None,
        "source_type": SourceType.PRESS_RELEASE if is_published else None,
        "source_publisher": publisher["name"] if publisher else None,
        "source_author": author["name"].strip() if author else None,
        "source_url": address[0] if address else None,
    }
    labelled = _labelled(facts, today)
    if labelled.get("date"):
        is_inferred = False
    values |= {name: value for name, value in labelled.items() if value}
    return Header(values={name: value for name, value in values.items() if value}, is_year_inferred=is_inferred)


def _labelled(facts: Mapping[Fact, str], today: date) -> dict[str, Any]:
    """What labels say: «Hari/Tanggal: Senin, 7 Desember 2026», «Waktu: 10.00–12.00 WITA»."""
    labelled: dict[str, Any] = {
        "name_id": facts.get(Fact.NAME),
        "venue": facts.get(Fact.PLACE),
        "document_number": facts.get(Fact.NUMBER),
    }
    written = facts.get(Fact.DATE, "")
    found = next((found for found in dates_in(written, today) if _YEAR.search(written[found.start : found.end])), None)
    if found:
        weekday = re.search(_WEEKDAY, written, re.IGNORECASE)
        labelled |= {
            "date": found.day,
            "date_as_written": written,
            "weekday_as_written": weekday and weekday["weekday"],
        }
    hours = facts.get(Fact.TIME) or (written if _CLOCK.search(written) else "")
    times = [clock for at in islice(_CLOCK.finditer(hours), len("ab")) if (clock := _time(at))]
    zone = _ZONE.search(hours)
    labelled |= {
        "time_as_written": hours or None,
        "start_time": times[0] if times else None,
        "end_time": times[1] if len(times) > 1 and times[1] > times[0] else None,
        "timezone": Zone[zone[0].upper()] if zone else None,
    }
    return labelled


def _time(found: re.Match[str]) -> time | None:
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None  # a day's hours and minutes


def _day_of(text: str, today: date) -> tuple[date | None, str | None, str | None, bool]:
    """The first day that the text names, as it is written, its weekday, and whether its year is inferred."""
    likely = _years_for(text, today)
    for found in islice(_DAY.finditer(text), _MOST_DAYS):
        month = int(found["number"]) if found["number"] else calendar_words.MONTHS[found["month"].casefold()]
        written = found["year"] or found["short"]
        years = [int(written) % 100 + 2000] if written else likely
        for year in years:
            day = _valid(year, month, int(found["day"]))
            if day and day <= today and not contradicts_weekday(day, found["weekday"]):
                return day, found[0].strip(), found["weekday"], not written
    return None, None, None, False


def _years_for(text: str, today: date) -> list[int]:
    named = [int(year) for year in islice(dict.fromkeys(_YEAR.findall(text)), _MOST_YEARS)]
    return [*named, *range(today.year, today.year - _YEARS_BACK, -1)]


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


@dataclass
class _Present:
    post: str
    name: str | None = None
    presides: bool = False

    def line(self) -> str:
        """As it is typed in the roll-call."""
        who = f"{self.name}, {self.post}" if self.name else self.post
        return f"p {who}" if self.presides else who


def present_in(text: str, speakers: Sequence[str], is_post: Callable[[str], bool]) -> list[str]:
    """Lines of an attendance list: posts with their names, then speakers without a post."""
    found: dict[str, _Present] = {}
    body = text.partition("\n")[2] or text
    for post, name, presides in _posts_in(body, is_post):
        present = found.setdefault(folded(post), _Present(post))
        present.name = present.name or name
        present.presides = present.presides or (presides and not any(one.presides for one in found.values()))
    rest = []
    for speaker in dict.fromkeys(speakers):
        known = next((one for one in found.values() if _is_same(speaker, one)), None)
        if known is None:
            rest.append(speaker)
        elif known.name and len(speaker) > len(known.name) and folded(speaker) != folded(known.post):
            known.name = speaker
    return [*(one.line() for one in found.values()), *rest]


def present_at(text: str, reading: Reading, is_post: Callable[[str], bool]) -> list[str]:
    """Those on the attendance list of the text, and speakers who are not on it; without a list, whom it names."""
    speakers = [piece.speaker_name for piece in reading.pieces if piece.speaker_name]
    if not reading.people:
        return present_in(text, speakers, is_post)
    listed = f" {folded(' '.join(reading.people))} "
    others = [name for name in dict.fromkeys(speakers) if not any(f" {part} " in listed for part in _parts(name))]
    return [*reading.people, *others]


def _parts(name: str) -> list[str]:
    core = folded(parsed(name).core or name)
    return [core, *(word for word in core.split()[:1] if len(word) > len("bu"))]


def _posts_in(text: str, is_post: Callable[[str], bool]) -> Iterator[tuple[str, str | None, bool]]:
    for found in islice(_NAMED_POST.finditer(text), _MOST_POSTS):
        post, name = _divided(found["post"], is_post)
        apposed = None if name else _APPOSITION.match(text, found.end())
        yield post, name or (apposed["name"] if apposed else None), bool(_PRESIDES.match(text, found.end()))


def _divided(words: str, is_post: Callable[[str], bool]) -> tuple[str, str | None]:
    """«Staf Ahli Bidang Sosial Usihen»: the longest beginning that is a post of the register, and the name after it."""
    parts = words.split()
    for length in range(len(parts), 1, -1):
        if is_post(" ".join(parts[:length])):
            return " ".join(parts[:length]), " ".join(parts[length:]) or None
    return words, None


def _is_same(speaker: str, present: _Present) -> bool:
    said = f" {folded(speaker)} "
    return any(f" {folded(own)} " in said or said in f" {folded(own)} " for own in (present.name, present.post) if own)
