"""Rules of reorganisations. Pure."""

from tracker.reorganisation.rules.changes import (
    Changes,
    HeldChange,
    Move,
    NewEntry,
    Plan,
    Problem,
    ProblemKind,
)
from tracker.reorganisation.rules.decree import (
    SEPARATOR,
    Entry,
    Held,
    ItemLine,
    Line,
    LineKind,
    Ref,
    World,
    new_ref,
    split_name,
)
from tracker.reorganisation.rules.plan import find_new, plan
from tracker.reorganisation.rules.sheet import (
    COLUMNS,
    KIND_WORDS,
    MOST_ROWS,
    SheetFault,
    SheetRow,
    named,
    read_sheet,
    write_sheet,
)

__all__ = [
    "COLUMNS",
    "KIND_WORDS",
    "MOST_ROWS",
    "SEPARATOR",
    "Changes",
    "Entry",
    "Held",
    "HeldChange",
    "ItemLine",
    "Line",
    "LineKind",
    "Move",
    "NewEntry",
    "Plan",
    "Problem",
    "ProblemKind",
    "Ref",
    "SheetFault",
    "SheetRow",
    "World",
    "find_new",
    "named",
    "new_ref",
    "plan",
    "read_sheet",
    "split_name",
    "write_sheet",
]
