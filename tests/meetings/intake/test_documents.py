"""Files about meetings: what becomes of their text, where its words stand, and what is refused in words."""

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from random import Random

import pytest
from docx import Document
from flask import Flask
from pypdf import PdfReader, PdfWriter

from tests.meetings.intake.test_reading import DAY
from tracker.core.media_types import OPEN_DOCUMENT, WORD
from tracker.meetings.intake.formats.documents import (
    LONGEST_SOURCE,
    PDF,
    TEXT,
    Unread,
    UnreadableFile,
    is_protected,
    plain_of_file,
)
from tracker.meetings.intake.rules import read

ODT = f"{OPEN_DOCUMENT}text"
VTT = "WEBVTT\n\n00:00:05.000 --> 00:00:06.000\n<v Sari>Kita mulai</v>\n"
_XML = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:text>'
    "<text:h>Keputusan</text:h><text:list><text:list-item><text:p>Loket <text:span>dibuka</text:span><text:s/>Sabtu"
    "</text:p></text:list-item></text:list><table:table><table:table-row><table:table-cell><text:p>Uraian</text:p>"
    "</table:table-cell><table:table-cell><text:p>PIC</text:p></table:table-cell></table:table-row><table:table-row>"
    "<table:table-cell><text:p>Kirim surat</text:p></table:table-cell><table:table-cell><text:p>Sari</text:p>"
    "</table:table-cell></table:table-row></table:table></office:text></office:body></office:document-content>"
)


def word() -> bytes:
    document = Document()
    document.add_heading("Keputusan", 1)
    document.add_paragraph("Loket dibuka Sabtu", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for row, words in zip(table.rows, [("Uraian", "PIC"), ("Kirim surat", "Sari")], strict=True):
        for cell, word_of_cell in zip(row.cells, words, strict=True):
            cell.text = word_of_cell
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def open_document(content: str = _XML, manifest: str = "<manifest/>") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", ODT)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return buffer.getvalue()


def pdf(*pages: str, password: str | None = None) -> bytes:
    """A PDF of a few lines of text a page, written by hand."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b""]
    kids = []
    for page in pages:
        lines = "".join(f"({line}) Tj 0 -14 Td " for line in page.splitlines())
        content = f"BT /F1 12 Tf 72 720 Td {lines}ET".encode()
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F1<</Type/Font"
            b"/Subtype/Type1/BaseFont/Helvetica>>>>>>>>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (b" ".join(kids), len(kids))
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    body += b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1, table, len(objects) + 1, len(body),
    )  # fmt: skip
    if password is None:
        return body
    writer, locked = PdfWriter(clone_from=PdfReader(io.BytesIO(body))), io.BytesIO()
    writer.encrypt(password, algorithm="RC4-128")
    writer.write(locked)
    return locked.getvalue()


def refused(content: bytes, media_type: str) -> Unread:
    with pytest.raises(UnreadableFile) as raised:
        plain_of_file(io.BytesIO(content), media_type)
    return raised.value.reason


@pytest.mark.parametrize(("content", "media_type"), [(word(), WORD), (open_document(), ODT)], ids=["docx", "odt"])
def test_headings_bullets_and_tables_of_office_files_are_read(content: bytes, media_type: str) -> None:
    plain = plain_of_file(io.BytesIO(content), media_type)

    reading = read(plain.text, people=(), said_on=DAY)

    assert [(piece.kind.value, piece.words, piece.pic) for piece in reading.pieces] == [
        ("decision", "Loket dibuka Sabtu", None), ("directive", "Kirim surat", "Sari"),
    ]  # fmt: skip
    assert all(plain.text[piece.start :].startswith(piece.words) for piece in reading.pieces)


def test_words_of_a_pdf_have_their_page() -> None:
    plain = plain_of_file(io.BytesIO(pdf("Keputusan:\n- Loket dibuka Sabtu", "Tindak lanjut:\n- Kirim surat")), PDF)

    assert [plain.place(plain.text.index(words)).page for words in ("Loket", "Kirim")] == [1, 2]


def test_words_of_captions_have_their_second() -> None:
    plain = plain_of_file(io.BytesIO(VTT.encode()), TEXT)

    assert (plain.text, plain.place(plain.text.index("mulai")).second) == ("Sari: Kita mulai\n", 5)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_plain_text_is_read_in_its_encoding(encoding: str) -> None:
    text = "Keputusan:\n- Loket dibuka “Sabtu”\n"

    plain = plain_of_file(io.BytesIO(text.encode(encoding)), TEXT)

    assert (plain.text, plain.place(text.index("Loket")).line) == (text, 2)


def test_what_cannot_be_read_is_refused_in_words() -> None:
    assert refused(pdf("Keputusan:", password="rahasia"), PDF) is Unread.PASSWORD
    assert refused(pdf(""), PDF) is Unread.SCAN
    assert refused(open_document(manifest="<encryption-data/>"), ODT) is Unread.PASSWORD
    assert refused(b"a" * (LONGEST_SOURCE + 1), TEXT) is Unread.TOO_LONG
    assert refused(b" \n ", TEXT) is Unread.EMPTY
    assert refused(word()[:-40], WORD) is Unread.BROKEN
    assert refused(b"x", "image/png") is Unread.NO_TEXT_FILE
    assert is_protected(io.BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100)))


def test_entities_of_a_document_are_not_expanded() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "boom"><!ENTITY b "&a;&a;&a;">]>' + _XML.replace("Keputusan", "&b;")

    plain = plain_of_file(io.BytesIO(open_document(bomb)), ODT)

    assert "boom" not in plain.text


_SAMPLES: dict[str, Callable[[], bytes]] = {
    WORD: word,
    ODT: open_document,
    PDF: lambda: pdf("Keputusan:\n- Loket dibuka Sabtu", "Tindak lanjut"),
    TEXT: VTT.encode,
}


def mutated(content: bytes, random: Random) -> bytes:
    changed = bytearray(content)
    for _ in range(random.randint(1, 12)):
        at = random.randrange(len(changed) or 1)
        match random.randrange(4):
            case 0:
                changed[at : at + 1] = random.randbytes(1)
            case 1:
                del changed[at : at + random.randint(1, 40)]
            case 2:
                changed[at:at] = random.randbytes(random.randint(1, 40))
            case _:
                changed[at:at] = changed[at : at + random.randint(1, 200)]
    return bytes(changed)


def read_mutated(first: int, number: int) -> None:
    """Each is read, or refused in words."""
    for seed in range(first, first + number):
        media_type = list(_SAMPLES)[seed % len(_SAMPLES)]
        content = mutated(_SAMPLES[media_type](), Random(seed))
        try:
            plain = plain_of_file(io.BytesIO(content), media_type)
        except UnreadableFile:
            continue
        reading = read(plain.text, people=(), said_on=DAY, turns=plain.turns)
        assert all(plain.text[piece.start :].startswith(piece.words) for piece in reading.pieces), seed


def test_damaged_files_are_read_or_refused() -> None:
    read_mutated(0, 40)


@pytest.mark.long
def test_a_thousand_damaged_files_are_read_or_refused() -> None:
    read_mutated(1000, 1000)


def test_signs_that_no_page_can_show_are_left_out() -> None:
    assert (
        plain_of_file(io.BytesIO("Ke\x86putusan:\ufdd0\n- Lo\U0001fffeket".encode()), TEXT).text
        == "Keputusan:\n- Loket"
    )


@pytest.mark.one_database
def test_a_damaged_pdf_leaves_no_words_in_the_journal(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    damaged = pdf("Rahasia besar yang tidak boleh tercatat").replace(b"/Type/Page/", b"/Type<Rahasia")
    with suppress(UnreadableFile):
        plain_of_file(io.BytesIO(damaged[:-30]), PDF)
    assert caplog.records == []
