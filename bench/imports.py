"""Seconds and memory for reading a file of 10,000 rows of twelve columns: `python -m bench.imports`.

Fails if a file takes more than 10 s of processor time or 512 MB.
"""

import resource
import sys
import time
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from html import escape
from typing import Any

from rvgsrust_xlsxwriter import Workbook

from tests.imports import files
from tracker.imports.formats import sheets_in
from tracker.imports.rules import TableField, columns_of, notation_of, rows_of, values

ROWS = 10_000
HEADINGS = ("No", "Kode", "Tindak lanjut", "Uraian", "PIC", "Unit kerja", "Ditugaskan", "Tenggat", "Selesai", "Target",
            "Capaian", "Catatan")  # fmt: skip
FIELDS = [TableField(heading, (heading,), is_required=heading == "Kode") for heading in HEADINGS]
MOST_SECONDS, MOST_MEGABYTES = 10.0, 512


def rows() -> list[list[Any]]:
    first = date(2020, 1, 1)
    return [
        [
            number, f"TL-2020-{number:05}", f"Menyusun peraturan nomor {number}", "uraian " * 10 + str(number),
            f"Pegawai {number * 13 % 9973}", f"Biro {number % 40}", first + timedelta(days=number % 1500),
            first + timedelta(days=number % 1500 + 30), None, number * 1.5, f"{number % 100},5 %", f"catatan {number}",
        ]
        for number in range(1, ROWS + 1)
    ]  # fmt: skip


def xlsx(table: list[list[Any]]) -> bytes:
    book = Workbook()
    page, day = book.add_worksheet("Daftar"), book.add_format().set_num_format("d mmm yyyy")
    for number, row in enumerate(table):
        for column, value in enumerate(row):
            if value is not None:
                page.write(number, column, value, *([day] if isinstance(value, date) else []))
    return book.save_to_buffer()


def xls(table: list[list[Any]]) -> bytes:
    def fill(book: Any) -> None:
        sheet = book.add_sheet("Daftar")
        for number, row in enumerate(table):
            for column, value in enumerate(row):
                sheet.write(number, column, value.isoformat() if isinstance(value, date) else value)

    return files.xls(fill)


def ods(table: list[list[Any]]) -> bytes:
    lines = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(str(value))}</text:p></table:table-cell>'
            for value in row
        )
        + "</table:table-row>"
        for row in table
    )
    return files.ods(f'<table:table table:name="Daftar">{lines}</table:table>')


def csv(table: list[list[Any]]) -> bytes:
    return "\r\n".join(";".join("" if value is None else str(value) for value in row) for row in table).encode("cp1252")


FORMATS: Mapping[str, Callable[[list[list[Any]]], bytes]] = {
    "daftar.csv": csv, "daftar.xlsx": xlsx, "daftar.xls": xls, "daftar.ods": ods,
}  # fmt: skip


def read(content: bytes, name: str) -> int:
    """Read every cell of the file as what its column is about."""
    sheet = sheets_in(content, name)[0]
    columns = columns_of(sheet, FIELDS)
    found = rows_of(sheet, columns, FIELDS).rows
    notation = notation_of(row.cells["Target"] for row in found)
    for row in found:
        for heading, cell in row.cells.items():
            match heading:
                case "Ditugaskan" | "Tenggat" | "Selesai":
                    values.day(cell)
                case "Target" | "Capaian":
                    values.number(cell, notation=notation, percent=heading == "Capaian")
                case _:
                    values.text(cell, 300)
    return len(found)


def used() -> float:
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in spent)


def memory(who: int) -> int:
    """Megabytes at the highest so far."""
    return resource.getrusage(who).ru_maxrss // 1024


def main() -> None:
    table = [list(HEADINGS), *rows()]
    contents = {name: write(table) for name, write in FORMATS.items()}
    failed = False
    print("| File | Size | Time | CPU | Memory |\n|---|---|---|---|---|")  # noqa: T201
    for name, content in contents.items():
        began, before = time.perf_counter(), used()
        count = read(content, name)
        seconds, cpu = time.perf_counter() - began, used() - before
        highest = max(memory(resource.RUSAGE_SELF), memory(resource.RUSAGE_CHILDREN))
        size = len(content) / 1024**2
        print(f"| {name} | {size:.1f} MB | {seconds:.1f} s | {cpu:.1f} s | {highest} MB |")  # noqa: T201
        failed |= count != ROWS or cpu > MOST_SECONDS or highest > MOST_MEGABYTES
    sys.exit(failed)


if __name__ == "__main__":
    main()
