"""Checks whether a page is valid HTML according to html5lib, without parsing what was valid before.

A parser's errors depend on what is open and what comes next. So a page is read whole only if something in it stands
where nothing like it has stood in a page without errors: a tag with other attributes, text in another place.
"""

import re
from collections.abc import Iterator

import html5lib

_TOKENS = re.compile(
    r"""<!--.*?-->|<!doctype[^>]*>|<(/?)([a-z][^\s/>]*)((?:"[^"]*"|'[^']*'|[^'">])*)>|<""", re.DOTALL | re.IGNORECASE
)
_TEXT = re.compile(r">\s*[^<\s][^<]*")
_VALUES = re.compile(r""""[^"<]*"|'[^'<]*'""")
#: Always an error: invalid character references, and characters that no page may contain.
_ODD = re.compile(
    r"&(?!(?:amp|lt|gt|quot|nbsp|#\d+|#x[0-9a-f]+);)"
    r"|[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_EMPTY = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_valid: set[tuple[str, str, str]] = set()
_valid_shapes: set[int] = set()


def errors_in(page: str) -> list[object]:
    """The first errors, if any."""
    shape = hash(_TEXT.sub(">text", _VALUES.sub("", page)))  # two pages of one shape have the same places
    if shape in _valid_shapes and not _ODD.search(page):
        return []
    places = set(_places(page))
    if places <= _valid and not _ODD.search(page):
        _valid_shapes.add(shape)
        return []
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(page)
    if not parser.errors:
        _valid.update(places)
        _valid_shapes.add(shape)
    return list(parser.errors[:3])


def _places(page: str) -> Iterator[tuple[str, str, str]]:
    """Each tag with its attribute names, and each text, with what precedes it and its open elements."""
    open_now, before, end = [""], "", 0
    for token in _TOKENS.finditer(page):
        if page[end : token.start()].strip():
            yield open_now[-1], before, "text"
            before = "text"
        end = token.end()
        closing, name, attributes = token[1], token[2], token[3]
        here = _VALUES.sub("", token[0])
        yield open_now[-1], before, here
        before = here
        if closing and f"/{name}/" in f"{open_now[-1]}/":  # what was open inside ends, too
            while not open_now.pop().endswith(f"/{name}"):
                pass
        elif name and not closing and name not in _EMPTY and not attributes.endswith("/"):
            open_now.append(f"{open_now[-1]}/{name}")
    yield open_now[-1], before, page[end:].strip()
