"""What a column and a cell mean. Pure."""

from tracker.imports.rules.columns import Columns, DataRow, Heading, Rows, TableField, columns_of, rows_of
from tracker.imports.rules.unfolding import unfolded
from tracker.imports.rules.values import Notation, Reading, ValueRemark, notation_of

__all__ = [
    "Columns", "DataRow", "Heading", "Notation", "Reading", "Rows", "TableField", "ValueRemark", "columns_of",
    "notation_of", "rows_of", "unfolded",
]  # fmt: skip
