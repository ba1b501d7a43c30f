"""Limits Word templates to fields of the sheet, loops over its lists, and tests for filled fields (ADR 68)."""

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import Any, BinaryIO

from jinja2 import Environment, Template, TemplateError, nodes
from jinja2.sandbox import SandboxedEnvironment

#: Limits of a template: bytes and tags of a part, and characters of a tag.
MAX_PART_SIZE, MAX_TAGS, MAX_TAG_LENGTH = 8 * 1024 * 1024, 1000, 200
#: Characters of a filled part. Minutes with a thousand statements have a third of this.
MAX_FILLED_LENGTH = 20_000_000
MAX_DEPTH, MAX_SHOWN_LENGTH = 8, 60
FILTERS = frozenset({"upper", "lower", "capitalize", "title", "trim"})
#: Fields that must be shown; they may depend on no condition or loop except their own.
_NEEDED = frozenset({"draft", "sections", "tables"})
_TAG_START = re.compile(r"\{[{%#]")
#: Within a tag, braces are allowed only as a quoted single character.
_WITHIN = rf"(?:[^{{}}%#]|[%#](?!\}})|'[{{}}]'){{0,{MAX_TAG_LENGTH}}}"
_TAG = re.compile(
    rf"\{{(?:\{{{_WITHIN}\}}|#{_WITHIN}#|%[-+]?(?:tr|tc|p|r)?\s*(?:if|elif|else|endif|for|endfor)\b{_WITHIN}%)\}}"
)
_LOOP = {"index": 1, "index0": 1, "first": True, "last": True, "length": 1, "revindex": 1, "revindex0": 1}


class TemplateFault(StrEnum):
    NOT_WORD = "not_word"
    NOT_FILLED = "not_filled"
    LEAVES_OUT = "leaves_out"
    NOT_ALLOWED = "not_allowed"


class NotAllowed(TemplateError):
    """Raised for a template that contains what is not allowed or becomes too long; the message is that part."""


def ensure_simple_tags(template: BinaryIO) -> None:
    """Raise NotAllowed unless all tags are short, closed and known; docxtpl relies on that."""
    template.seek(0)
    with zipfile.ZipFile(template) as archive:
        for part in archive.infolist():
            if not part.filename.endswith(".xml"):
                continue
            if part.file_size > MAX_PART_SIZE:
                raise NotAllowed(part.filename)
            _ensure_simple_tags(archive.read(part))
    template.seek(0)


def _ensure_simple_tags(part: bytes) -> None:
    from docx.oxml.parser import parse_xml  # noqa: PLC0415  # 6 MB and 0.1 s; most processes read no Word file

    root = parse_xml(part)
    if root.getroottree().docinfo.internalDTD is not None:
        raise NotAllowed("<!DOCTYPE>")
    in_attributes = (value for element in root.iter() for value in element.attrib.values() if _TAG_START.search(value))
    if value := next(in_attributes, None):
        raise NotAllowed(value[:MAX_TAG_LENGTH])
    text = "".join(root.xpath("//text()"))
    for count, start in enumerate(_TAG_START.finditer(text), 1):
        if count > MAX_TAGS or not _TAG.match(text, start.start()):
            raise NotAllowed(_first_tag(text[start.start() : start.start() + MAX_TAG_LENGTH]))


def _first_tag(text: str) -> str:
    return text[: min((at + 2 for at in map(text.find, ("}}", "%}", "#}")) if at >= 0), default=MAX_SHOWN_LENGTH)]


def _bounded(pieces: Iterable[str]) -> str:
    """Join the pieces of a filled part; raises NotAllowed if it becomes too long."""
    joined, length = [], 0
    for piece in pieces:
        length += len(piece)
        if length > MAX_FILLED_LENGTH:
            raise NotAllowed(f"> {MAX_FILLED_LENGTH}")
        joined.append(piece)
    return "".join(joined)


class Language(SandboxedEnvironment):
    """A Jinja environment that accepts only what templates may use, checked against the fields of the sample."""

    concat = staticmethod(_bounded)

    def __init__(self, sample: Mapping[str, Any], **options: Any) -> None:
        super().__init__(autoescape=True, **options)
        self.sample = sample

    def from_string(self, source: Any, *args: Any, **kwargs: Any) -> Template:
        _Checker(self, str(source)).ensure_allowed()
        return super().from_string(source, *args, **kwargs)


@dataclass(frozen=True)
class _Value:
    """A value of the sample, and the field of the sheet that it is part of."""

    value: Any
    field: str


@dataclass(frozen=True)
class _Scope:
    """The names known at a place in a template, the fields it depends on, and the loops around it."""

    names: Mapping[str, _Value]
    depends_on: frozenset[str] = frozenset()
    innermost_loop: str | None = None
    depth: int = 0


class _Checker:
    def __init__(self, environment: Language, source: str) -> None:
        # One tag per line, so that the line of a node identifies its tag.
        self._tags = re.sub(r"(?=\{[{%#])", "\n", source.replace("\n", " ")).split("\n")
        self._environment = environment
        #: Expressions in the footer of older copies of the built-in template.
        self._legacy = [_expression(environment, source) for source in
                        ("page.split('{')[0]", "page.split('}')[1].split('{')[0]")]  # fmt: skip
        self._top_names = {name: _Value(value, name) for name, value in environment.sample.items()}
        self._top_names["emblem"] = _Value("", "emblem")

    def ensure_allowed(self) -> None:
        self._check_body(self._environment.parse("\n".join(self._tags)).body, _Scope(self._top_names))

    def _refused(self, node: nodes.Node) -> NotAllowed:
        return NotAllowed(_first_tag(re.sub(r"<[^>]*>", "", self._tags[node.lineno - 1])))

    def _check_body(self, body: Iterable[nodes.Node], scope: _Scope) -> None:
        for node in body:
            if scope.depth > MAX_DEPTH:
                raise self._refused(node)
            if isinstance(node, nodes.Output):
                for child in node.nodes:
                    self._check_output(child, scope)
            elif isinstance(node, nodes.If):
                self._check_if(node, scope)
            elif isinstance(node, nodes.For) and not node.recursive and node.test is None:
                self._check_for(node, scope)
            else:
                raise self._refused(node)

    def _check_output(self, node: nodes.Node, scope: _Scope) -> None:
        if isinstance(node, nodes.TemplateData) or node in self._legacy:
            return
        value = self._resolve_filtered(node, scope)
        if isinstance(value.value, Mapping | list):
            raise self._refused(node)
        self._ensure_unconditional(node, value, scope)

    def _resolve_filtered(self, node: nodes.Node, scope: _Scope) -> _Value:
        """A field, possibly with a filter or joined by a separator."""
        if not isinstance(node, nodes.Filter) or node.node is None:
            return self._resolve(node, scope)
        if node.kwargs or node.dyn_args or node.dyn_kwargs:
            raise self._refused(node)
        if node.name in FILTERS and not node.args and isinstance(node.node, nodes.Filter | nodes.Name | nodes.Getattr |
                                                                 nodes.Getitem):  # fmt: skip
            return self._resolve_filtered(node.node, scope)
        inner = self._resolve(node.node, scope)
        has_separator = all(isinstance(arg, nodes.Const) and isinstance(arg.value, str) for arg in node.args)
        if node.name != "join" or not isinstance(inner.value, list) or len(node.args) > 1 or not has_separator:
            raise self._refused(node)
        if any(isinstance(item, Mapping | list) for item in inner.value):
            raise self._refused(node)
        return _Value("", inner.field)

    def _resolve(self, node: nodes.Node, scope: _Scope) -> _Value:
        """The value of `section.title`, `tables[0].rows` or `row`."""
        if isinstance(node, nodes.Name) and node.name in scope.names:
            return scope.names[node.name]
        if isinstance(node, nodes.Getattr | nodes.Getitem):
            container = self._resolve(node.node, scope)
            part = node.attr if isinstance(node, nodes.Getattr) else _constant(node.arg)
            if isinstance(container.value, Mapping) and part in container.value:
                return _Value(container.value[part], container.field)
            if isinstance(container.value, list) and isinstance(part, int) and 0 <= part < len(container.value):
                field = f"{container.field}[{part}]" if container.field == "tables" else container.field
                return _Value(container.value[part], field)
        raise self._refused(node)

    def _check_if(self, node: nodes.If, scope: _Scope) -> None:
        depends_on = scope.depends_on | frozenset(chain(self._tested_fields(node.test, scope), *(
            self._tested_fields(other.test, scope) for other in node.elif_)))  # fmt: skip
        within = _Scope(scope.names, depends_on, scope.innermost_loop, scope.depth + 1)
        for body in (node.body, *(other.body for other in node.elif_), node.else_):
            self._check_body(body, within)

    def _tested_fields(self, node: nodes.Node, scope: _Scope) -> Iterator[str]:
        if isinstance(node, nodes.And | nodes.Or):
            yield from self._tested_fields(node.left, scope)
            yield from self._tested_fields(node.right, scope)
        elif isinstance(node, nodes.Not):
            yield from self._tested_fields(node.node, scope)
        else:
            yield self._resolve(node, scope).field

    def _check_for(self, node: nodes.For, scope: _Scope) -> None:
        """A nested loop must go through a part of the outer loop's item, so that work grows only with the sheet."""
        items, root = self._resolve(node.iter, scope), _root(node.iter)
        if (
            not isinstance(items.value, list)
            or not items.value
            or (scope.innermost_loop and root != scope.innermost_loop)
        ):
            raise self._refused(node)
        self._ensure_unconditional(node, items, scope)
        if not isinstance(node.target, nodes.Name) or node.target.name in {*self._top_names, "loop"}:
            raise self._refused(node)
        name = node.target.name
        names = {**scope.names, name: _Value(items.value[0], items.field), "loop": _Value(_LOOP, items.field)}
        self._check_body(node.body, _Scope(names, scope.depends_on | {items.field}, name, scope.depth + 1))
        self._check_body(
            node.else_, _Scope(scope.names, scope.depends_on | {items.field}, scope.innermost_loop, scope.depth + 1)
        )

    def _ensure_unconditional(self, node: nodes.Node, value: _Value, scope: _Scope) -> None:
        if value.field.partition("[")[0] in _NEEDED and not scope.depends_on <= {value.field}:
            raise self._refused(node)


def _expression(environment: Environment, source: str) -> nodes.Node:
    return next(environment.parse(f"{{{{ {source} }}}}").find_all(nodes.Output)).nodes[0]


def _constant(node: nodes.Node) -> Any:
    return node.value if isinstance(node, nodes.Const) and not isinstance(node.value, bool) else None


def _root(node: nodes.Node) -> str | None:
    while isinstance(node, nodes.Getattr | nodes.Getitem):
        node = node.node
    return node.name if isinstance(node, nodes.Name) else None
