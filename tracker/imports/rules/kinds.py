"""What can be imported, and the states of a run and of its rows. Pure."""

from enum import StrEnum


class ImportKind(StrEnum):
    """In the order in which an office moves in."""

    UNITS = "units"
    POSTS = "posts"
    PERSONS = "persons"
    HOLDINGS = "holdings"
    DOCUMENTS = "documents"
    INDICATORS = "indicators"
    VALUES = "values"
    MEETINGS = "meetings"
    ATTENDANCE = "attendance"
    PROPOSALS = "proposals"
    ACTIONS = "actions"
    REPORTS = "reports"
    ACCOUNTS = "accounts"


class RunState(StrEnum):
    """Only a prepared run shows what it would do; one at work is being stored or undone outside the request."""

    PREPARED = "prepared"
    WAITING = "waiting"
    STORED = "stored"
    UNDOING = "undoing"
    UNDONE = "undone"

    @property
    def is_at_work(self) -> bool:
        return self in {RunState.WAITING, RunState.UNDOING}


class RowState(StrEnum):
    WRONG = "wrong"
    #: Something in it must be answered first.
    ASKED = "asked"
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


class CellKind(StrEnum):
    """How the cells of a field are read."""

    TEXT = "text"
    #: Several texts, separated by semicolons or line ends.
    TEXTS = "texts"
    DAY = "day"
    TIME = "time"
    NUMBER = "number"
    WHOLE_NUMBER = "whole_number"
    PERCENT = "percent"
    YEAR = "year"
    YES_NO = "yes_no"
    CODE = "code"
    PERIOD = "period"
    #: The other row it means is looked up by code, name or post.
    REFERENCE = "reference"


class Register(StrEnum):
    """Where a reference is looked up."""

    UNITS = "units"
    POSTS = "posts"
    PERSONS = "persons"
    MEETINGS = "meetings"
    PROPOSALS = "proposals"
    DOCUMENTS = "documents"
    TARGETS = "targets"
    INDICATORS = "indicators"


#: What happened on a day, and may be recorded as history.
OF_A_DAY = frozenset({
    ImportKind.VALUES, ImportKind.MEETINGS, ImportKind.ATTENDANCE, ImportKind.PROPOSALS, ImportKind.ACTIONS,
    ImportKind.REPORTS,
})  # fmt: skip
#: Up to so many rows are stored or undone within the request.
MOST_AT_ONCE = 200
#: Between two signs of life of a run at work; after that it may be started again.
SECONDS_OF_PATIENCE = 60
