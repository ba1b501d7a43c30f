"""Periods that stand side by side become rows."""

from tests.imports.test_columns import sheet
from tracker.imports.rules import TableField, columns_of, rows_of, unfolded

INDICATOR = TableField("indicator", ("Indikator",), is_required=True)
PERIOD = TableField("period", ("Periode",), is_required=True)
PARTS = [TableField("target", ("Target",)), TableField("actual", ("Realisasi", "Capaian"))]


def entries(*lines: str) -> list[tuple[int, dict[str, str]]]:
    """(row, by field the address and the text)."""
    content = unfolded(sheet(*lines), PARTS, PERIOD)
    fields = [INDICATOR, PERIOD, *PARTS]
    rows = rows_of(content, columns_of(content, fields), fields).rows
    return [
        (row.number, {name: f"{cell.address} {cell.text}".strip() for name, cell in row.cells.items()}) for row in rows
    ]


def test_periods_below_targets_and_actual_values() -> None:
    read = entries(
        "CAPAIAN 2025|||||", "No|Indikator|Target||Realisasi|", "||TW I|TW II|TW I|TW II", "(1)|(2)|(3)|(4)|(5)|(6)",
        "1|Pengaduan|10|20|9|", "2|Penyuluhan|5||5|",
    )  # fmt: skip

    assert read == [
        (5, {"indicator": "B5 Pengaduan", "period": "C3 TW I", "target": "C5 10", "actual": "E5 9"}),
        (5, {"indicator": "B5 Pengaduan", "period": "D3 TW II", "target": "D5 20", "actual": "F5"}),
        (6, {"indicator": "B6 Penyuluhan", "period": "C3 TW I", "target": "C6 5", "actual": "E6 5"}),
    ]


def test_targets_and_actual_values_below_periods_with_their_year() -> None:
    heads = ("Indikator|Semester I 2025||Semester II 2025|", "|Target|Capaian|Target|Capaian")
    read = entries(*heads, "Pengaduan|1|2|3|4")

    assert [(row["period"], row["target"], row["actual"]) for _, row in read] == [
        ("B2 Semester I 2025", "B3 1", "C3 2"), ("D2 Semester II 2025", "D3 3", "E3 4"),
    ]  # fmt: skip


def test_only_targets_in_one_line() -> None:
    read = entries("Indikator|Target 2025|Target 2026|Satuan", "Pengaduan|1|2|laporan")

    assert [(row["period"], row["target"]) for _, row in read] == [("B1 2025", "B2 1"), ("C1 2026", "C2 2")]


def test_a_table_with_one_row_a_period_stays_as_it_is() -> None:
    for lines in (
        ("Indikator|Periode|Target|Realisasi", "Pengaduan|TW I 2025|1|2", "Target TW I|Target TW II||"),
        ("Indikator|Target TW I", "Pengaduan|1"),
    ):
        assert unfolded(sheet(*lines), PARTS, PERIOD) == sheet(*lines)
