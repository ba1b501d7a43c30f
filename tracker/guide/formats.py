"""The guide is written in Markdown, in `docs/guide`: one file a chapter, the same files in each language."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

#: `03-live-minutes.md`: the order, and the name by which pages refer to the chapter.
_FILE = re.compile(r"\d\d-(?P<topic>[a-z-]+)\.md")
#: A picture stands on a line of its own. Markdown names it without folder, language and ending.
_PICTURE = re.compile(r"^(?P<before>!\[[^\]\n]*\])\((?P<name>[a-z-]+)\)\n", re.MULTILINE)


@dataclass(frozen=True)
class Chapter:
    topic: str
    title: str
    html: str


def chapters(folder: Path, address_of: Callable[[str], str | None]) -> Sequence[Chapter]:
    """`address_of`: where the picture of this name is; pictures that do not exist are left out."""
    return [
        _chapter(match["topic"], file.read_text(), address_of)
        for file in sorted(folder.glob("*.md"))
        if (match := _FILE.fullmatch(file.name))
    ]


def _chapter(topic: str, text: str, address_of: Callable[[str], str | None]) -> Chapter:
    from markdown_it import MarkdownIt  # noqa: PLC0415  # needed once for each language

    def picture(match: re.Match[str]) -> str:
        address = address_of(match["name"])
        return f"{match['before']}({address})\n" if address else ""

    heading, _, body = text.partition("\n")
    parser = MarkdownIt("commonmark", {"html": False})
    tokens = parser.parse(_PICTURE.sub(picture, body))
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:  # the chapter's own heading is of the second level
            token.tag = f"h{int(token.tag[1]) + 1}"
        for part in token.children or ():
            if part.type == "image":
                part.attrSet("loading", "lazy")  # the page has all chapters, and a reader wants one
    return Chapter(topic, heading.removeprefix("# "), parser.renderer.render(tokens, parser.options, {}))
