"""Milliseconds that each parser needs for hostile input: `python -m bench.hostile [word …]`.

Every parser reads every repetition at the maximum length of its field. Fails if one exceeds its limit.
"""

import signal
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from tracker.core import analysis, enumerations, running_codes, texts, word_diff
from tracker.core.fields import LONGEST_TEXT
from tracker.core.request import safe_path
from tracker.imports.formats import Cell
from tracker.imports.rules import values
from tracker.meetings.intake.formats import plain_of
from tracker.meetings.intake.formats import speech as paste_formats
from tracker.meetings.intake.forms import MOST_NAMES
from tracker.meetings.intake.rules import LONGEST_ROW, attendees_of, is_a_list, kind_of, pieces_of
from tracker.meetings.live import formats as live_formats
from tracker.meetings.live.formats import edges, speech
from tracker.meetings.live.rules import Directory, Known, Register, mentions, title_of, understand, understand_typed
from tracker.meetings.rules import AttendanceStatus, parse_attendees
from tracker.people.rules import NameIndex, folded, parsed
from tracker.search.rules import LONGEST_QUESTION, SearchFilter, question_of, understood

MOST_MS = 200.0
#: Seconds of CPU time.
TIMEOUT = 3
DAY = date(2026, 11, 27)
LONGEST_LINE = 300


def _people() -> list[Known]:
    """Many attendees, and persons in the register with the same names."""
    firsts = ("Murni", "Razilu", "Andreas", "Siti", "Muhammad", "Dewi", "Ketut", "Yohanes", "Abdul", "Ratna")
    lasts = ("Wijaya", "Santosa", "Nugroho", "Terlindungi", "Simanjuntak", "Dewanti", "Hutapea", "Rahman")
    names = [f"{first} {last}" for last in lasts for first in firsts]
    room = [
        Known(Register.ATTENDANCE, number, (name, f"Direktur {name.split()[1]} {number}"), names=(name,),
              status=AttendanceStatus.PRESENT)
        for number, name in enumerate(names, 1)
    ]  # fmt: skip
    return [*room, *(Known(Register.PERSON, number, (name,), names=(name,)) for number, name in enumerate(names, 1))]


PEOPLE = _people()
TARGETS = [
    Known(Register.TARGET, number, (f"Indeks penanganan dan perlindungan {number}", f"T{number}"))
    for number in range(1, 120)
]


@dataclass(frozen=True)
class Parser:
    """A parser with the maximum length of its input."""

    read: Callable[[str], object]
    longest: int = LONGEST_TEXT
    #: Allowed milliseconds of CPU time.
    most: float = MOST_MS


def _typed(text: str) -> object:
    return understand_typed(text, said_on=DAY, people=PEOPLE, targets=TARGETS)


def _understood(text: str) -> object:
    return understand(text, said_on=DAY, people=PEOPLE, targets=TARGETS)


def _assigned(text: str) -> object:
    return understand(f"t {text}"[:LONGEST_TEXT], said_on=DAY, people=PEOPLE, targets=TARGETS)


def _asked(text: str) -> object:
    return understood(question_of(text), SearchFilter(q=text))


def _names(text: str) -> object:
    """Split into rows of maximum length."""
    rows = "\n".join(text[at : at + LONGEST_ROW] for at in range(0, len(text), LONGEST_ROW + 1))[:LONGEST_TEXT]
    return attendees_of(rows, MOST_NAMES) if is_a_list(rows) else None


def _changed(text: str) -> object:
    words = text.split()
    return list(word_diff.pieces(text, " ".join([*words[1::2], *words[::2]])))


def _matched(text: str) -> object:
    entries = text.split()
    return texts.matched(entries, [*entries[1::2], *entries[::2]])


def _named(text: str) -> object:
    return NameIndex((person, person.names) for person in PEOPLE).find(text)


def _cell(text: str) -> object:
    cell = Cell(text, "A1")
    readers = (values.day, values.hours, values.number, values.whole_number, values.year, values.yes_or_no,
               values.entries)  # fmt: skip
    return [values.period(cell, ()), values.choice(cell, {"Selesai": 1}), *(read(cell) for read in readers)]


PARSERS: Mapping[str, Parser] = {
    "typed line": Parser(_typed),
    "line": Parser(_understood),
    "action": Parser(_assigned),
    "plain text": Parser(plain_of),
    "pasted text": Parser(partial(pieces_of, people=PEOPLE, said_on=DAY)),
    "pasted names": Parser(_names),
    "dates": Parser(lambda text: list(live_formats.dates_in(text, DAY))),
    "due date": Parser(lambda text: live_formats.due_date_in(text, DAY)),
    "quotations": Parser(live_formats.quotations),
    "sentence ends": Parser(speech.sentence_ends),
    "title": Parser(title_of),
    "edges": Parser(lambda text: edges.without_last_brackets(text, ())),
    "sentences": Parser(lambda text: paste_formats.sentence_spans(text, 0, len(text))),
    "kind of words": Parser(kind_of),
    "running codes": Parser(lambda text: list(running_codes.codes_in(text))),
    "items": Parser(lambda text: enumerations.without_marks(text.splitlines())),
    "stems": Parser(analysis.stems),
    "changes": Parser(_changed),
    "list": Parser(_matched),
    "storable": Parser(texts.storable),
    "attendee": Parser(parse_attendees, LONGEST_LINE),
    "name": Parser(parsed, LONGEST_LINE),
    "folded": Parser(folded),
    "name in a register": Parser(_named, LONGEST_LINE),
    "mentioned": Parser(lambda text: Directory(PEOPLE).read(text, 0)),
    "names looked up": Parser(lambda text: mentions.names_in(text, of_people=True)),
    "question": Parser(_asked, LONGEST_QUESTION),
    "address": Parser(safe_path, 2000),
    "cell": Parser(_cell),
    "short cell": Parser(_cell, values.LONGEST_VALUE),
}

#: Texts that are repeated up to the maximum length.
KINDS = (
    "a", " ", "a ", "A ", "A b ", '"', '"a" ', "“", "“a” ", "“a,” kata Razilu. ", "”", "‘", "'a' ", "(", ")",
    "((a", "[",
    "@", "@a ", "@Murni ", "@Murni Wijaya ", "@murni_", "#", "#a ", "#+a ", "# ", "^", "<", "<a", "|", "|a",
    "||a ", " <<a",
    "/", "://a ", ". ", ".", "a.", "A.", "A. ", "S.H. ", ", S.H.", ",", ", ", ";", ":", "-", "–", " – ", "*", "1", "12",
    "1. ", "1/1 ", "1/1/2026 ", "30 nov ", "30 november 2026, ", "besok ", "jumat ", "jumat depan ", "paling lambat ",
    "paling lambat jumat ", "tanggal ", "tanggal 1 ", "dalam 1 hari ", "akhir ", "bulan ", "2026 ",
    "1.234.", "12.00 - ", "tw i ", "s.d. ",
    "U-2026-001 ", "TL-",
    "Razilu mengatakan bahwa ", "kata Razilu ", "kata ", "tutur Murni Wijaya, ", "dan ", "Dan dan ",
    "Menteri Hukum dan ",
    "saya kira ", "menurut saya ", "kalau boleh ", "mohon izin ", "izin ", "yang ", "ia ", "pihaknya ", "\n", "a\n",
    "\n\n", "1. a\n", "- a\n", "A. a\n", "\t", "a\t", "| a ", "Ketua: ", "Hadir: ", "Ketua\n", "No\tNama\n",
    "Drs. ", "Dr. ",
    "Prof. Dr. ", "H. ", "Bapak ", "Yth. ", "(a) ", "(hadir) ", "diwakili oleh ", "mewakili ", "a, ", "a; ",
    "199001012020011001 ", "ﷺ", "ﷺ ", "é", "e\u0301", "\u0301", "İ", "ß", "\u00ad", "\u200b", "\u00a0",
    "\u2028", "𝕒", "字",
    "-a", '-"', "%", "\\", "\x1f", "\ufffd", "a@b.id ", "https://a.id/", "e.g. ", "!?", "…", "A" * 50 + " ", "mengMENG",
)  # fmt: skip


class _TooLong(Exception):
    """The timeout was reached."""


def _give_up(*_: object) -> None:
    raise _TooLong


def milliseconds(read: Callable[[str], object], text: str) -> float:
    """CPU time of one run, at most TIMEOUT."""
    before = signal.signal(signal.SIGVTALRM, _give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, TIMEOUT)
    begun = time.process_time()
    try:
        read(text)
    except _TooLong:
        pass
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return (time.process_time() - begun) * 1000


def filled(kind: str, longest: int) -> str:
    return (kind * (longest // len(kind) + 1))[:longest]


def main(words: list[str]) -> int:
    """Print the worst repetitions of each parser. A run slightly over the limit is repeated before it counts."""
    failed = 0
    for name, parser in PARSERS.items():
        if words and not any(word in name for word in words):
            continue
        taken = {kind: milliseconds(parser.read, filled(kind, parser.longest)) for kind in KINDS}
        for kind, once in taken.items():
            if parser.most < once < 2 * parser.most:
                taken[kind] = min(once, milliseconds(parser.read, filled(kind, parser.longest)))
        worst = sorted(taken.items(), key=lambda pair: -pair[1])[:4]
        failed += sum(spent > parser.most for spent in taken.values())
        worst_times = "   ".join(f"{kind!r} {spent:.0f}" for kind, spent in worst)
        print(f"{name:20} {parser.longest:6} {parser.most:6.0f}   {worst_times}", flush=True)  # noqa: T201  # a table
    print(f"{len(PARSERS)} parsers, {len(KINDS)} repetitions each: {failed} over their limit")  # noqa: T201
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
