"""Damaged and hostile files, made of good ones: by chance, and the same ones again for the same chance."""

import csv
import io
import random
import re
import zipfile
from collections.abc import Callable, Sequence

import xlwt

from tests.imports import files
from tracker.imports.formats import Sheet

Change = Callable[[bytes, random.Random], bytes]
CONTROLS = [
    "\x01", "\x0b", "\x1b[31m", "\x7f", "\x85", "\u2028", "\u202e", "\u2066", "\u200b", "\ufeff", "\ufffe",
    "\u0300" * 40,
]  # fmt: skip
#: What a cell, or a word, can hold that no office meant.
CELLS = [
    "", " ", "\u00a0", "=1+1", "=cmd|' /C calc'!A0", "#REF!", "#N/A", "NaN", "1e999", "-1", "0",
    "99999999999999999999", "1,5,5",
    "31/02/2025", "00/00/0000", "29 Februari 2025", "1 Januari 0001", "31 Desember 9999", "45782", "2958466",
    "-45782", "25:61",
    "99.99", "24.00 s.d. 24.00", "23.00 s.d. 01.00", "TW V 2025", "<script>x()</script>", "'; DROP TABLE person;--",
    "%s%n{0}{{ x }}", "İıẞß",
    "a" * 301, "kata " * 5000, "baris\nbaris\r\nbaris", "；;|\t", "\U0001f600" * 20, "١٢٣", "٣١/١٢/٢٠٢٥", *CONTROLS,
    *(f"Si{sign}ti" for sign in CONTROLS),
]  # fmt: skip
TOKENS = [
    b"\0", b"\xff\xfe", b"&#0;", b"&lol;", b"]]>", b'<c r="XFD1048576"><v>1</v></c>', b"1e999", b"-1", b"99999999999",
    b"=cmd|' /C calc'!A0", b'"', b";", b"\t", b"#REF!", b' r="A0"', b' t="e"', b"NaN", b"\xe2\x80\xae", b"\xed\xa0\x80",
    b'<!DOCTYPE a [<!ENTITY b "c">]>', b'number-rows-repeated="999999999"', b"&#x202e;", b"&#1;", b"<!--", b"<![CDATA[",
]  # fmt: skip
_TIME = re.compile(r"(?:\d{1,2}:)?\d{1,2}[:.]\d\d(?:[:.,]\d{1,3})?")
TIMES = [
    "00:00:00.000", "-00:00:05.000", "100:00:01.000", "999:59:59.999", "9999999:00:00.000", "00:61:61.000",
    "00:00:01,0000", "٠٠:٠٠:٠١.٠٠٠",
    "99:99", "0:00", "1e5", "", "00:00:05", "24:00:00.000",
]  # fmt: skip
_WORDS = re.compile(r">([^<>]+)<")
_MOST_NESTED = 4000


def cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content))]


def flipped(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def repeated(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content))
    piece = content[start : start + chance.randint(1, 400)]
    return content[:start] + piece * chance.randint(2, 50) + content[start:]


def with_token(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + chance.choice(TOKENS) + content[at + chance.choice((0, 0, 1, 8)) :]


def shuffled(content: bytes, chance: random.Random) -> bytes:
    pieces = content.split(b"<")
    start = chance.randrange(len(pieces))
    some = pieces[start : start + 12]
    chance.shuffle(some)
    return b"<".join([*pieces[:start], *some, *pieces[start + 12 :]])


MUTATIONS: Sequence[Change] = [cut, flipped, repeated, with_token, shuffled]


def nested(content: bytes, chance: random.Random) -> bytes:
    """An element within itself, again and again."""
    opened = list(re.finditer(rb"<([\w:]+)[^<>]*(?<!/)>", content))
    if not opened:
        return content
    [one] = chance.sample(opened, 1)
    depth = chance.randint(2, _MOST_NESTED)
    return content[: one.start()] + one[0] * depth + b"x" + b"</%s>" % one[1] * depth + content[one.start() :]


def reworded(content: bytes, chance: random.Random) -> bytes:
    """Words between tags, some of them replaced; the markup stays whole."""
    text = content.decode("utf-8", "replace")
    found = list(_WORDS.finditer(text))
    for one in sorted(chance.sample(found, min(len(found), chance.randint(1, 6))), key=lambda one: -one.start()):
        words = chance.choice(CELLS).translate({ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"})
        if chance.random() < 0.05:
            words = words + "x" * 400_000
        text = text[: one.start(1)] + words + text[one.end(1) :]
    return text.encode()


def without_a_part(parts: dict[str, bytes], chance: random.Random) -> dict[str, bytes]:
    del parts[chance.choice(list(parts))]
    return parts


def with_parts_swapped(parts: dict[str, bytes], chance: random.Random) -> dict[str, bytes]:
    first, second = chance.choice(list(parts)), chance.choice(list(parts))
    return {**parts, first: parts[second], second: parts[first]}


def of_archive(content: bytes, chance: random.Random) -> bytes:
    """Mostly one part is damaged: a damaged archive is refused before its parts are read."""
    if chance.random() < 0.1:
        return chance.choice(MUTATIONS)(content, chance)
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    if chance.random() < 0.15:
        return files.archive(chance.choice([without_a_part, with_parts_swapped])(parts, chance))
    weights = [6 if re.search(r"sheet|sharedStrings|document\.xml|content\.xml", name) else 1 for name in parts]
    [part] = chance.choices(list(parts), weights)
    change = chance.choice([*MUTATIONS, nested, reworded, reworded, reworded])
    return files.archive({**parts, part: change(parts[part], chance) if parts[part] else b""})


def with_times_changed(text: str, chance: random.Random) -> str:
    """Times that are negative, impossible, far away, or of another cue."""
    found = list(_TIME.finditer(text))
    for one in sorted(chance.sample(found, min(len(found), chance.randint(1, 5))), key=lambda one: -one.start()):
        time = chance.choice([*TIMES, chance.choice(found)[0]])
        text = text[: one.start()] + time + text[one.end() :]
    return text


def with_paragraphs_moved(text: str, chance: random.Random) -> str:
    parts = text.split("\n\n")
    chance.shuffle(parts)
    return "\n\n".join(parts[: chance.randint(1, len(parts))] + parts[: chance.randint(0, 3)])


def with_words_changed(text: str, chance: random.Random) -> str:
    words = text.split(" ")
    for _ in range(chance.randint(1, 6)):
        words[chance.randrange(len(words))] = chance.choice(
            [*CELLS, "<v x>", "-->", "|", "# ", "> ", "- ", "Keputusan:", "@a #b"]
        )
    return " ".join(words)


def with_a_long_line(text: str, chance: random.Random) -> str:
    lines = text.splitlines(keepends=True) or [""]
    at = chance.randrange(len(lines))
    lines[at] = lines[at].strip("\n") * chance.randint(10, 600) + "\n"
    return "".join(lines)


def encoded(text: str, chance: random.Random) -> bytes:
    return chance.choice([
        lambda: text.encode("utf-16"), lambda: text.encode("utf-16-le"), lambda: text.encode("utf-16")[:-1],
        lambda: text.encode("utf-8-sig"), lambda: text.encode("utf-32"),
        lambda: text.encode("cp1252", "replace"), lambda: text.encode("utf-7", "replace"),
        lambda: text.replace("\n", "\r").encode("utf-8", "replace"),
    ])()  # fmt: skip


_IN_TEXTS = [with_times_changed, with_paragraphs_moved, with_words_changed, with_a_long_line]


def of_text(content: bytes, chance: random.Random) -> bytes:
    if chance.random() < 0.2:
        return chance.choice(MUTATIONS)(content, chance)
    text = content.decode()
    for _ in range(chance.randint(1, 3)):
        text = chance.choice(_IN_TEXTS)(text, chance)
    return encoded(text, chance) if chance.random() < 0.2 else text.encode("utf-8", "replace")


def damaged(content: bytes, chance: random.Random) -> bytes:
    if content.startswith(b"PK"):
        return of_archive(content, chance)
    try:
        content.decode()
    except UnicodeDecodeError:
        return chance.choice(MUTATIONS)(content, chance)
    return of_text(content, chance) if not content.startswith(b"%PDF") else chance.choice(MUTATIONS)(content, chance)


def with_cells_changed(sheet: Sheet, chance: random.Random) -> list[list[str]]:
    """The rows of a good sheet, some of their cells hostile, some left out, repeated or in another order."""
    rows = [[cell.text for cell in row] for row in sheet.rows]
    for _ in range(chance.choice((0, 1, 1, 2, 4))):
        row = chance.choice(rows)
        if row:
            row[chance.randrange(len(row))] = chance.choice(CELLS)
    if chance.random() < 0.2:
        rows.append(list(chance.choice(rows)))
    if chance.random() < 0.1:
        rows.insert(chance.randrange(len(rows)), rows.pop(chance.randrange(len(rows))))
    return rows


def written(rows: Sequence[Sequence[str]], chance: random.Random) -> tuple[str, bytes]:
    """A name and content: the rows in one of the formats."""
    kind = chance.choice(["csv", "xlsx", "xls", "ods"])
    shown = [[re.sub(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]", "", text) for text in row] for row in rows]
    if kind == "csv":
        target = io.StringIO(newline="")
        csv.writer(target, delimiter=chance.choice(",;\t")).writerows(rows)
        return "daftar.csv", target.getvalue().encode(chance.choice(["utf-8", "utf-8-sig", "utf-16"]), "replace")
    if kind == "xlsx":
        return files.XLSX, files.xlsx(
            lambda book: [book.active.append([text[:32_000] for text in row]) for row in shown]
        )
    if kind == "xls":
        return files.XLS, files.xls(lambda book: _fill(book, shown))
    escaped = [[text.replace("&", "&amp;").replace("<", "&lt;") for text in row] for row in shown]
    cells = [
        "".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in row) for row in escaped
    ]
    table = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
    return files.ODS, files.ods(f'<table:table table:name="Daftar">{table}</table:table>')


def _fill(book: xlwt.Workbook, rows: Sequence[Sequence[str]]) -> None:
    sheet = book.add_sheet("Daftar")
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            sheet.write(number, column, text[:32_000])
