"""Fields for words: they trim and bound what was typed, and give it back unharmed."""

from typing import Any

from wtforms import StringField, TextAreaField
from wtforms.validators import Email

from tracker.core.enumerations import without_marks
from tracker.core.fields.checks import text_checks
from tracker.core.wording import lazy

LONGEST_LINE = 300
#: RFC 5321, 4.5.3.1.3, without the angle brackets.
LONGEST_ADDRESS = 254
LONGEST_TEXT = 20_000


class Line(StringField):
    """One line of text, trimmed."""

    def __init__(
        self, label: object = None, *, needed: object = None, longest: int = LONGEST_LINE, **given: Any
    ) -> None:
        """Make it required by giving the sentence that asks for it."""
        super().__init__(label, text_checks(needed, longest), **given)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Trim the ends; nothing at all is None, not an empty string."""
        self.data = (valuelist[0].strip() or None) if valuelist else None


class Address(Line):
    """An e-mail address (RFC 5321, without asking the network whether it exists), or nothing."""

    def __init__(self, label: object = None, **given: Any) -> None:
        """Say what an address looks like when this is none."""
        form = Email(lazy("Enter an e-mail address like nama@kemenham.go.id."), allow_smtputf8=False)
        super(Line, self).__init__(label, [*text_checks(None, LONGEST_ADDRESS), form], **given)


class Paragraph(TextAreaField):
    """Free text over several lines, trimmed, with one kind of line end."""

    def __init__(
        self, label: object = None, *, needed: object = None, longest: int = LONGEST_TEXT, **given: Any
    ) -> None:
        """Make it required by giving the sentence that asks for it."""
        super().__init__(label, text_checks(needed, longest), **given)

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


class Items(Lines):
    """A list that is numbered where it is shown: the numbers and bullets written before its entries come off."""

    def entries(self) -> list[str]:
        """The entries, trimmed, unnumbered, without empty ones."""
        return [entry for entry in without_marks(super().entries()) if entry]


class Item(Line):
    """One entry of such a list."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Trim it and take off its number."""
        super().process_formdata(valuelist)
        self.data = (without_marks([self.data])[0] or self.data) if self.data else None
