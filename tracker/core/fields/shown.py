"""The value of a field as text."""

from datetime import date, time
from typing import Any

from wtforms import SelectField
from wtforms.fields import SelectMultipleField

from tracker.core.fields.combobox import Combobox, Comboboxes
from tracker.core.fields.text import Lines
from tracker.core.wording import clock, gettext, long_day


def as_shown(field: Any) -> str:
    if isinstance(field, Combobox | Comboboxes):
        return ", ".join(choice.words for choice in field.chosen) or field.nothing
    if isinstance(field, SelectField | SelectMultipleField):
        return ", ".join(str(words) for _, words, is_chosen, *_ in field.iter_choices() if is_chosen)
    if isinstance(field, Lines):
        return "\n".join(field.entries())
    value = field.data
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, date):
        return long_day(value)
    if isinstance(value, time):
        return clock(value)
    return "" if value is None else str(value)
