"""CSV as spreadsheets read it: typed text stays text, and never becomes a formula. Pure."""

#: Prefixes that make a spreadsheet read a CSV cell as a formula, including full-width forms.
_FORMULA_PREFIXES = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
#: In locales with a decimal comma, spreadsheets separate columns by semicolons.
DELIMITERS = {"id": ";", "en": ","}
LINE_END = "\r\n"
#: With a byte order mark, without which spreadsheets take it for Windows-1252.
ENCODING = "utf-8-sig"


def inert(text: str) -> str:
    """Escape text that a spreadsheet would read as a formula."""
    return f"'{text}" if text.startswith(_FORMULA_PREFIXES) else text


def from_inert(text: str) -> str:
    """The text that `inert` escaped."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA_PREFIXES) else text
