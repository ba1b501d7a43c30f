"""Reads spreadsheets, text files and pasted cells as sheets of cells; writes templates and files of faulty rows."""

from tracker.imports.formats.cells import Cell, Fault, Flaw, Remark, Sheet, UnreadableFile, address
from tracker.imports.formats.reading import sheets_in, sheets_pasted

__all__ = [
    "Cell", "Fault", "Flaw", "Remark", "Sheet", "UnreadableFile", "address", "sheets_in", "sheets_pasted",
]  # fmt: skip
