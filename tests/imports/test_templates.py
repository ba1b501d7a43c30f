"""Templates to fill in, and files of faulty rows that come back."""

import io
from datetime import date
from decimal import Decimal

import openpyxl

from tracker.imports.formats import (
    Cell,
    FaultyRow,
    Instructions,
    TemplateColumn,
    faulty_rows,
    sheets_in,
    template,
)
from tracker.imports.rules import TableField, columns_of, rows_of

COLUMNS = [
    TemplateColumn(heading="Nama", hint="Nama lengkap dengan gelar", remark="Wajib", is_required=True),
    TemplateColumn(heading="NIP", hint="18 angka"),
    TemplateColumn(heading="Unit", choices=[f"Biro {number}, {'x' * 20}" for number in range(300)]),
    TemplateColumn(heading="Mulai", format="day"),
    TemplateColumn(heading="Status", choices=["Definitif", "Plt."], is_closed=True),
    TemplateColumn(heading="Capaian", format="percent"),
]
HOW_TO = Instructions(title="Petunjuk", lines=["Satu baris untuk setiap orang."], headings=("Kolom", "Isi", "Catatan"))
FIELDS = [TableField(column.heading.lower(), (column.heading,), column.is_required) for column in COLUMNS]


def test_a_template_has_headings_lists_to_choose_from_and_instructions() -> None:
    content = template("Pegawai", COLUMNS, HOW_TO, language="id")

    page, how_to, lists = sheets_in(content, "pegawai.xlsx")
    assert (page.name, how_to.name, lists.hidden) == ("Pegawai", "Petunjuk", True)
    assert columns_of(page, FIELDS).of_fields == {field.name: number for number, field in enumerate(FIELDS)}
    assert rows_of(page, columns_of(page, FIELDS), FIELDS).rows == ()
    assert not columns_of(how_to, FIELDS).is_found
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Pegawai"]
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    assert rules["C2:C5001"].formula1 == "_!$C$1:$C$300"
    assert (rules["E2:E5001"].errorStyle, rules["E2:E5001"].formula1) == (None, "_!$E$1:$E$2")
    assert rules["A2:A5001"].prompt == "Nama lengkap dengan gelar"
    assert sheet.column_dimensions["A"].number_format == "@"  # of the columns A to C


def test_faulty_rows_come_back_as_they_were_with_what_is_wrong_beside_them() -> None:
    cells = [
        Cell("=cmd|' /C calc'!A0", "A7"), Cell("198501012010011001", "B7"), None, Cell(date(2025, 5, 5), "D7"),
        Cell("#REF!", "E7"), Cell(Decimal("0.125"), "F7", is_percent=True),
    ]  # fmt: skip
    rows = [FaultyRow(cells, "Status: galat #REF!", [4]), FaultyRow([None] * 6, "Nama: wajib", [0])]
    content = faulty_rows("Pegawai", COLUMNS, rows, fault_heading="Kesalahan", language="id")

    page, _ = sheets_in(content, "pegawai.xlsx")
    columns = columns_of(page, FIELDS)
    assert [heading.text for heading in columns.unmatched] == ["Kesalahan"]
    assert [cell.value for cell in page.rows[1]] == [*(cell and cell.value for cell in cells), "Status: galat #REF!"]
    assert page.rows[1][5].is_percent
    assert rows_of(page, columns, FIELDS).left_out == (3,)
