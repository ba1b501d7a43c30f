"""XLSX, XLS and ODS as other programs write them, and files that must be refused in a sentence."""

import io
import zipfile
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
import xlwt
from openpyxl.styles import numbers
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.imports.files import archive, ods, with_part, xls, xlsx
from tracker.imports.formats import Cell, Fault, Flaw, Sheet, UnreadableFile, sheets_in
from tracker.imports.formats.calamine_process import Limits
from tracker.imports.formats.spreadsheets import LIMITS, sheets_of

DAY = date(2025, 5, 5)
MOMENT = datetime.fromisoformat("2025-05-05T13:30")


def values(sheet: Sheet) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet.rows]


def cell_at(sheet: Sheet, address: str) -> Cell:
    return next(cell for row in sheet.rows for cell in row if cell.address == address)


def fault_of(content: bytes, name: str = "daftar.xlsx") -> Fault:
    with pytest.raises(UnreadableFile) as refused:
        sheets_in(content, name)
    assert isinstance(refused.value.remark.code, Fault)
    return refused.value.remark.code


def usual(book: Any) -> None:
    sheet = book.active
    sheet.title = "Pegawai"
    sheet.append(["Nama", "Mulai", "Nilai", "Hadir", "Pukul"])
    sheet.append(["Siti", DAY, 12, True, time(9)])
    sheet.append(["Budi\nSantoso", MOMENT, 12.5, False])
    hidden = book.create_sheet("Lama")
    hidden.sheet_state = "hidden"
    hidden.append(["x"])


def test_a_workbook_comes_as_typed_cells() -> None:
    pegawai, lama = sheets_in(xlsx(usual), "daftar.xlsx")

    assert (pegawai.name, pegawai.hidden, lama.name, lama.hidden) == ("Pegawai", False, "Lama", True)
    assert values(pegawai) == [
        ["Nama", "Mulai", "Nilai", "Hadir", "Pukul"],
        ["Siti", DAY, 12, True, time(9)],
        ["Budi\nSantoso", MOMENT, Decimal("12.5"), False, None],
    ]
    assert pegawai.rows[1][1].address == "B2"


def test_cells_before_the_first_value_count_and_empty_rows_at_the_end_do_not() -> None:
    def fill(book: Any) -> None:
        book.active["C3"] = "x"
        book.active["A9"] = " "

    [sheet] = sheets_in(xlsx(fill), "daftar.xlsx")

    assert [len(row) for row in sheet.rows] == [3, 3, 3]
    assert sheet.rows[2][2] == Cell("x", "C3")


def test_dates_are_right_in_workbooks_of_both_calendars() -> None:
    def since_1904(book: Any) -> None:
        book.epoch = CALENDAR_MAC_1904
        usual(book)

    for fill in (usual, since_1904):
        assert sheets_in(xlsx(fill), "daftar.xlsx")[0].rows[1][1].value == DAY


def flawed(book: Any) -> None:
    sheet = book.active
    sheet["A1"], sheet["A1"].data_type = "#REF!", "e"
    sheet["B1"] = "=1/0"  # openpyxl stores no results
    sheet["C1"], sheet["C1"].number_format = 0.125, numbers.FORMAT_PERCENTAGE_00
    sheet["D1"], sheet["D1"].number_format = 0.125, '0.0" %"'
    sheet["E1"], sheet["E1"].data_type = "=cmd|' /C calc'!A0", "s"
    sheet["A2"] = "gabung"
    sheet.merge_cells("A2:C3")
    sheet["D5"] = "=SUM(C1:C1)"


def test_errors_missing_results_percentages_and_merged_cells_are_known() -> None:
    [sheet] = sheets_in(xlsx(flawed), "daftar.xlsx")

    assert (cell_at(sheet, "A1").value, cell_at(sheet, "A1").flaw) == ("#REF!", Flaw.ERROR)
    assert cell_at(sheet, "B1").flaw is cell_at(sheet, "D5").flaw is Flaw.NO_RESULT
    assert cell_at(sheet, "C1") == Cell(Decimal("0.125"), "C1", is_percent=True)
    assert cell_at(sheet, "D1") == Cell(Decimal("0.125"), "D1")
    assert cell_at(sheet, "E1") == Cell("=cmd|' /C calc'!A0", "E1")
    assert cell_at(sheet, "A2").flaw is None
    assert {cell_at(sheet, at).merged_with for at in ("B2", "A3", "C3")} == {"A2"}
    assert cell_at(sheet, "C3").flaw is Flaw.MERGED


def test_a_stored_result_of_a_formula_is_its_value() -> None:
    def stored(part: bytes) -> bytes:
        return part.replace(b"<f>1/0</f><v></v>", b"<f>2*3</f><v>6</v>").replace(
            b"<f>1/0</f><v />", b"<f>1</f><v>6</v>"
        )

    [sheet] = sheets_in(with_part(xlsx(flawed), "xl/worksheets/sheet1.xml", stored), "daftar.xlsx")

    assert cell_at(sheet, "B1") == Cell(6, "B1")


def test_an_old_workbook_comes_with_the_same_cells() -> None:
    def fill(book: Any) -> None:
        sheet = book.add_sheet("Pegawai")
        sheet.write(0, 0, "Siti")
        sheet.write(0, 1, DAY, xlwt.easyxf(num_format_str="dd/mm/yyyy"))
        sheet.write(0, 2, 0.125, xlwt.easyxf(num_format_str="0.0%"))
        sheet.row(0).set_cell_error(3, "#DIV/0!")
        sheet.write_merge(1, 1, 0, 2, "gabung")
        hidden = book.add_sheet("Lama")
        hidden.visibility = 1
        hidden.write(0, 0, "x")

    pegawai, lama = sheets_in(xls(fill), "daftar.xls")

    assert pegawai.rows[0] == (
        Cell("Siti", "A1"), Cell(DAY, "B1"), Cell(Decimal("0.125"), "C1", is_percent=True), Cell("#DIV/0!", "D1"),
    )  # fmt: skip
    assert pegawai.rows[1][1].merged_with == "A2"
    assert (lama.name, lama.hidden) == ("Lama", True)


TABLE = (
    '<table:table table:name="Pegawai">'
    '<table:table-row><table:table-cell office:value-type="string" table:number-columns-repeated="2"><text:p>Siti'
    '</text:p></table:table-cell><table:table-cell office:value-type="date" office:date-value="2025-05-05"><text:p>5'
    '/5/2025</text:p></table:table-cell><table:table-cell office:value-type="percentage" office:value="0.125"><text:p>'
    "12,5%</text:p></table:table-cell></table:table-row>"
    '<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="float" office:value="3">'
    "<text:p>3</text:p></table:table-cell>"
    '<table:table-cell table:formula="of:=#REF!" office:value-type="string" office:string-value="" '
    'calcext:value-type="error"><text:p>#REF!</text:p></table:table-cell>'
    '<table:table-cell table:formula="of:=1+1"/></table:table-row>'
    '<table:table-row table:number-rows-repeated="1048573"><table:table-cell '
    'table:number-columns-repeated="16384"/></table:table-row></table:table>'
    '<table:table table:name="Lama" table:style-name="ta2"><table:table-row><table:table-cell '
    'office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row></table:table>'
)


def test_an_opendocument_comes_with_the_same_cells() -> None:
    pegawai, lama = sheets_in(ods(TABLE), "daftar.ods")

    assert pegawai.rows[0] == (
        Cell("Siti", "A1"), Cell("Siti", "B1"), Cell(DAY, "C1"), Cell(Decimal("0.125"), "D1", is_percent=True),
    )  # fmt: skip
    assert [cell_at(pegawai, at).value for at in ("A2", "A3")] == [3, 3]
    assert cell_at(pegawai, "B3").flaw is Flaw.ERROR
    assert cell_at(pegawai, "C3").flaw is Flaw.NO_RESULT
    assert len(pegawai.rows) == 3
    assert (lama.name, lama.hidden) == ("Lama", True)


def row_of(count: int) -> Any:
    return lambda book: book.active.append(list(range(count)))


def far_away(address: str) -> Any:
    return lambda book: book.active.__setitem__(address, "x")


def many_sheets(book: Any) -> None:
    for number in range(60):
        book.create_sheet(str(number))


def lying_bomb() -> bytes:
    """The archive states that the sheet is small."""
    small = xlsx(usual)
    with zipfile.ZipFile(io.BytesIO(small)) as old:
        size = old.getinfo("xl/worksheets/sheet1.xml").file_size
    large = with_part(small, "xl/worksheets/sheet1.xml", lambda part: part + b" " * 5_000_000)
    return large.replace((size + 5_000_000).to_bytes(4, "little"), size.to_bytes(4, "little"))


@pytest.mark.parametrize(("content", "fault"), [
    (b"", Fault.EMPTY), (b" \n\t", Fault.EMPTY), (b"\n" * (21 * 1024 * 1024) + b"x", Fault.TOO_LARGE),
    (xlsx(far_away("A20001")), Fault.TOO_MANY_ROWS), (xlsx(far_away("XFD1048576")), Fault.TOO_MANY_ROWS),
    (xlsx(row_of(201)), Fault.TOO_MANY_COLUMNS), (xlsx(many_sheets), Fault.TOO_MANY_SHEETS),
    (xlsx(lambda book: None), Fault.EMPTY), (xlsx(usual)[:-400], Fault.NOT_A_SPREADSHEET),
    (archive({"a.txt": b"x"}), Fault.NOT_A_SPREADSHEET),
    (with_part(xlsx(usual), "xl/worksheets/sheet1.xml", lambda part: part[:300]), Fault.DAMAGED),
    (with_part(xlsx(usual), "xl/worksheets/sheet1.xml", lambda part: part + b" " * 20_000_000), Fault.EXPANDS_TOO_MUCH),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), Fault.NOT_A_SPREADSHEET),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), Fault.PASSWORD),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook\0".encode("utf-16-le"), Fault.DAMAGED),
    (ods(TABLE, **{"META-INF/manifest.xml": b"<manifest:encryption-data/>"}), Fault.PASSWORD),
    (ods(TABLE.replace("repeated=\"2\"><text:p>Siti", "repeated=\"300\"><text:p>Siti")), Fault.TOO_MANY_COLUMNS),
    (ods(TABLE.replace("rows-repeated=\"2\"", "rows-repeated=\"1000000\"")), Fault.TOO_MANY_ROWS),
    (ods(TABLE.replace("repeated=\"2\"><text:p>Siti", "repeated=\"150\"><text:p>Siti").replace(
        "<table:table-row><", "<table:table-row table:number-rows-repeated=\"9000\"><")), Fault.TOO_MANY_CELLS),
    (b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 9, Fault.NOT_A_SPREADSHEET),
    (b"%PDF-1.7\n\x00\x01", Fault.NOT_A_SPREADSHEET),
    (b"<html><table><tr><td>Nama</td></tr></table></html>", Fault.WEB_PAGE),
    (b"<?xml version='1.0'?><Workbook/>", Fault.WEB_PAGE),
])  # fmt: skip
def test_what_cannot_be_read_is_refused(content: bytes, fault: Fault) -> None:
    assert fault_of(content) is fault


def test_a_part_that_is_larger_than_it_says_is_refused() -> None:
    assert fault_of(lying_bomb()) is Fault.DAMAGED


def long_text(book: Any) -> None:
    for number in range(300):
        book.active.append([f"{number} " * 5000])


@pytest.mark.parametrize("limits", [replace(LIMITS, memory=1024**2), replace(LIMITS, seconds=0)])
def test_a_file_that_needs_too_much_memory_or_time_is_refused(limits: Limits) -> None:
    with pytest.raises(UnreadableFile) as refused:
        sheets_of("xlsx", xlsx(long_text), limits)

    assert refused.value.remark.code is Fault.TAKES_TOO_LONG


def test_a_long_text_names_its_cell() -> None:
    inline = b'<c r="A1" t="inlineStr"><is><t>' + b"x" * 40_000 + b"</t></is></c>"
    content = with_part(
        xlsx(far_away("A1")), "xl/worksheets/sheet1.xml",
        lambda part: part[: part.index(b"<c ")] + inline + part[part.index(b"</row>") :],
    )  # fmt: skip
    with pytest.raises(UnreadableFile) as refused:
        sheets_in(content, "daftar.xlsx")

    assert refused.value.remark.code is Fault.LONG_CELL
    assert refused.value.remark.details["cell"] == "Sheet A1"
