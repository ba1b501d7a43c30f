"""What a cell means, as Indonesian offices and Excel write it. Pure.

Each reader returns the value, or the problem that keeps it from being read. A note says how something was read that
could have been meant otherwise.
"""

from tracker.imports.rules.values.choices import choice, yes_or_no
from tracker.imports.rules.values.dates import day, hours, several_days, time_of_day
from tracker.imports.rules.values.numbers import Notation, notation_of, number, whole_number, year
from tracker.imports.rules.values.periods import NamedPeriod, WrittenPeriod, period, written_period
from tracker.imports.rules.values.reading import (
    LONGEST_VALUE,
    Reading,
    ValueRemark,
    ditto,
    entries,
    is_blank,
    merged,
    says_not_yet,
    text,
)

__all__ = [
    "LONGEST_VALUE", "NamedPeriod", "Notation", "Reading", "ValueRemark", "WrittenPeriod", "choice", "day", "ditto",
    "entries", "hours", "is_blank", "merged", "notation_of", "number", "period", "says_not_yet", "several_days", "text",
    "time_of_day", "whole_number", "written_period", "year", "yes_or_no",
]  # fmt: skip
