"""The last three meetings of the invented office, as Word files in three usual forms of minutes."""

import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from docx import Document

from tests.imports.office import (
    ACTIONS,
    ATTENDANCE,
    IN_WORD,
    MEETINGS,
    PERSONS,
    PROPOSALS,
    File,
    Row,
    in_words,
    with_weekday,
)

_WRITTEN = {person["name"]: person["written"] for person in PERSONS}
#: What was decided, by the number of the meeting.
DECISIONS: Mapping[int, Sequence[str]] = {
    12: ("Rapat menyepakati jadwal pelayanan akhir tahun", "Disepakati satu formulir untuk semua loket"),
    13: ("Disepakati pembagian wilayah kerja yang baru",),
    14: ("Disepakati batas waktu tanggapan tujuh hari", "Rapat menetapkan narahubung di setiap direktorat"),
}


def _of(rows: Sequence[Row], meeting: Row) -> list[Row]:
    return [row for row in rows if row["meeting"] == meeting["date"]]


def _people(meeting: Row, *statuses: str) -> list[str]:
    return [row["person"] for row in _of(ATTENDANCE, meeting) if row["status"] in statuses]


def _hours(meeting: Row) -> str:
    ends = f"{meeting['ends']:%H.%M}" if meeting["ends"] else "selesai"
    return f"{meeting['begins']:%H.%M} s.d. {ends} WIB"


def _with_tables(document: Any, number: int) -> None:
    """Head and follow-up in tables; attendance numbered, with titles."""
    meeting = MEETINGS[number]
    document.add_paragraph("NOTULA RAPAT").runs[0].bold = True
    head = document.add_table(rows=0, cols=2)
    for label, words in (
        ("Acara", meeting["name"]), ("Hari/Tanggal", with_weekday(meeting["date"])), ("Waktu", _hours(meeting)),
        ("Tempat", meeting["place"]),
    ):  # fmt: skip
        _fill(head.add_row(), label, f": {words}")
    document.add_paragraph()
    document.add_paragraph("Peserta yang hadir:")
    for name in _people(meeting, "present", "online"):
        online = " (daring)" if name in _people(meeting, "online") else ""
        document.add_paragraph(f"{_WRITTEN[name]}{online}", style="List Number")
    document.add_paragraph(f"Tidak hadir: {', '.join(_people(meeting, 'absent'))}")
    document.add_paragraph(f"Izin: {', '.join(_people(meeting, 'excused'))}")
    document.add_heading("Usulan", 2)
    for proposal in _of(PROPOSALS, meeting):
        document.add_paragraph(f"{proposal['proponents'][0]}: {proposal['text']}", style="List Bullet")
    document.add_heading("Keputusan", 2)
    for words in DECISIONS[number]:
        document.add_paragraph(words, style="List Number")
    document.add_heading("Tindak Lanjut", 2)
    table = document.add_table(rows=0, cols=4)
    table.style = "Table Grid"
    _fill(table.add_row(), "No", "Uraian", "PIC", "Tenggat")
    for place, action in enumerate(_of(ACTIONS, meeting), 1):
        _fill(table.add_row(), str(place), action["text"], action["pic"], in_words(action["due"]))


def _with_bullets(document: Any, number: int) -> None:
    """Labels and lists; who does what until when in brackets behind."""
    meeting = MEETINGS[number]
    document.add_heading(meeting["name"], 1)
    document.add_paragraph(f"Tanggal: {in_words(meeting['date'])}")
    document.add_paragraph(f"Pukul: {_hours(meeting)}")
    document.add_paragraph(f"Tempat: {meeting['place']}")
    document.add_paragraph(f"Hadir: {', '.join(_people(meeting, 'present'))}")
    document.add_paragraph(f"Hadir daring: {', '.join(_people(meeting, 'online'))}")
    document.add_paragraph(f"Tidak hadir: {', '.join(_people(meeting, 'absent'))}")
    document.add_paragraph(f"Izin: {', '.join(_people(meeting, 'excused'))}")
    document.add_paragraph("Usulan Peserta")
    for proposal in _of(PROPOSALS, meeting):
        document.add_paragraph(f"{proposal['proponents'][0]} – {proposal['text']}", style="List Bullet")
    document.add_paragraph("Keputusan:")
    for words in DECISIONS[number]:
        document.add_paragraph(f"- {words}")
    document.add_paragraph("Tindak lanjut:")
    for action in _of(ACTIONS, meeting):
        document.add_paragraph(f"- {action['text']} (PIC: {action['pic']}), paling lambat {in_words(action['due'])}")


def _typed(document: Any, number: int) -> None:
    """As it was typed: numbers by hand, tabs, lines broken within the words."""
    meeting = MEETINGS[number]
    document.add_paragraph(meeting["name"].upper())
    document.add_paragraph(f"Hari, tanggal\t: {with_weekday(meeting['date'])}")
    document.add_paragraph(f"Waktu\t\t: {_hours(meeting)}")
    document.add_paragraph(f"Tempat\t\t: {meeting['place']}")
    document.add_paragraph("A. Daftar Hadir")
    for place, name in enumerate(_people(meeting, "present", "online", "absent", "excused"), 1):
        told = {"online": " (daring)", "absent": " (tidak hadir)", "excused": " (izin)"}
        status = next(row["status"] for row in _of(ATTENDANCE, meeting) if row["person"] == name)
        document.add_paragraph(f"{place}. {_WRITTEN[name]}{told.get(status, '')}")
    document.add_paragraph("B. Usulan")
    for place, proposal in enumerate(_of(PROPOSALS, meeting), 1):
        document.add_paragraph(f"{place}) {proposal['proponents'][0]}: {proposal['text']}")
    document.add_paragraph("C. Keputusan")
    for place, words in enumerate(DECISIONS[number], 1):
        document.add_paragraph(f"{place}) {words}")
    document.add_paragraph("D. Tindak Lanjut")
    for place, action in enumerate(_of(ACTIONS, meeting), 1):
        due = f"{action['due']:%d/%m/%Y}"
        document.add_paragraph(f"{place}) {action['text']} – PIC: {action['pic']} – tenggat {due}")


def _fill(row: Any, *texts: str) -> None:
    for cell, text in zip(row.cells, texts, strict=True):
        cell.text = text


def _file(write: Callable[[Any, int], None], number: int) -> File:
    document, target = Document(), io.BytesIO()
    write(document, number)
    document.save(target)
    return File("minutes", f"Notula {MEETINGS[number]['name']}.docx", target.getvalue())


MINUTES: Sequence[File] = [
    _file(write, number) for write, number in zip((_with_tables, _with_bullets, _typed), IN_WORD, strict=True)
]
