"""`url_for` of templates, quick: a list names a hundred rows and thirty icons; werkzeug builds each address anew."""

from functools import lru_cache
from typing import Any

from flask import Flask, has_request_context, request, url_for

#: Numbers that stand nowhere in an address but where they are put.
_FIRST_MARK = 2_000_000_001


def address(endpoint: str, /, **values: Any) -> str:
    """As `url_for`. Where only numbers of rows, codes, or a static file, are filled in, it is built once and kept."""
    if has_request_context():
        if endpoint == "static":
            return _of_file(request.script_root, **values)
        filled_in = tuple((name, int if type(value) is int else value) for name, value in values.items())
        if all(code is int or (isinstance(code, str) and code.isidentifier()) for _, code in filled_in):
            return _pattern(request.script_root, endpoint, filled_in).format(**values)
    return url_for(endpoint, **values)


@lru_cache(maxsize=256)
def _of_file(_root: str, filename: str) -> str:
    return url_for("static", filename=filename)


@lru_cache(maxsize=2048)
def _pattern(_root: str, endpoint: str, filled_in: tuple[tuple[str, type[int] | str], ...]) -> str:
    """The address with a place for each number; the root, where the app is mounted, is part of it."""
    marks = {name: _FIRST_MARK + at for at, (name, code) in enumerate(filled_in) if code is int}
    values: dict[str, Any] = {name: marks.get(name, code) for name, code in filled_in}
    pattern = url_for(endpoint, **values)
    for name, mark in marks.items():
        pattern = pattern.replace(str(mark), f"{{{name}}}")
    return pattern


def set_up(app: Flask) -> None:
    """Let templates name pages by it."""
    app.jinja_env.globals["url_for"] = address
