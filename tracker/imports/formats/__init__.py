"""Reads spreadsheets, text files and pasted cells as sheets of cells; writes templates and files of faulty rows."""

from tracker.imports.formats.cells import Cell, Fault, Flaw, Remark, Sheet, UnreadableFile, address
from tracker.imports.formats.reading import sheets_in, sheets_pasted
from tracker.imports.formats.templates import FaultyRow, Instructions, TemplateColumn, faulty_rows, template

__all__ = [
    "Cell", "Fault", "FaultyRow", "Flaw", "Instructions", "Remark", "Sheet", "TemplateColumn", "UnreadableFile",
    "address", "faulty_rows", "sheets_in", "sheets_pasted", "template",
]  # fmt: skip
