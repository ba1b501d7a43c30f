"""Form fields that trim, limit and check input, and show it again unchanged.

Their argument `needed` is the sentence shown if nothing was entered; without it a field is optional.
"""

from tracker.core.fields.checks import Needed, ensure_not_before
from tracker.core.fields.choices import Asked, Code, Level, Pick, PickSeveral, Stage
from tracker.core.fields.combobox import Combobox, Comboboxes
from tracker.core.fields.figures import Clock, Day, Number, Year
from tracker.core.fields.rows import Rows
from tracker.core.fields.shown import as_shown
from tracker.core.fields.text import LONGEST_TEXT, Address, Item, Items, Line, Lines, Paragraph, Quote
from tracker.core.request import LARGEST_ID

__all__ = [
    "LARGEST_ID", "LONGEST_TEXT", "Address", "Asked", "Clock", "Code", "Combobox", "Comboboxes", "Day", "Item", "Items",
    "Level", "Line", "Lines", "Needed", "Number", "Paragraph", "Pick", "PickSeveral", "Quote", "Rows", "Stage", "Year",
    "as_shown", "ensure_not_before",
]  # fmt: skip
