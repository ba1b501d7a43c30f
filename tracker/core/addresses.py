"""`url_for` of templates, quick: a list names a hundred rows and thirty icons; werkzeug builds each address anew."""

from functools import lru_cache
from typing import Any

from flask import Flask, has_request_context, request, url_for

#: Numbers that stand nowhere in an address but where they are put.
_FIRST_MARK = 2_000_000_001


def address(endpoint: str, /, **values: Any) -> str:
    """As `url_for`. Where only numbers of rows, or a static file, are filled in, it is built once and kept."""
    if has_request_context():
        if endpoint == "static":
            return _of_file(request.script_root, **values)
        if all(type(value) is int for value in values.values()):
            return _pattern(request.script_root, endpoint, tuple(values)).format(**values)
    return url_for(endpoint, **values)


@lru_cache(maxsize=256)
def _of_file(_root: str, filename: str) -> str:
    return url_for("static", filename=filename)


@lru_cache(maxsize=2048)
def _pattern(_root: str, endpoint: str, names: tuple[str, ...]) -> str:
    """The address with a place for each number; the root, where the app is mounted, is part of it."""
    marks: dict[str, Any] = {name: _FIRST_MARK + at for at, name in enumerate(names)}
    pattern = url_for(endpoint, **marks)
    for name, mark in marks.items():
        pattern = pattern.replace(str(mark), f"{{{name}}}")
    return pattern


def set_up(app: Flask) -> None:
    """Let templates name pages by it."""
    app.jinja_env.globals["url_for"] = address
