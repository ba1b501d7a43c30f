"""What a pasted text says about its meeting: name, day, place, who was there, and where it was published. Pure.

Everything proposed is a span of the text; only the year of a day without one is inferred, from its weekday.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

from tracker.meetings.intake.formats import paragraphs
from tracker.meetings.rules import SourceType, contradicts_weekday
from tracker.people.rules import folded

_MONTHS = ("januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus", "september", "oktober",
           "november", "desember")  # fmt: skip
_WEEKDAY = r"(?P<weekday>Senin|Selasa|Rabu|Kamis|Jum['’]?at|Sabtu|Minggu)"
_DAY = re.compile(
    rf"(?:{_WEEKDAY},?\s*)?\(?\b(?P<day>\d{{1,2}})(?:[/-](?P<number>\d{{1,2}})(?:[/-](?P<short>\d{{2,4}}))?"
    rf"|\s+(?P<month>{'|'.join(_MONTHS)})(?:\s+(?P<year>\d{{4}}))?)\b\)?",
    re.IGNORECASE,
)
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


def header_of(text: str, today: date) -> Header:
    lines = paragraphs(text)
    title = lines[0].rstrip(".") if lines and len(lines[0]) <= _LONGEST_NAME and len(lines) > 1 else None
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
    return Header(values={name: value for name, value in values.items() if value}, is_year_inferred=is_inferred)


def _day_of(text: str, today: date) -> tuple[date | None, str | None, str | None, bool]:
    """The first day that the text names, as it is written, its weekday, and whether its year is inferred."""
    likely = _years_for(text, today)
    for found in islice(_DAY.finditer(text), _MOST_DAYS):
        month = int(found["number"]) if found["number"] else _MONTHS.index(found["month"].casefold()) + 1
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
