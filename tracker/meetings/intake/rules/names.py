"""Parse a list of names pasted from Word, Excel, a PDF or a chat: tables with or without header, or lines. Pure."""

import csv
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from itertools import islice

from tracker.core.enumerations import without_marks
from tracker.meetings.formats import attendance as formats
from tracker.meetings.intake.formats import paragraphs
from tracker.meetings.rules import (
    AttendanceRole,
    AttendanceStatus,
    Attendee,
    Doubt,
    is_heading,
    joined_details,
    parse_attendees,
    status_of_mark,
    under_heading,
)
from tracker.people.rules import folded


class Recognition(StrEnum):
    THERE = "there"
    PERSON = "person"
    UNCLEAR = "unclear"
    POST = "post"
    PROVISIONAL = "provisional"


_NOBODY = Attendee(role=AttendanceRole.PARTICIPANT, name="")
_GAP = re.compile(r"\t|\s*\|\s*")
_RULE = re.compile(r"^[\s|:+=_-]+$")
_PLACE_AND_DAY = re.compile(r"^[A-Z][\w. ]+,\s+\d{1,2}\s+\w+\s+\d{4}$")
_LETTER = re.compile(r"^[A-Z]{1,5}\.\s+")
FEWEST_HEADS = 2
#: Limits of a pasted list: rows, and characters per row.
MOST_ROWS, LONGEST_ROW = 1000, 500
#: Limit of characters after decomposition: «ﷺ» alone becomes eighteen.
MOST_SIGNS = 30_000


def is_a_list(text: str) -> bool:
    lines = paragraphs(text)
    is_short = len(unicodedata.normalize("NFKD", text)) <= MOST_SIGNS
    return is_short and len(lines) <= MOST_ROWS and all(len(line) <= LONGEST_ROW for line in lines)


def attendees_of(text: str, most: int | None = None) -> list[Attendee]:
    """Attendees of a pasted list in order; with `most`, at most one more than that."""
    lines = _without_letters(_cards_as_rows([line for line in paragraphs(text) if not _RULE.match(line)]))
    legend = next((status for line in lines if (status := _legend(line))), None)
    attendees = list(
        islice(_attendees_in([line for line in lines if not _legend(line)]), None if most is None else most + 1)
    )
    if legend:
        attendees = [
            replace(attendee, status=legend, doubts=attendee.doubts - {Doubt.STATUS})
            if _is_starred(attendee)
            else attendee
            for attendee in attendees
        ]
    return _with_one_chair(_with_boxes(attendees, lines))


def _cards_as_rows(lines: list[str]) -> list[str]:
    """«Nama: …», «NIP: …», «Jabatan: …» below each other, as a head and a row of a table."""
    rows: list[str] = []
    card: dict[str, str] = {}
    for line in [*lines, ""]:
        label, colon, value = (part.strip() for part in line.partition(":"))
        column = _COLUMNS.get(folded(label)) if colon and value else None
        if column and (card or column == "name") and label not in card:
            card[label] = value
            continue
        if len(card) >= FEWEST_HEADS:
            rows += ["\t".join(card), "\t".join(card.values())]
        else:
            rows += card.values()
        card = {}
        if column == "name":
            card[label] = value
        else:
            rows.append(line)
    return rows[:-1]


def _without_letters(lines: list[str]) -> list[str]:
    """Remove item letters if the list is numbered with letters; otherwise they are initials."""
    lettered = [at for at, line in enumerate(lines) if _LETTER.match(line)]
    if 2 * len(lettered) >= len(lines):
        for at, bare in zip(lettered, without_marks([lines[at] for at in lettered]), strict=True):
            lines[at] = bare
    return lines


def _legend(line: str) -> AttendanceStatus | None:
    """Meaning of an asterisk next to a name, if the line explains it: «* = daring»."""
    match = formats.LEGEND.match(line)
    return status_of_mark(match["words"]) if match else None


def _is_starred(attendee: Attendee) -> bool:
    return Doubt.STATUS in attendee.doubts and attendee.status is AttendanceStatus.PRESENT


def _attendees_in(lines: Sequence[str]) -> Iterator[Attendee]:
    split: Callable[[str], list[str]] = _by_marks
    columns: list[str] | None = None
    context = _NOBODY
    previous: Attendee | None = None
    for line in lines:
        head = _head_of(line)
        if head:
            split, columns = head
            continue
        if formats.SIGNED_BELOW.match(line):
            break
        number = only_number(line)
        if number and previous:
            previous = replace(previous, nip=number)
            continue
        for attendee in _named_in(line, split(line), columns, context):
            if previous:
                yield previous
            previous = attendee
        context = under_heading(line, context) if is_heading(line) else context
    if previous:
        yield previous


def _named_in(line: str, cells: Sequence[str], columns: Sequence[str] | None, context: Attendee) -> list[Attendee]:
    if _PLACE_AND_DAY.match(line) or not any(char.isalpha() for char in formats.NIP.sub("a", line)):
        return []
    if columns and len(cells) > 1:
        return _row(cells, columns, context)
    if is_heading(line):
        return []
    return parse_attendees("\t".join(_worth_reading(cells)) if len(cells) > 1 else line, context)


def only_number(line: str) -> str | None:
    """The civil-service number if the line has nothing else: it belongs to the person above."""
    match = formats.NIP.fullmatch(line.strip(" .:"))
    return re.sub(r"\D", "", match[1]) if match else None


def _head_of(line: str) -> tuple[Callable[[str], list[str]], list[str]] | None:
    """If the line is a table header: how rows are split, and the columns."""
    for split in (_by_marks, _by_wide_gaps, _by_commas, _by_semicolons):
        cells = split(line)
        columns = [_COLUMNS.get(folded(cell), "") for cell in cells]
        if len(cells) > 1 and sum(map(bool, columns)) >= FEWEST_HEADS and {"name", "post"} & {*columns}:
            return split, columns
    return None


def _by_marks(line: str) -> list[str]:
    bare = line.strip(" ").removeprefix("|").removesuffix("|")
    return [cell.strip() for cell in _GAP.split(bare)] if _GAP.search(bare) else [line]


def _by_wide_gaps(line: str) -> list[str]:
    return [cell.strip() for cell in re.split(r"\s{2,}", line.strip())]


def _by_commas(line: str) -> list[str]:
    return _cells(line, ",")


def _by_semicolons(line: str) -> list[str]:
    return _cells(line, ";")


def _cells(line: str, mark: str) -> list[str]:
    if len(line) > csv.field_size_limit():  # not a row of a table
        return [line]
    return [cell.strip() for cell in next(iter(csv.reader([line], delimiter=mark)), [])]


def _worth_reading(cells: Sequence[str]) -> list[str]:
    return [cell for cell in cells if any(char.isalpha() for char in cell) or formats.NIP.search(cell)] or [""]


def _row(cells: Sequence[str], columns: Sequence[str], context: Attendee) -> list[Attendee]:
    values: dict[str, str] = {}
    for column, cell in zip(columns, cells, strict=False):
        if column and column not in {"number", "ignored"} and not formats.EMPTY_CELL.fullmatch(cell.strip()):
            values[column] = ", ".join(filter(None, (values.get(column), cell.strip())))
    if "name" not in values and "post" not in values:
        return []
    attendee = next(iter(parse_attendees(values.get("name") or values["post"], context)), None)
    if attendee is None:
        return []
    if "name" in values and "post" in values:
        attendee = replace(
            attendee, post=values["post"], doubts=attendee.doubts - {Doubt.POST_OR_UNIT, Doubt.PERSON_OR_POST}
        )
    return [_completed(attendee, values)]


def _completed(attendee: Attendee, values: dict[str, str]) -> Attendee:
    number = formats.NIP.search(values.get("nip", ""))
    attendee = replace(
        attendee,
        unit=values.get("unit") or attendee.unit,
        nip=re.sub(r"\D", "", number[1]) if number else attendee.nip,
        title_prefix=values.get("prefix") or attendee.title_prefix,
        title_suffix=values.get("suffix") or attendee.title_suffix,
    )
    for column in ("role", "status"):
        if column in values:
            attendee = _with_role_or_status(attendee, values[column])
    return attendee


def _with_role_or_status(attendee: Attendee, words: str) -> Attendee:
    """Content of a column of its own: attendance, role, or remark."""
    # Parsed like brackets after a name, so that all words for roles and attendance are recognised here too.
    details = next(iter(parse_attendees(f"Nama ({words})")), None)
    if details is None or details.name != "Nama" or details.unit or details.post:
        letter = status_of_mark(words)
        return (
            replace(attendee, status=letter) if letter else replace(attendee, note=joined_details(attendee.note, words))
        )
    return replace(
        attendee,
        role=attendee.role if details.role is AttendanceRole.PARTICIPANT else details.role,
        status=details.status,
        represented_by=details.represented_by or attendee.represented_by,
        note=joined_details(attendee.note, details.note),
    )


def _with_boxes(attendees: list[Attendee], lines: Sequence[str]) -> list[Attendee]:
    """An empty box among ticked ones means absent; if no box is ticked, attendance is unknown."""
    has_ticks = any(formats.CHECKED.search(formats.BULLET.sub("", line)) for line in lines)
    return [
        replace(attendee, status=AttendanceStatus.ABSENT)
        if has_ticks and attendee.status is AttendanceStatus.EXPECTED and Doubt.STATUS not in attendee.doubts
        else attendee
        for attendee in attendees
    ]


def _with_one_chair(attendees: list[Attendee]) -> list[Attendee]:
    """The first candidate presides; others are asked about."""
    chairs = [number for number, attendee in enumerate(attendees) if attendee.role is AttendanceRole.CHAIR]
    return [
        replace(attendee, role=AttendanceRole.PARTICIPANT, doubts=attendee.doubts | {Doubt.ROLE})
        if number in chairs[1:]
        else attendee
        for number, attendee in enumerate(attendees)
    ]


_COLUMNS = {folded(word): column for column, words in formats.COLUMN_WORDS.items() for word in words}
