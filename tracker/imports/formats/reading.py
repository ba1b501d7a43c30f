"""Reads a file by its content, whatever its name says."""

from pathlib import PurePosixPath

from tracker.imports.formats import delimited, spreadsheets
from tracker.imports.formats.cells import Fault, Sheet, UnreadableFile

#: 10,000 rows of twelve columns have less than a megabyte.
LARGEST_SPREADSHEET = 20 * 1024 * 1024
PASTED = "1"


def sheets_in(content: bytes, filename: str) -> tuple[Sheet, ...]:
    """The sheets of an XLSX, XLS or ODS file; one of a text file. Raises UnreadableFile."""
    if not content.strip():
        raise UnreadableFile(Fault.EMPTY)
    if len(content) > LARGEST_SPREADSHEET:
        raise UnreadableFile(Fault.TOO_LARGE, max=LARGEST_SPREADSHEET // 1024**2)
    kind = spreadsheets.kind_of(content)
    sheets = spreadsheets.sheets_of(kind, content) if kind else (_text(delimited.decoded(content), filename),)
    return _with_cells(sheets)


def sheets_pasted(text: str) -> tuple[Sheet, ...]:
    """Cells copied from a spreadsheet come with tabs; lists typed by hand with semicolons or commas."""
    if not text.strip():
        raise UnreadableFile(Fault.EMPTY)
    return _with_cells((_text(text, PASTED),))


def _text(text: str, filename: str) -> Sheet:
    return delimited.sheet_of(text, PurePosixPath(filename.replace("\\", "/")).stem or PASTED)


def _with_cells(sheets: tuple[Sheet, ...]) -> tuple[Sheet, ...]:
    if not any(sheet.rows for sheet in sheets):
        raise UnreadableFile(Fault.EMPTY)
    return sheets
