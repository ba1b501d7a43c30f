"""What arrives from a browser, made safe to store before anything reads it."""

import codecs
import re
from typing import Any
from urllib.parse import urlsplit

from flask import Request, request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.routing import BaseConverter, IntegerConverter

from tracker.core.errors import NotFound

#: Stands where a character was that no database can keep: NUL, other controls, a lone surrogate.
UNSTORABLE_SIGN = "\N{REPLACEMENT CHARACTER}"
#: PostgreSQL's integer ends here.
LARGEST_ID = 2**31 - 1
_NUMBER = re.compile(r"[0-9]{1,10}")
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


# Werkzeug would keep bytes that are no UTF-8 (a lone surrogate, Latin-1) as «%ED%B2%80» in the text.
codecs.register_error("werkzeug.url_quote", codecs.replace_errors)


def storable(text: str) -> str:
    """The text with every character that cannot be kept replaced by a visible sign."""
    return _UNSTORABLE.sub(UNSTORABLE_SIGN, text)


class StorableParameters(ImmutableMultiDict[str, Any]):
    """Form and query values after `storable`; Werkzeug keeps the files that came along in one, too."""

    def __init__(self, mapping: Any = None) -> None:
        """Clean each value once, on arrival."""
        pairs = ImmutableMultiDict(mapping).items(multi=True)
        kept = [(name, storable(value) if isinstance(value, str) else value) for name, value in pairs]
        super().__init__([(storable(name), value) for name, value in kept])


class TrackerRequest(Request):
    """A request whose texts can all be stored and shown."""

    parameter_storage_class = StorableParameters
    # A megabyte of typed text must come back with a sentence, so the door is wider than any field.
    max_content_length = 8 * 1024 * 1024
    max_form_memory_size = 8 * 1024 * 1024
    max_form_parts = 5000


def is_quiet() -> bool:
    """Whether a script asks that stays on its page: it is answered in JSON."""
    return request.headers.get("Accept") == "application/json"


def safe_path(path: str | None) -> str:
    """An address to go on to, where it is a path on this site; else home. `//other.example` is no path."""
    parts = urlsplit((path or "").replace("\\", "/"))
    is_path = not parts.scheme and not parts.netloc and parts.path.startswith("/") and not parts.path.startswith("//")
    return parts.geturl() if is_path and path and path.isprintable() else "/"


def row_number(written: str | None) -> int | None:
    """The number of a row, or of a step, as a hidden field or an address carries it; what no column holds is none."""
    is_number = written is not None and _NUMBER.fullmatch(written) is not None
    return int(written or "") if is_number and int(written or "") <= LARGEST_ID else None


def row_named(name: str) -> int | None:
    """The row that an address names beside its path. A number that no row can have is no address."""
    written = request.args.get(name)
    number = row_number(written)
    if written and number is None:
        raise NotFound
    return number


class RowNumber(IntegerConverter):
    """A row's number in an address; what no database column holds is no address."""

    def __init__(self, url_map: Any, **given: Any) -> None:
        """PostgreSQL's integer ends here."""
        super().__init__(url_map, **{"min": 1, "max": LARGEST_ID, **given})


class CodeInAddress(BaseConverter):
    """A running code such as U-2020-001 in an address."""

    regex = r"(?:R|U|TL)-\d{4}-\d{3,6}"
