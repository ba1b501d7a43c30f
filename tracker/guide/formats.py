"""The guide is written in Markdown, in `docs/guide`: one file a chapter, the same files in each language."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from struct import unpack

#: `03-live-minutes.md`: the order, and the name by which pages refer to the chapter.
_FILE = re.compile(r"\d\d-(?P<topic>[a-z-]+)\.md")
#: A picture stands on a line of its own. Markdown names it without folder, language and ending.
_PICTURE = re.compile(r"^(?P<before>!\[[^\]\n]*\])\((?P<name>[a-z-]+)\)\n", re.MULTILINE)


@dataclass(frozen=True)
class Picture:
    """Its size keeps its place on the page until it is loaded."""

    address: str
    width: int
    height: int


def size_of(webp: bytes) -> tuple[int, int]:
    """Width and height of a lossy WebP without further parts, as `make guide-pictures` writes them (RFC 9649, 2.5)."""
    width, height = unpack("<HH", webp[26:30])
    return width & 0x3FFF, height & 0x3FFF


@dataclass(frozen=True)
class Chapter:
    topic: str
    title: str
    html: str


def chapters(folder: Path, picture_of: Callable[[str], Picture | None]) -> Sequence[Chapter]:
    """Pictures that do not exist are left out."""
    return [
        _chapter(match["topic"], file.read_text(), picture_of)
        for file in sorted(folder.glob("*.md"))
        if (match := _FILE.fullmatch(file.name))
    ]


def _chapter(topic: str, text: str, picture_of: Callable[[str], Picture | None]) -> Chapter:
    from markdown_it import MarkdownIt  # noqa: PLC0415  # needed once for each language

    shown: dict[str, Picture] = {}

    def picture(match: re.Match[str]) -> str:
        found = picture_of(match["name"])
        if not found:
            return ""
        shown[found.address] = found
        return f"{match['before']}({found.address})\n"

    heading, _, body = text.partition("\n")
    parser = MarkdownIt("commonmark", {"html": False})
    tokens = parser.parse(_PICTURE.sub(picture, body))
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:  # the chapter's own heading is of the second level
            token.tag = f"h{int(token.tag[1]) + 1}"
        for part in token.children or ():
            if part.type == "image" and (found := shown.get(str(part.attrs["src"]))):
                part.attrs |= {"width": found.width, "height": found.height}
                part.attrs["loading"] = "lazy"  # the page has all chapters, and a reader wants one
    return Chapter(topic, heading.removeprefix("# "), parser.renderer.render(tokens, parser.options, {}))
