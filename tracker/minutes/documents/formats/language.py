"""What a Word template may say: fields of the sheet, loops over its lists, and whether a field is filled (ADR 68)."""

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import Any, BinaryIO

from jinja2 import Environment, Template, TemplateError, nodes
from jinja2.sandbox import SandboxedEnvironment

#: Of a template: bytes of a part, tags of a part, and signs of a tag.
LARGEST_PART, MOST_TAGS, LONGEST_TAG = 8 * 1024 * 1024, 1000, 200
#: Signs of a part when it is filled; minutes of a thousand statements have a third of it.
LONGEST_FILLED = 20_000_000
DEEPEST, LONGEST_SHOWN = 8, 60
FILTERS = frozenset({"upper", "lower", "capitalize", "title", "trim"})
#: What has to be shown hangs on nothing but itself.
_NEEDED = frozenset({"draft", "sections", "tables"})
_OPENED = re.compile(r"\{[{%#]")
#: Braces stand in a tag only by themselves between quotes.
_WITHIN = rf"(?:[^{{}}%#]|[%#](?!\}})|'[{{}}]'){{0,{LONGEST_TAG}}}"
_TAG = re.compile(
    rf"\{{(?:\{{{_WITHIN}\}}|#{_WITHIN}#|%[-+]?(?:tr|tc|p|r)?\s*(?:if|elif|else|endif|for|endfor)\b{_WITHIN}%)\}}"
)
_LOOP = {"index": 1, "index0": 1, "first": True, "last": True, "length": 1, "revindex": 1, "revindex0": 1}


class TemplateFault(StrEnum):
    """Why a Word template is not taken."""

    NOT_WORD = "not_word"
    NOT_FILLED = "not_filled"
    LEAVES_OUT = "leaves_out"
    NOT_SAYABLE = "not_sayable"


class NotSayable(TemplateError):
    """A template says what it may not, or becomes longer than a document; its message is the place."""


def ensure_plain(template: BinaryIO) -> None:
    """Go on only with a template whose tags are short, closed and known: what reads it next assumes that."""
    template.seek(0)
    with zipfile.ZipFile(template) as archive:
        for part in archive.infolist():
            if not part.filename.endswith(".xml"):
                continue
            if part.file_size > LARGEST_PART:
                raise NotSayable(part.filename)
            _ensure_plain(archive.read(part))
    template.seek(0)


def _ensure_plain(part: bytes) -> None:
    from docx.oxml.parser import parse_xml  # noqa: PLC0415  # 6 MB and 0.1 s; most processes read no Word file

    root = parse_xml(part)
    if root.getroottree().docinfo.internalDTD is not None:
        raise NotSayable("<!DOCTYPE>")
    hidden = (value for one in root.iter() for value in one.attrib.values() if _OPENED.search(value))
    if found := next(hidden, None):
        raise NotSayable(found[:LONGEST_TAG])
    text = "".join(root.xpath("//text()"))
    for count, opened in enumerate(_OPENED.finditer(text), 1):
        if count > MOST_TAGS or not _TAG.match(text, opened.start()):
            raise NotSayable(_first_tag(text[opened.start() : opened.start() + LONGEST_TAG]))


def _first_tag(text: str) -> str:
    """What a tag says, up to its end; one that has none, up to where it can be found by."""
    return text[: min((at + 2 for at in map(text.find, ("}}", "%}", "#}")) if at >= 0), default=LONGEST_SHOWN)]


def _bounded(written: Iterable[str]) -> str:
    """What a part becomes, as long as it stays short enough to be a document."""
    kept, signs = [], 0
    for piece in written:
        signs += len(piece)
        if signs > LONGEST_FILLED:
            raise NotSayable(f"> {LONGEST_FILLED}")
        kept.append(piece)
    return "".join(kept)


class Language(SandboxedEnvironment):
    """Jinja as far as a template of the office may use it, judged by the fields that the sample has."""

    concat = staticmethod(_bounded)

    def __init__(self, sample: Mapping[str, Any], **given: Any) -> None:
        """Escape everything."""
        super().__init__(autoescape=True, **given)
        self.sample = sample

    def from_string(self, source: Any, *given: Any, **named: Any) -> Template:
        """A part of the document, judged before anything of it runs."""
        _Judge(self, str(source)).ensure_sayable()
        return super().from_string(source, *given, **named)


@dataclass(frozen=True)
class _Named:
    """What a name stands for: the sample's value, and which field of the sheet it is, or is part of."""

    value: Any
    field: str


@dataclass(frozen=True)
class _Here:
    """Where in a template something stands: the names known there, what it hangs on, the loops around it."""

    names: Mapping[str, _Named]
    asked: frozenset[str] = frozenset()
    innermost: str | None = None
    depth: int = 0


class _Judge:
    """Reads one part of a template, tag by tag."""

    def __init__(self, environment: Language, source: str) -> None:
        # A tag a line, so that a node's line says which tag it is.
        self._tags = re.sub(r"(?=\{[{%#])", "\n", source.replace("\n", " ")).split("\n")
        self._environment = environment
        #: What the built-in template wrote into its foot before words for it could be named singly.
        self._former = [_expression(environment, one) for one in
                        ("page.split('{')[0]", "page.split('}')[1].split('{')[0]")]  # fmt: skip
        self._top = {name: _Named(value, name) for name, value in environment.sample.items()}
        self._top["emblem"] = _Named("", "emblem")

    def ensure_sayable(self) -> None:
        self._all(self._environment.parse("\n".join(self._tags)).body, _Here(self._top))

    def _refused(self, node: nodes.Node) -> NotSayable:
        return NotSayable(_first_tag(re.sub(r"<[^>]*>", "", self._tags[node.lineno - 1])))

    def _all(self, body: Iterable[nodes.Node], here: _Here) -> None:
        for node in body:
            if here.depth > DEEPEST:
                raise self._refused(node)
            if isinstance(node, nodes.Output):
                for one in node.nodes:
                    self._output(one, here)
            elif isinstance(node, nodes.If):
                self._if(node, here)
            elif isinstance(node, nodes.For) and not node.recursive and node.test is None:
                self._for(node, here)
            else:
                raise self._refused(node)

    def _output(self, node: nodes.Node, here: _Here) -> None:
        if isinstance(node, nodes.TemplateData) or node in self._former:
            return
        shown = self._shown(node, here)
        if isinstance(shown.value, Mapping | list):
            raise self._refused(node)
        self._hangs_on_itself(node, shown, here)

    def _shown(self, node: nodes.Node, here: _Here) -> _Named:
        """A field, or one changed by a filter or joined by a sign."""
        if not isinstance(node, nodes.Filter) or node.node is None:
            return self._path(node, here)
        if node.kwargs or node.dyn_args or node.dyn_kwargs:
            raise self._refused(node)
        if node.name in FILTERS and not node.args and isinstance(node.node, nodes.Filter | nodes.Name | nodes.Getattr |
                                                                 nodes.Getitem):  # fmt: skip
            return self._shown(node.node, here)
        inner = self._path(node.node, here)
        is_sign = all(isinstance(one, nodes.Const) and isinstance(one.value, str) for one in node.args)
        if node.name != "join" or not isinstance(inner.value, list) or len(node.args) > 1 or not is_sign:
            raise self._refused(node)
        if any(isinstance(one, Mapping | list) for one in inner.value):
            raise self._refused(node)
        return _Named("", inner.field)

    def _path(self, node: nodes.Node, here: _Here) -> _Named:
        """What `section.title`, `tables[0].rows` or `row` stands for."""
        if isinstance(node, nodes.Name) and node.name in here.names:
            return here.names[node.name]
        if isinstance(node, nodes.Getattr | nodes.Getitem):
            whole = self._path(node.node, here)
            part = node.attr if isinstance(node, nodes.Getattr) else _constant(node.arg)
            if isinstance(whole.value, Mapping) and part in whole.value:
                return _Named(whole.value[part], whole.field)
            if isinstance(whole.value, list) and isinstance(part, int) and 0 <= part < len(whole.value):
                field = f"{whole.field}[{part}]" if whole.field == "tables" else whole.field
                return _Named(whole.value[part], field)
        raise self._refused(node)

    def _if(self, node: nodes.If, here: _Here) -> None:
        asked = here.asked | frozenset(chain(self._asked(node.test, here), *(
            self._asked(other.test, here) for other in node.elif_)))  # fmt: skip
        within = _Here(here.names, asked, here.innermost, here.depth + 1)
        for body in (node.body, *(other.body for other in node.elif_), node.else_):
            self._all(body, within)

    def _asked(self, node: nodes.Node, here: _Here) -> Iterator[str]:
        """The fields of which a condition asks whether they are filled."""
        if isinstance(node, nodes.And | nodes.Or):
            yield from self._asked(node.left, here)
            yield from self._asked(node.right, here)
        elif isinstance(node, nodes.Not):
            yield from self._asked(node.node, here)
        else:
            yield self._path(node, here).field

    def _for(self, node: nodes.For, here: _Here) -> None:
        """A loop stands alone, or goes through a part of what the loop around it has: work grows as the sheet does."""
        listed, root = self._path(node.iter, here), _root(node.iter)
        if not isinstance(listed.value, list) or not listed.value or (here.innermost and root != here.innermost):
            raise self._refused(node)
        self._hangs_on_itself(node, listed, here)
        if not isinstance(node.target, nodes.Name) or node.target.name in {*self._top, "loop"}:
            raise self._refused(node)
        name = node.target.name
        names = {**here.names, name: _Named(listed.value[0], listed.field), "loop": _Named(_LOOP, listed.field)}
        self._all(node.body, _Here(names, here.asked | {listed.field}, name, here.depth + 1))
        self._all(node.else_, _Here(here.names, here.asked | {listed.field}, here.innermost, here.depth + 1))

    def _hangs_on_itself(self, node: nodes.Node, named: _Named, here: _Here) -> None:
        if named.field.partition("[")[0] in _NEEDED and not here.asked <= {named.field}:
            raise self._refused(node)


def _expression(environment: Environment, written: str) -> nodes.Node:
    return next(environment.parse(f"{{{{ {written} }}}}").find_all(nodes.Output)).nodes[0]


def _constant(node: nodes.Node) -> Any:
    return node.value if isinstance(node, nodes.Const) and not isinstance(node.value, bool) else None


def _root(node: nodes.Node) -> str | None:
    while isinstance(node, nodes.Getattr | nodes.Getitem):
        node = node.node
    return node.name if isinstance(node, nodes.Name) else None
