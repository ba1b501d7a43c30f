"""The fields forms are made of: they trim, bound and check what was typed, and give it back unharmed."""

from collections.abc import Iterable
from datetime import date, time
from enum import StrEnum
from typing import Any, cast

from babel.numbers import NumberFormatError, parse_decimal
from flask_babel import get_locale
from markupsafe import Markup, escape
from wtforms import DateField, SelectField, StringField, TextAreaField, TimeField, ValidationError
from wtforms.fields import SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Email, InputRequired, Length, Optional, StopValidation
from wtforms.widgets import Select

from tracker.core.request import UNSTORABLE_SIGN
from tracker.core.wording import clock, label, lazy, long_day, number, say

LONGEST_LINE = 300
#: RFC 5321, 4.5.3.1.3, without the angle brackets.
LONGEST_ADDRESS = 254
LONGEST_TEXT = 20_000
LARGEST_NUMBER = 10**15
#: PostgreSQL's integer ends here.
LARGEST_ID = 2**31 - 1
FIRST_YEAR, LAST_YEAR = 1945, 2200


class Storable:
    """Refuse what no database can store; the sign stands where such a character was."""

    def __call__(self, form: Any, field: Any) -> None:
        """Complain about the sign."""
        if UNSTORABLE_SIGN in (field.data or ""):
            raise StopValidation(say("This text has a character that cannot be stored, shown as �. Remove it."))


class Needed(InputRequired):
    """The thing must be given; the message names it: `Needed(lazy("Enter a title."))`."""

    def __init__(self, message: object) -> None:
        """Take the whole sentence to show."""
        super().__init__(message=message)

    def __call__(self, form: Any, field: Any) -> None:
        """Count white space as nothing."""
        super().__call__(form, field)
        typed = field.raw_data[0] if field.raw_data else ""  # the data of a trimmed field is None by now
        if isinstance(typed, str) and not typed.strip():
            raise StopValidation(str(self.message))


def _checks(needed: object, longest: int) -> list[Any]:
    too_long = lazy("This is too long: at most %(max)d characters.")
    return [
        Needed(needed) if needed else Optional(strip_whitespace=False),
        Storable(),
        Length(max=longest, message=too_long),
    ]


class Line(StringField):
    """One line of text, trimmed."""

    def __init__(
        self, label: object = None, *, needed: object = None, longest: int = LONGEST_LINE, **given: Any
    ) -> None:
        """Make it required by giving the sentence that asks for it."""
        super().__init__(label, _checks(needed, longest), **given)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Trim the ends; nothing at all is None, not an empty string."""
        self.data = (valuelist[0].strip() or None) if valuelist else None


class Address(Line):
    """An e-mail address (RFC 5321, without asking the network whether it exists), or nothing."""

    def __init__(self, label: object = None, **given: Any) -> None:
        """Say what an address looks like when this is none."""
        form = Email(lazy("Enter an e-mail address like nama@kemenham.go.id."), allow_smtputf8=False)
        super(Line, self).__init__(label, [*_checks(None, LONGEST_ADDRESS), form], **given)


class Paragraph(TextAreaField):
    """Free text over several lines, trimmed, with one kind of line end."""

    def __init__(
        self, label: object = None, *, needed: object = None, longest: int = LONGEST_TEXT, **given: Any
    ) -> None:
        """Make it required by giving the sentence that asks for it."""
        super().__init__(label, _checks(needed, longest), **given)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Browsers send CR LF for every line end; store LF."""
        self.data = (valuelist[0].replace("\r\n", "\n").strip() or None) if valuelist else None


class Quote(Paragraph):
    """Somebody's words: kept byte for byte, spaces included. Only the browser's own line ends are undone."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Change nothing inside."""
        self.data = (valuelist[0].replace("\r\n", "\n") or None) if valuelist else None


class Lines(Paragraph):
    """A list, one entry a line."""

    def _value(self) -> str:
        return self.raw_data[0] if self.raw_data else "\n".join(self.data or [])

    def entries(self) -> list[str]:
        """The entries, trimmed, without empty ones."""
        text = self.data if isinstance(self.data, str) else "\n".join(self.data or [])
        return [line.strip() for line in text.splitlines() if line.strip()]


class Day(DateField):
    """A date: the browser's own picker, or typed as 21-10-2020."""

    def __init__(self, label: object = None, *, needed: object = None, **given: Any) -> None:
        """Make it required by giving the sentence that asks for it."""
        formats = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"]
        super().__init__(label, [Needed(needed) if needed else Optional()], format=formats, **given)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Say what a date looks like when this is none; the year 1 is no more meant than the year 9999."""
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValidationError(say("Enter a date like 21-10-2020.")) from error
        found = cast(date | None, vars(self)["data"])
        if found and not FIRST_YEAR <= found.year <= LAST_YEAR:
            self.data = None
            raise ValidationError(say("Enter a date between 1945 and 2200."))


class Clock(TimeField):
    """A time of day, or nothing."""

    def __init__(self, label: object = None, **given: Any) -> None:
        """Accept 13:30 and 13.30."""
        super().__init__(label, [Optional()], format=["%H:%M", "%H.%M", "%H:%M:%S"], **given)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Say what a time looks like when this is none."""
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValidationError(say("Enter a time like 13.30.")) from error


class Number(StringField):
    """An exact number written as the reader's language writes it: 1.234,5 or 1,234.5. Data: Decimal or None."""

    def __init__(self, label: object = None, *, needed: object = None, **given: Any) -> None:
        """Make it required by giving the sentence that asks for it."""
        super().__init__(label, [Needed(needed) if needed else Optional()], **given)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return number(self.data) if self.data is not None else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Nothing typed is None, never 0."""
        typed = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not typed:
            return
        try:
            self.data = parse_decimal(typed, locale=get_locale(), strict=True)
        except NumberFormatError as error:
            raise ValidationError(say("Enter a number, for example %(example)s.", example=number(1234.5))) from error
        if not self.data.is_finite() or abs(self.data) > LARGEST_NUMBER:
            self.data = None
            raise ValidationError(say("This number is too large."))


class Year(Number):
    """A year of our age, written without separators."""

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else ("" if self.data is None else str(int(self.data)))

    def process_formdata(self, valuelist: list[str]) -> None:
        """A year is a whole number between FIRST_YEAR and LAST_YEAR."""
        super().process_formdata(valuelist)
        if self.data is not None and (self.data % 1 or not FIRST_YEAR <= self.data <= LAST_YEAR):
            self.data = None
            raise ValidationError(say("Enter a year like 2021."))


def _id(value: Any) -> int:
    """A row's number; what no database column holds is none."""
    number = int(value)
    if not 0 < number <= LARGEST_ID:
        raise ValueError("out of range")
    return number


def _id_or_none(value: Any) -> int | None:
    return _id(value) if value not in (None, "", "None") else None


class LongSelect(Select):
    """A select box whose options are written at once: some hundred names cost a millisecond, not twenty."""

    @classmethod
    def render_option(cls, choice: Any, **given: Any) -> Markup:
        """One option; one with attributes of its own takes the library's way."""
        if given or choice.render_kw or isinstance(choice.value, bool):
            return cast(Markup, super().render_option(choice, **given))
        mark, label = " selected" if choice.selected else "", escape(choice.label or choice.value)
        return Markup(f'<option{mark} value="{escape(choice.value)}">{label}</option>')  # noqa: S704  # both are escaped


class Pick(SelectField):
    """One thing out of a list, by its number; None where nothing is chosen. Choices come from `offer`."""

    widget = LongSelect()

    def __init__(self, label: object = None, *, needed: object = None, **given: Any) -> None:
        """Make it required by giving the sentence that asks for it."""
        super().__init__(label, [Needed(needed)] if needed else [], coerce=_id_or_none, choices=[], **given)

    def offer(self, choices: Iterable[tuple[int, str]], nothing: object | None = None) -> None:
        """Set the list: (number, words); the first, empty choice says «nothing chosen»."""
        empty = SelectChoice("", str(nothing or say("Not chosen")))
        self.choices = [empty, *(SelectChoice(value, words) for value, words in choices)]


class PickSeveral(SelectMultipleField):
    """Several things out of a list, by number."""

    widget = LongSelect(multiple=True)

    def __init__(self, label: object = None, **given: Any) -> None:
        """Start with an empty list; `offer` fills it."""
        super().__init__(label, coerce=_id, choices=[], **given)

    def offer(self, choices: Iterable[tuple[int, str]]) -> None:
        """Set the list: (number, words)."""
        self.choices = [SelectChoice(value, words) for value, words in choices]


class Code(SelectField):
    """One code of an enumeration. Without `needed` nothing may be chosen, and the data is None."""

    def __init__(
        self,
        kind: type[StrEnum],
        label: object = None,
        *,
        needed: object = None,
        only: Iterable[StrEnum] = (),
        **given: Any,
    ) -> None:
        """Offer the members of `kind`, or just those in `only`."""
        self.kind = kind
        self.members = list(only) or list(kind)
        super().__init__(
            label, [Needed(needed)] if needed else [], coerce=self._code_or_none, choices=self._offered, **given
        )

    def _code_or_none(self, value: Any) -> StrEnum | None:
        return self.kind(value) if value not in (None, "") else None

    def _offered(self) -> list[SelectChoice]:
        return [SelectChoice("", say("Not chosen")), *(SelectChoice(m.value, label(m)) for m in self.members)]


def as_shown(field: Any) -> str:
    """What a field holds, in words: to lay one person's text beside another's."""
    if isinstance(field, SelectField):
        return next((str(words) for _, words, is_chosen, *_ in field.iter_choices() if is_chosen), "")
    if isinstance(field, SelectMultipleField):
        return ", ".join(str(words) for _, words, is_chosen, *_ in field.iter_choices() if is_chosen)
    if isinstance(field, Lines):
        return "\n".join(field.entries())
    value = field.data
    if isinstance(value, bool):
        return say("Yes") if value else say("No")
    if isinstance(value, date):
        return long_day(value)
    if isinstance(value, time):
        return clock(value)
    return "" if value is None else str(value)
