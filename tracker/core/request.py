"""Sanitise what arrives from a browser before it is used."""

import codecs
import re
from typing import Any
from urllib.parse import urlsplit

from flask import Request, request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.routing import BaseConverter, IntegerConverter

from tracker.core.errors import NotFound
from tracker.core.texts import storable

#: The largest value of PostgreSQL's integer.
LARGEST_ID = 2**31 - 1
_NUMBER = re.compile(r"[0-9]{1,10}")


# Werkzeug would keep invalid UTF-8 (a lone surrogate, Latin-1) as «%ED%B2%80» in the text.
codecs.register_error("werkzeug.url_quote", codecs.replace_errors)


class StorableParameters(ImmutableMultiDict[str, Any]):
    def __init__(self, mapping: Any = None) -> None:
        pairs = ImmutableMultiDict(mapping).items(multi=True)
        cleaned = [(name, storable(value) if isinstance(value, str) else value) for name, value in pairs]
        super().__init__([(storable(name), value) for name, value in cleaned])


class TrackerRequest(Request):
    parameter_storage_class = StorableParameters
    # A megabyte of typed text must be answered with a sentence, so the limit is higher than that of any field.
    max_content_length = 8 * 1024 * 1024
    max_form_memory_size = 8 * 1024 * 1024
    max_form_parts = 5000


def is_quiet() -> bool:
    """Whether a script of the page made the request and expects JSON."""
    return request.headers.get("Accept") == "application/json"


#: Where programs ask, with a token and without cookies. The pages about it have blueprints of their own.
API = "/api/v1"


def is_of_program() -> bool:
    """Whether a program made the request, and expects an answer without pages, cookies and CSRF tokens."""
    return request.blueprint == "api" or (request.endpoint is None and f"{request.path}/".startswith(f"{API}/"))


def safe_path(path: str | None) -> str:
    """The path if it is one of this site, otherwise «/». `//other.example` is not a path."""
    parts = urlsplit((path or "").replace("\\", "/"))
    is_path = not parts.scheme and not parts.netloc and parts.path.startswith("/") and not parts.path.startswith("//")
    return parts.geturl() if is_path and path and path.isprintable() else "/"


def row_number(written: str | None) -> int | None:
    """Parse a row id or step number from a hidden field or URL; None if no column can hold it."""
    is_number = written is not None and _NUMBER.fullmatch(written) is not None
    return int(written or "") if is_number and int(written or "") <= LARGEST_ID else None


def row_named(name: str) -> int | None:
    written = request.args.get(name)
    number = row_number(written)
    if written and number is None:
        raise NotFound
    return number


class RowNumber(IntegerConverter):
    """URL converter for row ids; ids that no column can hold do not match."""

    def __init__(self, url_map: Any, **given: Any) -> None:
        super().__init__(url_map, **{"min": 1, "max": LARGEST_ID, **given})


class CodeInAddress(BaseConverter):
    regex = r"(?:R|U|TL)-\d{4}-\d{3,6}"
