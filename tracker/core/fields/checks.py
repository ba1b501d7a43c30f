"""What a field asks of what was typed, before it says anything of its own."""

from typing import Any

from wtforms.validators import InputRequired, Length, Optional, StopValidation

from tracker.core.request import UNSTORABLE_SIGN
from tracker.core.wording import lazy, say


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


def text_checks(needed: object, longest: int) -> list[Any]:
    """What every field for words asks: given if needed, storable, not too long."""
    too_long = lazy("This is too long: at most %(max)d characters.")
    return [
        Needed(needed) if needed else Optional(strip_whitespace=False),
        Storable(),
        Length(max=longest, message=too_long),
    ]
