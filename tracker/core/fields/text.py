"""Text fields that trim and limit input, and show it again unchanged."""

from typing import Any

from wtforms import StringField, TextAreaField, ValidationError

from tracker.core.enumerations import without_marks
from tracker.core.fields.checks import has_visible_character, text_checks
from tracker.core.mail import LONGEST_ADDRESS, is_mail_address
from tracker.core.wording import gettext

LONGEST_LINE = 300
LONGEST_TEXT = 20_000


class _AsTyped:
    """Reads what was typed, and shows it again as it was typed, byte for byte."""

    data: Any
    raw_data: Any

    @staticmethod
    def read(text: str) -> str:
        return text.strip()

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = self._read(valuelist[0]) if valuelist else None

    def _read(self, text: str) -> str | None:
        return self.read(text) or None if has_visible_character(text) else None

    def _value(self) -> str:
        """What was typed, unless `data` was set to something else since."""
        typed = self.raw_data[0] if self.raw_data else None
        is_as_read = typed is not None and self._read(typed) == self.data
        return typed if typed is not None and is_as_read else str(super()._value())  # type: ignore[misc]


class Line(_AsTyped, StringField):
    data: Any  # text, or None where the field may be empty

    def __init__(
        self, label: object = None, *, needed: object = None, longest: int = LONGEST_LINE, **given: Any
    ) -> None:
        super().__init__(label, text_checks(needed, longest), **given)


class Address(Line):
    """An optional e-mail address (RFC 5321); the domain is not looked up."""

    def __init__(self, label: object = None, **given: Any) -> None:
        super(Line, self).__init__(label, [*text_checks(None, LONGEST_ADDRESS), _ensure_address], **given)


def _ensure_address(_: object, field: Address) -> None:
    if not is_mail_address(field.data or ""):
        raise ValidationError(gettext("Enter an e-mail address like nama@kemenham.go.id."))


class Paragraph(_AsTyped, TextAreaField):
    data: Any  # text, or None where the field may be empty

    def __init__(
        self, label: object = None, *, needed: object = None, longest: int = LONGEST_TEXT, **given: Any
    ) -> None:
        super().__init__(label, text_checks(needed, longest), **given)

    @staticmethod
    def read(text: str) -> str:
        """Browsers send CR LF for every line end; store LF."""
        return text.replace("\r\n", "\n").strip()


class Quote(Paragraph):
    """A literal quotation, stored byte for byte including spaces. Only the browser's line ends are normalised."""

    @staticmethod
    def read(text: str) -> str:
        return text.replace("\r\n", "\n")


class Lines(Paragraph):
    def _value(self) -> str:
        return self.raw_data[0] if self.raw_data else "\n".join(self.data or [])

    def entries(self) -> list[str]:
        text = self.data if isinstance(self.data, str) else "\n".join(self.data or [])
        return [line.strip() for line in text.splitlines() if line.strip()]


class Items(Lines):
    """A list that is numbered where it is shown; numbers and bullets typed before the entries are removed."""

    def entries(self) -> list[str]:
        return [entry for entry in without_marks(super().entries()) if entry]


class Item(Line):
    @staticmethod
    def read(text: str) -> str:
        return without_marks([text])[0] or text.strip()
