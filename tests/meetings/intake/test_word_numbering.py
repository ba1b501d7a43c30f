"""Paragraphs of Word's lists have the numbers that Word draws."""

import io

import pytest
from docx import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from tracker.core.media_types import WORD
from tracker.meetings.intake.formats.documents import plain_of_file

_LEVELS = {
    "outline": [("decimal", "%1."), ("lowerLetter", "%2)"), ("lowerRoman", "(%3)")],
    "legal": [("upperRoman", "%1."), ("decimal", "%1.%2")],
    "letters": [("upperLetter", "%1.")],
    "padded": [("decimalZero", "Pasal %1")],
    "silent": [("none", "")],
    "dots": [("bullet", "\uf0b7")],
}


class Written:
    """A document with numbering of its own."""

    def __init__(self) -> None:
        self.document = Document()
        self.root = self.document.part.numbering_part.element
        self.number = 500

    def list_of(self, kind: str, *, start: int = 1, is_legal: bool = False) -> int:
        self.number += 1
        legal = "<w:isLgl/>" if is_legal else ""
        levels = "".join(
            f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start if depth == 0 else 1}"/><w:numFmt w:val="{style}"/>{legal}'
            f'<w:lvlText w:val="{text}"/></w:lvl>'
            for depth, (style, text) in enumerate(_LEVELS[kind])
        )
        abstract = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{self.number}">{levels}</w:abstractNum>'
        self.root.insert(0, parse_xml(abstract))
        return self.same_again(self.number)

    def same_again(self, abstract: int, *, start: int | None = None) -> int:
        self.number += 1
        override = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>' if start else ""
        self.root.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{self.number}"><w:abstractNumId w:val="{abstract}"/>{override}</w:num>'
            )
        )
        return self.number

    def add(self, words: str, number: int, depth: int = 0, paragraph: object = None) -> None:
        paragraph = paragraph or self.document.add_paragraph(words)
        properties = OxmlElement("w:numPr")
        for tag, value in (("w:ilvl", depth), ("w:numId", number)):
            child = OxmlElement(tag)
            child.set(qn("w:val"), str(value))
            properties.append(child)
        paragraph._p.get_or_add_pPr().append(properties)

    def lines(self) -> list[str]:
        buffer = io.BytesIO()
        self.document.save(buffer)
        return plain_of_file(io.BytesIO(buffer.getvalue()), WORD).text.split("\n")


@pytest.fixture
def written() -> Written:
    return Written()


def test_levels_count_and_begin_again_below_the_next_number(written: Written) -> None:
    number = written.list_of("outline")
    for words, depth in [("Satu", 0), ("a", 1), ("b", 1), ("dalam", 2), ("Dua", 0), ("a lagi", 1)]:
        written.add(words, number, depth)

    assert written.lines() == ["1. Satu", "a) a", "b) b", "(i) dalam", "2. Dua", "a) a lagi"]


def test_roman_numbers_letters_and_numbers_of_several_levels(written: Written) -> None:
    roman, letters = written.list_of("legal", start=3), written.list_of("letters", start=26)
    legal, padded = written.list_of("legal", is_legal=True), written.list_of("padded")
    for words, number, depth in [
        ("Bab", roman, 0), ("Butir", roman, 1), ("Bab lagi", roman, 0), ("Z", letters, 0), ("AA", letters, 0),
        ("Bab", legal, 0), ("Butir", legal, 1), ("isi", padded, 0),
    ]:  # fmt: skip
        written.add(words, number, depth)

    assert written.lines() == [
        "III. Bab", "III.1 Butir", "IV. Bab lagi", "Z. Z", "AA. AA", "1. Bab", "1.1 Butir", "Pasal 01 isi",
    ]  # fmt: skip


def test_another_list_of_the_same_form_counts_on_unless_it_begins_again(written: Written) -> None:
    first = written.list_of("outline")
    abstract = written.number - 1
    goes_on, again = written.same_again(abstract), written.same_again(abstract, start=1)
    for words, number in [("a", first), ("b", goes_on), ("c", again), ("d", again)]:
        written.add(words, number)

    assert written.lines() == ["1. a", "2. b", "1. c", "2. d"]


def test_bullets_stay_bullets_and_what_has_no_number_gets_none(written: Written) -> None:
    dots, silent, number = written.list_of("dots"), written.list_of("silent"), written.list_of("outline")
    written.add("titik", dots)
    written.add("tanpa", silent)
    written.add("nol", 0)
    written.add("", number)
    written.add("sesudah yang kosong", number)
    written.add("daftar yang hilang", 4711)

    assert written.lines() == ["• titik", "tanpa", "nol", "", "2. sesudah yang kosong", "• daftar yang hilang"]


def test_lists_of_styles_and_numbers_in_tables(written: Written) -> None:
    for words in ("pertama", "kedua"):
        written.document.add_paragraph(words, style="List Number")
    number = written.list_of("outline")
    table = written.document.add_table(rows=2, cols=2)
    for row, words in zip(table.rows, ("Kirim surat", "Susun naskah"), strict=True):
        written.add("", number, paragraph=row.cells[0].paragraphs[0])
        row.cells[1].text = words

    assert written.lines() == ["1. pertama", "2. kedua", "", "1.\tKirim surat", "2.\tSusun naskah", ""]
