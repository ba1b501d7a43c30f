"""Validators for text fields."""

from typing import Any

from wtforms import ValidationError
from wtforms.validators import InputRequired, Length, Optional, StopValidation

from tracker.core.texts import UNSTORABLE_SIGN
from tracker.core.wording import gettext, lazy_gettext


def has_visible_character(text: str) -> bool:
    """Whether it has a visible character. Joiners and direction marks are none, and nor are spaces."""
    return any(sign.isprintable() and not sign.isspace() for sign in text)


NOT_STORABLE = lazy_gettext("This text has a character that cannot be saved, shown as �. Remove it.")


class Storable:
    """Reject characters that no database can store; the replacement character marks where they were."""

    def __call__(self, form: Any, field: Any) -> None:
        if UNSTORABLE_SIGN in (field.data or ""):
            raise StopValidation(str(NOT_STORABLE))


class Needed(InputRequired):
    """Required; the message is a whole sentence: `Needed(lazy_gettext("Enter a title."))`."""

    def __init__(self, message: object) -> None:
        super().__init__(message=message)

    def __call__(self, form: Any, field: Any) -> None:
        super().__call__(form, field)
        typed = field.raw_data[0] if field.raw_data else ""  # the data of a trimmed field is already None
        if isinstance(typed, str) and not has_visible_character(typed):
            raise StopValidation(str(self.message))


def ensure_not_before(end: Any, start: Any) -> None:
    if end and start and end < start:
        raise ValidationError(gettext("The end is before the start."))


def text_checks(needed: object, longest: int) -> list[Any]:
    too_long = lazy_gettext("This is too long: at most %(max)d characters.")
    return [
        Needed(needed) if needed else Optional(strip_whitespace=False),
        Storable(),
        Length(max=longest, message=too_long),
    ]
