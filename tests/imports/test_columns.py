"""Headings are found wherever they stand, and matched with fields by name."""

import pytest

from tracker.imports.formats import Sheet, sheets_pasted
from tracker.imports.formats.cells import Cell
from tracker.imports.rules import Columns, TableField, columns_of, rows_of

FIELDS = [
    TableField("name", ("Nama", "Name", "Nama lengkap", "Nama pegawai"), is_required=True),
    TableField("nip", ("NIP", "NIP/NRP")),
    TableField("unit", ("Unit kerja", "Unit", "Satuan kerja")),
    TableField("begins", ("Mulai", "From", "TMT"), is_required=True),
    TableField("target_q1", ("Target TW I",)),
    TableField("actual_q1", ("Realisasi TW I",)),
]


def sheet(*lines: str) -> Sheet:
    return sheets_pasted("\n".join(line.replace("|", "\t") for line in lines))[0]


def matched(*lines: str, **more: object) -> Columns:
    return columns_of(sheet(*lines), FIELDS, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("headings", [
    "Nama|NIP|Unit kerja|Mulai", "NAMA|nip|UNIT  KERJA|TMT", "Name|NIP|Unit|From", "Nama *|NIP/NRP|Unit kerja|Mulai *",
    "Nama Lengkap (dengan gelar)|NIP (18 angka)|Satuan Kerja|Mulai (tgl)", "Nama pegawe|NIP|Unit kerjaa|Mulai",
])  # fmt: skip
def test_headings_match_in_both_languages_with_remarks_and_misspelled(headings: str) -> None:
    columns = matched(headings, "Siti|1|Biro|5/5/2025")

    assert columns.of_fields == {"name": 0, "nip": 1, "unit": 2, "begins": 3}
    assert (columns.first_row, columns.lacking, columns.unmatched) == (1, (), ())


def test_titles_and_numbers_of_columns_are_no_headings() -> None:
    columns = matched(
        "DAFTAR PEGAWAI|||", "Per 1 Mei 2025|||", "|||", "No|Nama|Unit kerja|TMT", "(1)|(2)|(3)|(4)", "1|Siti|Biro|x"
    )

    assert columns.of_fields == {"name": 1, "unit": 2, "begins": 3}
    assert [(heading.text, heading.address) for heading in columns.unmatched] == [("No", "A4")]
    assert columns.first_row == 5


def test_a_heading_above_several_columns_belongs_to_each() -> None:
    columns = matched("Nama|TMT|Target||Realisasi|", "||TW I|TW II|TW I|TW II", "Siti|x|1|2|3|4")

    assert columns.of_fields == {"name": 0, "begins": 1, "target_q1": 2, "actual_q1": 4}
    assert columns.first_row == 2
    assert [heading.address for heading in columns.unmatched] == ["D2", "F2"]


def test_each_field_has_one_column_and_the_surest_wins() -> None:
    columns = matched("Nama pegawe|Nama|Nama|Mulai", "a|b|c|d")

    assert columns.of_fields == {"name": 1, "begins": 3}
    assert [heading.column for heading in columns.unmatched] == [0, 2]


@pytest.mark.parametrize(("headings", "of_fields"), [
    ("Penanggung jawab|PIC", {"both": 0, "person": 1}), ("PIC|Penanggung jawab", {"both": 1, "person": 0}),
    ("Unit|PIC", {"both": 1, "unit": 0}), ("PIC|Nama PIC", {"both": 0, "person": 1}),
])  # fmt: skip
def test_what_two_fields_are_called_goes_to_the_one_without_a_heading_of_its_own(
    headings: str, of_fields: dict[str, int]
) -> None:
    fields = [
        TableField("both", ("Penanggung jawab", "PIC")), TableField("unit", ("Unit",)),
        TableField("person", ("Nama PIC", "PIC")),
    ]  # fmt: skip

    assert columns_of(sheet(headings, "Biro|Siti"), fields).of_fields == of_fields


def test_a_near_heading_is_said() -> None:
    columns = matched("Nama pegawe|Mulai", "a|d")

    assert [(name, heading.text) for name, heading in columns.near.items()] == [("name", "Nama pegawe")]


def test_the_hand_wins_over_what_is_remembered_and_that_over_the_names() -> None:
    lines = ("Nama|Sapaan|Mulai|Sejak", "a|b|c|d")

    remembered = matched(*lines, remembered={"sapaan": "name", "mulai": None})
    assert remembered.of_fields == {"name": 1}
    assert remembered.lacking == ("begins",)
    by_hand = matched(*lines, remembered={"sejak": "unit"}, by_hand={1: "name", 0: None, 3: "begins"})
    assert by_hand.of_fields == {"name": 1, "begins": 3}


def test_a_sheet_without_known_headings_is_not_understood() -> None:
    columns = matched("Siti|1|Biro", "Budi|2|Biro")

    assert (columns.is_found, columns.lacking) == (False, ("name", "begins"))
    assert rows_of(sheet("x|y"), columns, FIELDS).rows == ()


def test_what_is_no_entry_is_left_out() -> None:
    lines = (
        "Nama|Mulai|Unit",
        "Siti|1/1/2025|A",
        "||",
        "Budi|2/1/2025|B",
        "Jumlah||2",
        "||",
        "Mengetahui,||",
        "||Kepala Biro",
    )
    content = sheet(*lines)
    rows = rows_of(content, columns_of(content, FIELDS), FIELDS)

    assert [row.number for row in rows.rows] == [2, 4]
    assert rows.left_out == (5, 7, 8)


def test_an_entry_that_lacks_something_is_kept() -> None:
    content = sheet("Nama|Mulai|Unit", "Siti|1/1/2025|A", "Budi||B", "|2/1/2025|", "Ani||")

    assert [row.number for row in rows_of(content, columns_of(content, FIELDS), FIELDS).rows] == [2, 3, 4, 5]


@pytest.mark.parametrize("last", ["||B", "|3/1/2025|", "|3/1/2025|B"])
def test_a_last_row_without_its_first_cell_is_kept(last: str) -> None:
    content = sheet("DAFTAR PEGAWAI||", "||", "Nama|Mulai|Unit", "Siti|1/1/2025|A", last)

    assert [row.number for row in rows_of(content, columns_of(content, FIELDS), FIELDS).rows] == [4, 5]


def test_a_full_row_below_an_empty_one_is_kept_although_it_lacks_something() -> None:
    content = sheet("Nama|NIP|Mulai|Unit", "Siti|1|1/1/2025|A", "|||", "|2|2/1/2025|B")

    assert [row.number for row in rows_of(content, columns_of(content, FIELDS), FIELDS).rows] == [2, 4]


def test_a_file_of_wrong_rows_alone_has_them_all() -> None:
    content = sheet("DAFTAR PEGAWAI||", "||", "Nama|Mulai|Unit", "|1/1/2025|A", "|2/1/2025|B")

    assert [row.number for row in rows_of(content, columns_of(content, FIELDS), FIELDS).rows] == [4, 5]


def test_the_heading_of_a_group_across_the_table_is_left_out() -> None:
    group = (Cell("A. SEKRETARIAT", "A2"), Cell(None, "B2", merged_with="A2"), Cell(None, "C2", merged_with="A2"))
    content = sheet("Nama|Mulai|Unit", "x", "Siti|1/1/2025|A")
    content = Sheet(content.name, content.hidden, (content.rows[0], group, *content.rows[2:]))

    assert rows_of(content, columns_of(content, FIELDS), FIELDS).left_out == (2,)


def test_what_is_merged_downwards_counts_for_each_row() -> None:
    content = sheet("Unit|Nama|Mulai", "Biro|Siti|1/1/2025", "|Budi|2/1/2025", "|Ani|3/1/2025")
    lines = [list(row) for row in content.rows]
    lines[2][0] = Cell(None, "A3", merged_with="A2")
    content = Sheet(content.name, content.hidden, tuple(map(tuple, lines)))
    rows = rows_of(content, columns_of(content, FIELDS), FIELDS).rows

    assert [(row.cells["unit"].text, row.cells["unit"].address) for row in rows] == [
        ("Biro", "A2"),
        ("Biro", "A3"),
        ("", "A4"),
    ]


def test_rows_without_a_mapped_value_are_left_out_and_said() -> None:
    content = sheet("No|Nama|Mulai", "1|Siti|1/1/2025", "2||", "3|Budi|1/1/2025")

    assert rows_of(content, columns_of(content, FIELDS), FIELDS).left_out == (3,)
