"""Text files in the encodings and with the delimiters that spreadsheets write, and pasted cells."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.imports.test_spreadsheets import fault_of, values
from tests.lists.test_formats import HOSTILE
from tests.lists.test_formats import sheet as list_of
from tracker.imports.formats import Fault, UnreadableFile, sheets_in, sheets_pasted
from tracker.lists.formats import write_csv, write_xlsx

ROWS = [["Nama", "Nilai", "Catatan"], ["Siti Nurbaya", "1.234,5", "“baik” – cukup"], ["José", "-2", "a\nb"]]


def written(delimiter: str) -> str:
    return "\r\n".join(
        delimiter.join(f'"{text}"' if delimiter in text or "\n" in text else text for text in row) for row in ROWS
    )


@pytest.mark.parametrize("delimiter", ",;\t|")
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_a_text_file_is_read_in_any_usual_form(delimiter: str, encoding: str) -> None:
    [sheet] = sheets_in(written(delimiter).encode(encoding), "C:\\daftar hadir.csv")

    assert (sheet.name, sheet.hidden) == ("daftar hadir", False)
    assert values(sheet) == ROWS
    assert sheet.rows[1][1].address == "B2"


def test_a_file_can_name_its_delimiter() -> None:
    assert values(sheets_in(b"sep=;\r\nA,1;B\r\nx;y", "a.csv")[0]) == [["A,1", "B"], ["x", "y"]]


def test_pasted_cells_come_with_their_lines() -> None:
    [sheet] = sheets_pasted('Nama\tCatatan\r\nSiti\t"a\nb ""c"""\r\n\t\r\nBudi; Ani\t\r\n\r\n')

    assert values(sheet) == [["Nama", "Catatan"], ["Siti", 'a\nb "c"'], [None, None], ["Budi; Ani", None]]


def test_one_column_is_a_sheet_too() -> None:
    assert values(sheets_pasted("Nama\nSiti\nBudi, S.H.")[0]) == [["Nama"], ["Siti"], ["Budi, S.H."]]


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
def test_our_own_files_come_back_without_loss(write: object) -> None:
    target = io.BytesIO()
    texts = [text for text in HOSTILE if text.strip() == text]
    write(list_of([[text] for text in texts]), target)  # type: ignore[operator]

    sheet = sheets_in(target.getvalue(), "daftar")[0]
    assert [row[0].value for row in sheet.rows[1:]] == texts


@pytest.mark.parametrize(("content", "fault"), [
    (b"a,b\n" * 20_001, Fault.TOO_MANY_ROWS), (b"a," * 200 + b"b\n", Fault.TOO_MANY_COLUMNS),
    ((b"a;" * 59 + b"b\n") * 10_000, Fault.TOO_MANY_CELLS), (b'a,"' + b"x" * 200_000 + b'"', Fault.LONG_CELL),
    (b"a,\"" + b"x" * 40_000 + b'"', Fault.LONG_CELL), (b";;;\n;;\n", Fault.EMPTY),
    (bytes(range(256)) * 40, Fault.NOT_A_SPREADSHEET),
])  # fmt: skip
def test_a_text_file_beyond_the_limits_is_refused(content: bytes, fault: Fault) -> None:
    assert fault_of(content) is fault


def test_a_character_that_cannot_be_stored_becomes_visible() -> None:
    assert values(sheets_in(b"Nama;X\nSi\x07ti;1", "a.csv")[0])[1] == ["Si�ti", "1"]


@pytest.mark.parametrize("text", ["", " \n\t\n", "\t\t"])
def test_nothing_pasted_is_refused(text: str) -> None:
    with pytest.raises(UnreadableFile):
        sheets_pasted(text)


@given(st.text(st.sampled_from("ab1\t\n\r;,|\"' .=#é\0\x07") | st.characters(exclude_categories=["Cs"]), max_size=200))
@settings(max_examples=60)
def test_any_pasted_text_is_read_or_refused(text: str) -> None:
    try:
        [sheet] = sheets_pasted(text)
    except UnreadableFile:
        return
    assert sheet.rows
    assert len({len(row) for row in sheet.rows}) == 1
    assert all("\0" not in cell.text for row in sheet.rows for cell in row)
