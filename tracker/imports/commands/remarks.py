"""Remarks about files, columns and cells as sentences in the reader's language."""

from datetime import date
from decimal import Decimal

from tracker.core.texts import shortened
from tracker.core.wording import label, number, short_day
from tracker.imports.formats import Remark

LONGEST_QUOTED = 120


def sentence(remark: Remark) -> str:
    return label(remark.code) % {name: _in_words(value) for name, value in remark.details.items()}


def _in_words(value: object) -> str:
    if isinstance(value, date):
        return short_day(value)
    if isinstance(value, int | Decimal):
        return number(value) if value >= 10_000 or isinstance(value, Decimal) else str(value)
    return shortened(str(value), LONGEST_QUOTED)
