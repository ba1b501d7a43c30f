"""Files about meetings as plain text with places: Word, OpenDocument, PDF with text, plain text, captions. Pure."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, BinaryIO

from lxml import etree  # type: ignore[import-untyped]  # its stubs lag behind

from tracker.core.media_types import OPEN_DOCUMENT, WORD
from tracker.meetings.intake.formats.plain import Plain, plain_of, without_signs
from tracker.meetings.intake.formats.transcripts import turns_in
from tracker.meetings.intake.formats.word_numbering import Numbering

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table
    from docx.text.paragraph import Paragraph

PDF, TEXT, OPEN_TEXT = "application/pdf", "text/plain", f"{OPEN_DOCUMENT}text"
#: The transcript of two hours has about 120,000. Reading takes a second for each 100,000.
LONGEST_SOURCE = 150_000
MOST_PAGES = 300
#: Bytes of the main part of an OpenDocument file.
_LARGEST_PART = 30 * 1024 * 1024
#: Office files with a password, and the Word format before 2007, are OLE containers.
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: A scanned page has at most a stamp or a page number as text.
_FEWEST_LETTERS = 20
_HYPHENATED = re.compile(r"(?P<before>\w+)-\n(?P<after>[a-z]+)")
_ODT = {
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
}


class Unread(StrEnum):
    PASSWORD = "password"  # noqa: S105  # the reason, no password
    SCAN = "scan"
    EMPTY = "empty"
    TOO_LONG = "too_long"
    BROKEN = "broken"
    NO_TEXT_FILE = "no_text_file"


@dataclass(frozen=True)
class UnreadableFile(Exception):
    reason: Unread


def is_protected(stream: BinaryIO) -> bool:
    """Whether it is an office file with a password, or of a format that only old programs write."""
    head = stream.read(len(OLE))
    stream.seek(0)
    return head == OLE


def plain_of_file(stream: BinaryIO, media_type: str) -> Plain:
    """The text of a file whose type was checked. Raises UnreadableFile."""
    readers = {WORD: _of_word, OPEN_TEXT: _of_open_document, PDF: _of_pdf, TEXT: _of_text}
    if media_type not in readers:
        raise UnreadableFile(Unread.NO_TEXT_FILE)
    try:
        plain = readers[media_type](stream)
    except UnreadableFile:
        raise
    except Exception as fault:  # the libraries raise whatever a broken file leads them to
        raise UnreadableFile(Unread.BROKEN) from fault
    if not any(char.isalnum() for char in plain.text):
        raise UnreadableFile(Unread.EMPTY)
    if len(plain.text) > LONGEST_SOURCE:
        raise UnreadableFile(Unread.TOO_LONG)
    return plain


def _of_text(stream: BinaryIO) -> Plain:
    content = stream.read(4 * LONGEST_SOURCE + 1)
    if len(content) > 4 * LONGEST_SOURCE:
        raise UnreadableFile(Unread.TOO_LONG)
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    return plain_of(content.decode(encoding, "replace"))


def _of_lines(lines: Iterator[str]) -> Plain:
    kept, length = [], 0
    for line in lines:
        kept.append(line)
        length += len(line) + 1
        if length > LONGEST_SOURCE:
            raise UnreadableFile(Unread.TOO_LONG)
    text = without_signs("\n".join(kept))
    return Plain(text, turns=tuple(turns_in(text)))


def _of_word(stream: BinaryIO) -> Plain:
    import docx  # noqa: PLC0415  # 6 MB and 0.1 s; most processes read no Word file

    return _of_lines(_lines_of_word(docx.Document(stream)))


def _lines_of_word(document: "Document") -> Iterator[str]:
    from docx.table import Table  # noqa: PLC0415  # as above

    numbering = Numbering(document)
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield ""
            yield from _rows_of_word(block, numbering)
            yield ""
            continue
        style = (block.style.name or "") if block.style is not None else ""
        words = _numbered(block, numbering) if block.text.strip() else _counted(block, numbering)
        if style.startswith(("Heading", "Title")) and words.strip():
            yield ""
            yield f"# {words.strip()}"
        else:
            yield f"• {words}" if "List" in style and words == block.text.strip("\n") else words


def _numbered(paragraph: "Paragraph", numbering: Numbering) -> str:
    """The words of a paragraph after the number or bullet that Word draws before it."""
    words = paragraph.text.strip("\n")
    label = numbering.label(paragraph._p)  # not in its interface
    return f"{label} {words}" if label else words


def _counted(paragraph: "Paragraph", numbering: Numbering) -> str:
    """Nothing, for a paragraph without words, whose number counts nevertheless."""
    numbering.label(paragraph._p)
    return ""


def _rows_of_word(table: "Table", numbering: Numbering) -> Iterator[str]:
    for row in table.rows:
        cells: list[Any] = []
        for cell in row.cells:
            if not cells or cell._tc is not cells[-1]._tc:  # a merged cell is repeated
                cells.append(cell)
        yield "\t".join(
            " ".join(word for paragraph in cell.paragraphs for word in _numbered(paragraph, numbering).split())
            for cell in cells
        )


def _of_open_document(stream: BinaryIO) -> Plain:
    with zipfile.ZipFile(stream) as archive:
        names = archive.namelist()
        if "META-INF/manifest.xml" in names and b"encryption-data" in _part(archive, "META-INF/manifest.xml"):
            raise UnreadableFile(Unread.PASSWORD)
        content = _part(archive, "content.xml")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    body = etree.fromstring(content, parser).find(f".//{{{_ODT['office']}}}text")
    return _of_lines(_lines_of_open_document(body) if body is not None else iter(()))


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        content = part.read(_LARGEST_PART + 1)
    if len(content) > _LARGEST_PART:
        raise UnreadableFile(Unread.TOO_LONG)
    return content


def _lines_of_open_document(element: Any, *, is_listed: bool = False) -> Iterator[str]:
    for child in element:
        if not isinstance(child.tag, str):
            continue
        kind = etree.QName(child).localname
        if kind == "h":
            yield ""
            yield f"# {_words_of(child)}"
        elif kind == "p":
            yield f"• {_words_of(child)}" if is_listed else _words_of(child)
        elif kind == "table":
            yield ""
            for row in child.iter(f"{{{_ODT['table']}}}table-row"):
                cells = row.findall(f"{{{_ODT['table']}}}table-cell")
                yield "\t".join(" ".join(_words_of(cell, " ").split()) for cell in cells)
            yield ""
        elif kind not in {"tracked-changes", "sequence-decls", "forms"}:
            yield from _lines_of_open_document(child, is_listed=is_listed or kind == "list-item")


def _words_of(element: Any, between: str = "") -> str:
    """The words of a paragraph, with its spaces, tabs and line breaks."""
    signs = {"s": " ", "tab": "\t", "line-break": "\n"}
    parts = []
    for step, node in etree.iterwalk(element, events=("start", "end")):
        kind = etree.QName(node).localname if isinstance(node.tag, str) else ""
        if step == "start":
            parts.append(signs.get(kind, "") + (node.text or "" if isinstance(node.tag, str) else ""))
        else:
            parts.append((between if kind == "p" else "") + (node.tail or "" if node is not element else ""))
    return "".join(parts)


def _of_pdf(stream: BinaryIO) -> Plain:
    from pypdf import PdfReader  # noqa: PLC0415  # 0.2 s; most processes read no PDF

    reader = PdfReader(stream)
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableFile(Unread.PASSWORD)
    if len(reader.pages) > MOST_PAGES:
        raise UnreadableFile(Unread.TOO_LONG)
    text, pages = "", []
    for page in reader.pages:
        pages.append(len(text))
        text += f"{_joined(without_signs(page.extract_text()))}\n"
        if len(text) > LONGEST_SOURCE:
            raise UnreadableFile(Unread.TOO_LONG)
    if sum(char.isalpha() for char in text) < _FEWEST_LETTERS:
        raise UnreadableFile(Unread.SCAN)
    return Plain(text, tuple(pages), tuple(turns_in(text)))


def _joined(text: str) -> str:
    """Words that a line end divides become whole; «kerja-⏎kerja» keeps its hyphen."""
    return _HYPHENATED.sub(
        lambda found: ("-" if found["before"].casefold() == found["after"] else "").join(found.groups()), text
    )
