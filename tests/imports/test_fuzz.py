"""Damaged and hostile files are read or refused in a sentence, in bounded time; nothing else happens."""

import io
import random
import time
import zipfile

import pytest
from flask import Flask

from tests.damaged import MUTATIONS
from tests.imports.files import archive, ods, xls, xlsx
from tests.imports.test_spreadsheets import TABLE, flawed, usual
from tests.lists.test_formats import HOSTILE
from tracker.core.wording import speaking
from tracker.imports.commands.remarks import sentence
from tracker.imports.formats import Sheet, UnreadableFile, sheets_in
from tracker.imports.rules import Reading, TableField, columns_of, notation_of, rows_of, values

pytestmark = pytest.mark.one_database

FIELDS = [TableField("name", ("Nama", "Name"), is_required=True), TableField("begins", ("Mulai",)),
          TableField("value", ("Nilai",)), TableField("hours", ("Pukul",))]  # fmt: skip
CSV = "Nama;Mulai;Nilai;Pukul\r\n" + "\r\n".join(f'"{text}";5 Mei 2025;1.234,5;09.00' for text in HOSTILE)


def _old(book: object) -> None:
    sheet = book.add_sheet("Pegawai")  # type: ignore[attr-defined]
    for row, line in enumerate((["Nama", "Mulai", "Nilai"], ["Siti", "5 Mei 2025", 0.5], ["Budi", 45782, "1.234"])):
        for column, value in enumerate(line):
            sheet.write(row, column, value)
    sheet.row(3).set_cell_error(0, "#REF!")


SEEDS = {
    "daftar.xlsx": xlsx(usual), "rumus.xlsx": xlsx(flawed), "daftar.xls": xls(_old), "daftar.ods": ods(TABLE),
    "daftar.csv": CSV.encode(), "windows.csv": CSV.encode("cp1252", "replace"), "utf16.csv": CSV.encode("utf-16"),
}  # fmt: skip


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Of archives, mostly a part: a damaged archive is refused before its parts are read."""
    change = chance.choice(MUTATIONS)
    if not content.startswith(b"PK") or chance.random() < 0.2:
        return change(content, chance)
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    weights = [4 if "sheet" in name or name == "content.xml" else 1 for name in parts]
    [part] = chance.choices(list(parts), weights)
    changed = change(parts[part], chance) if parts[part] else b""
    return archive({**parts, part: changed if chance.random() < 0.95 else b""})


def readings(sheet: Sheet) -> list[Reading[object]]:
    columns = columns_of(sheet, FIELDS)
    rows = rows_of(sheet, columns, FIELDS).rows[:200]
    cells = [cell for row in rows for cell in row.cells.values()] or [
        cell for row in sheet.rows[:20] for cell in row[:20]
    ]
    notation = notation_of(cells)
    read: list[Reading[object]] = []
    for cell in cells:
        read += [
            values.day(cell), values.number(cell, notation=notation), values.text(cell, 300), values.hours(cell),
            values.whole_number(cell), values.year(cell), values.period(cell, []), values.yes_or_no(cell),
            values.entries(cell), values.number(cell, percent=True), values.choice(cell, {"Selesai": 1}),
        ]  # fmt: skip
    return read


def try_files(count: int, seed: int) -> None:
    chance, outcomes = random.Random(seed), {"read": 0, "refused": 0}
    for number in range(count):
        name, content = chance.choice(list(SEEDS.items()))
        content = mutated(content, chance)
        began = time.process_time()
        try:
            remarks = [
                remark
                for sheet in sheets_in(content, name)
                for reading in readings(sheet)
                for remark in (reading.problem, reading.note)
                if remark
            ]
            outcomes["read"] += 1
        except UnreadableFile as refused:
            remarks = [refused.remark]
            outcomes["refused"] += 1
        assert time.process_time() - began < 5, (seed, number, name)
        for remark in remarks[:50]:
            assert "%(" not in sentence(remark), (seed, number, name)
    assert min(outcomes.values()) > count // 10, outcomes


def test_a_few_dozen_damaged_files(app: Flask) -> None:
    with app.app_context(), speaking("id"):
        try_files(30, seed=20)


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seed", range(4))
def test_a_thousand_damaged_files(app: Flask, seed: int) -> None:
    with app.app_context(), speaking("en" if seed % 2 else "id"):
        try_files(250, seed)
