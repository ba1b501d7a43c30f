"""A cached `url_for` for templates: a list may have a hundred links and thirty icons, and Werkzeug builds each anew."""

from functools import lru_cache
from typing import Any

from flask import Flask, has_request_context, request, url_for

#: Placeholders that occur nowhere else in a URL.
_FIRST_MARK = 2_000_000_001


def address(endpoint: str, /, **values: Any) -> str:
    """Like `url_for`, but cached if only row ids, identifiers or the name of a static file are filled in."""
    if not has_request_context():
        return url_for(endpoint, **values)
    if endpoint == "static":
        return _of_file(request.script_root, **values)
    filled_in: list[str | tuple[str, str]] = []
    for name, value in values.items():
        if type(value) is int:
            filled_in.append(name)
        elif isinstance(value, str) and value.isidentifier():
            filled_in.append((name, value))
        else:
            return url_for(endpoint, **values)
    return _pattern(request.script_root, endpoint, tuple(filled_in)) % values


@lru_cache(maxsize=256)
def _of_file(_root: str, filename: str) -> str:
    return url_for("static", filename=filename)


@lru_cache(maxsize=2048)
def _pattern(_root: str, endpoint: str, filled_in: tuple[str | tuple[str, str], ...]) -> str:
    """The URL with a placeholder for each id. `_root`, the path the app is mounted at, is part of the cache key."""
    values: dict[str, Any] = {}
    for at, part in enumerate(filled_in):
        values |= {part: _FIRST_MARK + at} if isinstance(part, str) else {part[0]: part[1]}
    pattern = url_for(endpoint, **values).replace("%", "%%")
    for name in (part for part in filled_in if isinstance(part, str)):
        pattern = pattern.replace(str(values[name]), f"%({name})d")
    return pattern


def set_up(app: Flask) -> None:
    app.jinja_env.globals["url_for"] = address
