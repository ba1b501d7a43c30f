"""Fields for dates, times and numbers in local notation."""

from datetime import date
from typing import Any, cast

from babel.numbers import NumberFormatError, parse_decimal
from flask_babel import get_locale
from wtforms import DateField, StringField, TimeField, ValidationError
from wtforms.validators import Optional

from tracker.core.clock import FIRST_YEAR, LAST_YEAR
from tracker.core.fields.checks import Needed
from tracker.core.wording import gettext, number

LARGEST_NUMBER = 10**15


class Day(DateField):
    """A date, from the browser's date picker or typed as 21-10-2020."""

    data: Any  # a date, or None if the field may be empty; mypy cannot know which

    def __init__(self, label: object = None, *, needed: object = None, **given: Any) -> None:
        formats = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"]
        super().__init__(label, [Needed(needed) if needed else Optional()], format=formats, **given)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Report the expected format. Years outside FIRST_YEAR to LAST_YEAR are treated as typing errors."""
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValidationError(gettext("Enter a date like 21-10-2020.")) from error
        value = cast(date | None, vars(self)["data"])
        if value and not FIRST_YEAR <= value.year <= LAST_YEAR:
            self.data = None
            raise ValidationError(gettext("Enter a date between 1945 and 2200."))


class Clock(TimeField):
    """An optional time of day, typed as 13:30 or 13.30."""

    def __init__(self, label: object = None, **given: Any) -> None:
        super().__init__(label, [Optional()], format=["%H:%M", "%H.%M", "%H:%M:%S"], **given)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValidationError(gettext("Enter a time like 13.30.")) from error


class Number(StringField):
    """An exact number in the notation of the user's language: 1.234,5 or 1,234.5. Data: Decimal or None."""

    data: Any

    def __init__(self, label: object = None, *, needed: object = None, **given: Any) -> None:
        super().__init__(label, [Needed(needed) if needed else Optional()], **given)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return number(self.data) if self.data is not None else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """An empty field is None, never 0."""
        typed = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not typed:
            return
        try:
            self.data = parse_decimal(typed, locale=get_locale(), strict=True)
        except NumberFormatError as error:
            raise ValidationError(
                gettext("Enter a number, for example %(example)s.", example=number(1234.5))
            ) from error
        if not self.data.is_finite() or abs(self.data) > LARGEST_NUMBER:
            self.data = None
            raise ValidationError(gettext("This number is too large."))


class Year(Number):
    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else ("" if self.data is None else str(int(self.data)))

    def process_formdata(self, valuelist: list[str]) -> None:
        sentence = gettext("Enter a year like 2021.")
        try:
            super().process_formdata(valuelist)
        except ValidationError as error:
            raise ValidationError(sentence) from error
        if self.data is not None and (self.data % 1 or not FIRST_YEAR <= self.data <= LAST_YEAR):
            self.data = None
            raise ValidationError(sentence)
