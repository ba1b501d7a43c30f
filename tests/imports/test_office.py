"""Every cell of the invented office is read as it was meant, whatever form it has (tests/imports/office.py)."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest

from tests.imports.office import FILES, IN_WORD, MEETINGS, REFERENCE, YEAR
from tracker.imports.formats import Cell, sheets_in
from tracker.imports.rules import Reading, Rows, TableField, columns_of, notation_of, rows_of, values
from tracker.people.rules import parsed

#: The days of the meetings in the agenda of the year; the others are in minutes of their own.
LISTED = {meeting["date"] for meeting in MEETINGS[: IN_WORD.start]}
Reader = Callable[[Cell], Reading[Any]]
BY_KIND = {file.kind: file for file in FILES}


def fields(**headings: tuple[str, ...]) -> list[TableField]:
    """The first two are required."""
    return [TableField(name, spellings, at < 2) for at, (name, spellings) in enumerate(headings.items())]


FIELDS: Mapping[str, list[TableField]] = {
    "units": fields(name=("Nama unit kerja",), parent=("Unit atasan",), short=("Singkatan",), echelon=("Eselon",)),
    "posts": fields(title=("Nama jabatan",), unit=("Unit kerja",)),
    "persons": fields(written=("Nama dan gelar",), nip=("NIP",)),
    "holdings": fields(person=("Nama pejabat",), post=("Jabatan",), from_=("TMT jabatan",)),
    "accounts": fields(person=("Nama",), username=("Nama pengguna",), mail=("Surel",)),
    "documents": [TableField("title", ("Judul dokumen",), is_required=True), TableField("year", ("Tahun",))],
    "indicators": fields(code=("Kode",), name=("Indikator kinerja",), objective=("Sasaran",), measure=("Satuan",)),
    "values": fields(indicator=("Kode indikator",), period=("Periode",), target=("Target",), actual=("Realisasi",)),
    "meetings": fields(date=("Hari/Tanggal",), name=("Nama rapat",), hours=("Waktu",), place=("Tempat",)),
    "attendance": fields(meeting=("Tanggal rapat",), person=("Nama",)),
    "proposals": fields(text=("Usulan",), meeting=("Rapat",), proponents=("Pengusul",)),
    "actions": fields(meeting=("Tanggal rapat",), text=("Uraian tindak lanjut",), unit=("Unit kerja",),
                      pic=("Nama PIC",), due=("Tenggat",), closed=("Tanggal selesai",), progress=("Perkembangan",)),
}  # fmt: skip
READERS: Mapping[str, Reader] = {
    **dict.fromkeys(("person", "pic"), lambda cell: Reading(parsed(cell.text).core)),
    **dict.fromkeys(("date", "meeting", "due", "closed", "from_"), values.day),
    "year": values.year, "hours": values.hours, "proponents": values.entries,
}  # fmt: skip


def rows(kind: str) -> Rows:
    file = BY_KIND[kind]
    [sheet] = [sheet for sheet in sheets_in(file.content, file.name) if not sheet.hidden]
    columns = columns_of(sheet, FIELDS[kind])
    assert columns.lacking == ()
    assert len(columns.of_fields) == len(FIELDS[kind])
    return rows_of(sheet, columns, FIELDS[kind])


def value(reading: Reading[Any]) -> Any:
    assert reading.problem is None, reading.problem
    return reading.value


@pytest.mark.parametrize("kind", [kind for kind in REFERENCE if kind != "values"])
def test_a_file_of_the_office_says_what_was_meant(kind: str) -> None:
    read = [
        {name: value(READERS.get(name, values.text)(cell)) for name, cell in row.cells.items()}
        for row in rows(kind).rows
    ]

    meant = []
    for row in REFERENCE[kind]:
        if kind in {"meetings", "attendance"} and row.get("meeting", row.get("date")) not in LISTED:
            continue
        known = {**row, "from_": row.get("from"), "hours": (row.get("begins"), row.get("ends"))}
        meant.append({name: known[name] for name in read[0]})
    assert sorted(read, key=repr) == sorted(meant, key=repr)


def test_values_are_read_as_numbers_of_their_periods() -> None:
    found = rows("values").rows
    notation = notation_of(row.cells["target"] for row in found)
    measures = {indicator["code"]: indicator["measure"] for indicator in REFERENCE["indicators"]}

    read = []
    for row in found:
        indicator = row.cells["indicator"].text
        is_percent = measures[indicator] == "persen"
        target, actual = (
            value(values.number(row.cells[part], notation=notation, percent=is_percent))
            for part in ("target", "actual")
        )
        period = values.written_period(row.cells["period"].text)
        read.append((indicator, period.year, period.last_month, target, actual))

    months = {f"TW {number}": 3 * at for at, number in enumerate(("I", "II", "III", "IV"), 1)}
    assert read == [
        (row["indicator"], YEAR, months[row["period"]], row["target"], row["actual"]) for row in REFERENCE["values"]
    ]


def test_the_office_is_as_large_as_it_should_be() -> None:
    sizes = {kind: len(entries) for kind, entries in REFERENCE.items()}

    assert sizes == {
        "units": 12, "posts": 13, "persons": 25, "holdings": 13, "accounts": 10, "documents": 3, "indicators": 8,
        "values": 32, "meetings": 15, "attendance": 90, "proposals": 40, "actions": 60,
    }  # fmt: skip
    assert all(meeting["date"].year == YEAR for meeting in REFERENCE["meetings"])
    assert max(action["due"] for action in REFERENCE["actions"]) < date(YEAR + 1, 3, 1)
