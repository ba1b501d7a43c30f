"""Parts of the official form in PDF and Word."""

import copy
import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest
from docx import Document
from docx.oxml.ns import qn
from flask import Flask
from pypdf import PdfReader
from segno import make

from tests.core.test_typesetting import EMOJI, letters_of_scripts, structure_of
from tests.databases import Kind
from tests.minutes.documents.minutes_of_all_parts import CONTENT, LONG, STAFF
from tests.minutes.documents.test_official_form import plain
from tracker.minutes.documents import formats, labels
from tracker.minutes.documents.formats import EmblemFault
from tracker.minutes.documents.rules import SAMPLE

_buffer = io.BytesIO()
make("lambang").save(_buffer, kind="png", scale=10)
PNG = _buffer.getvalue()


@pytest.fixture
def kind() -> Kind:
    """Documents do not depend on the database."""
    return "sqlite"


@pytest.fixture
def request_context(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


def changed(**meeting: Any) -> dict[str, Any]:
    content = copy.deepcopy(CONTENT)
    content["meeting"].update(meeting)
    return content


def in_pdf(content: dict[str, Any], emblem: bytes | None = None) -> str:
    pdf = formats.pdf(labels.sheet_of(content), emblem)
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def in_word(content: dict[str, Any]) -> str:
    document = Document(io.BytesIO(formats.docx(labels.sheet_of(content), sample=SAMPLE)))
    return " ".join(str(element.text or "") for element in document.element.body.iter("{*}t"))


@pytest.mark.usefixtures("request_context")
@pytest.mark.parametrize("read", [in_pdf, in_word])
def test_statements_are_under_their_agenda_item_and_actions_under_their_statement(read: Any) -> None:
    shown = plain(read(CONTENT))

    parts = ["Katapembukaan", "2.Target2021", "perludibentukforum", "Pembentukanforumnasional", "Forumdibentuk",
             "TL-2020-002", "TL-2020-001", "3.Lain-lain", "Rapatlanjutanmenyusul", "TL-2020-003"]  # fmt: skip
    start = shown.index("Katapembukaan")
    places = [shown.index(plain(part), start) for part in parts]
    assert places == sorted(places)
    assert "1.1.Pembukaan" not in shown
    assert "2.2)" not in shown


@pytest.mark.usefixtures("request_context")
@pytest.mark.parametrize("read", [in_pdf, in_word])
def test_a_follow_up_of_no_agenda_item_comes_after_them_and_an_empty_matrix_is_left_out(read: Any) -> None:
    loose = {"statement": None, "agenda_item": None}
    content = changed()
    content["actions"] = [row | loose for row in content["actions"][:1]]
    content["statements"] = [row | {"actions": []} for row in content["statements"]]
    shown, without = plain(read(content)), plain(read(content | {"actions": []}))

    parts = ["3. Lain-lain", "Tindak lanjut lain dari rapat ini", "TL-2020-001"]
    places = [shown.rindex(plain(parts[0])), *(shown.index(plain(part)) for part in parts[1:])]
    assert places == sorted(places)
    assert "matrikstindaklanjut" in shown
    assert "matrikstindaklanjut" not in without


@pytest.mark.usefixtures("request_context")
@pytest.mark.parametrize("read", [in_pdf, in_word])
def test_empty_facts_are_left_out_and_missing_numbers_have_a_blank(read: Any) -> None:
    shown = plain(read(CONTENT))

    assert "belumditetapkan" not in shown
    assert "Suratundangan" not in shown
    assert "Nomor:…………" in shown
    names = shown[shown.index("BSrE") :]  # minute taker left, chair right, name above NIP
    assert re.search("SekarWulandariRaziluNIP…+NIP196503031990031001", names)
    assert "Tembusan:1.Menteri2.SekretarisJenderal" in shown
    assert "TERBATAS(T)" in shown
    assert STAFF.replace(" ", "") in shown


@pytest.mark.usefixtures("request_context")
@pytest.mark.parametrize("read", [in_pdf, in_word])
def test_the_matrix_has_separate_unit_and_pic_and_unbroken_dates(read: Any) -> None:
    shown = read(CONTENT)

    assert "Unit penanggung jawab" in shown.replace("\n", " ")
    assert re.search(r"\bPIC\b", shown)
    assert "30\xa0Nov\xa02020" in shown
    assert LONG in plain(shown)


@pytest.mark.usefixtures("request_context")
def test_the_pdf_is_archivable_and_accessible_with_headings_and_table_heads() -> None:
    pdf = formats.pdf(labels.sheet_of(CONTENT), PNG)

    with pikepdf.open(io.BytesIO(pdf)) as file:
        metadata = file.open_metadata()
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"], metadata["pdfuaid:part"]) == ("2", "A", "1")
        assert (str(file.Root.Lang), bool(file.Root.MarkInfo.Marked)) == ("id", True)
        assert metadata["dc:title"] == "Notula rapat R-2020-001: Rapat penyusunan target"
        assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/Figure"} <= structure_of(file.Root.StructTreeRoot)
        is_landscape = [page.mediabox[2] > page.mediabox[3] for page in file.pages]
    assert is_landscape.count(True) == 1  # the matrix


@pytest.mark.usefixtures("request_context")
def test_the_word_document_has_real_headings_and_repeating_table_heads() -> None:
    document = Document(io.BytesIO(formats.docx(labels.sheet_of(CONTENT), sample=SAMPLE, emblem=PNG)))

    headings = [(p.style.name, p.text) for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert headings[0] == ("Heading 1", "NOTULA RAPAT")
    assert ("Heading 2", "2. Target 2021") in headings
    assert len(list(document.element.body.iter(qn("w:tblHeader")))) == 3
    assert [shape.get("descr") for shape in document.element.body.iter(qn("wp:docPr"))] == ["Kementerian Hukum dan HAM"]
    assert document.core_properties.title.startswith("Notula rapat R-2020-001")


@pytest.mark.usefixtures("request_context")
@pytest.mark.parametrize("read", [in_pdf, in_word])
def test_documents_print_letters_of_all_scripts_and_emoji(read: Any) -> None:
    letters = letters_of_scripts()
    shown = read(changed(opening=" ".join([*letters.values(), *EMOJI, "\uf0b7 butir"])))

    assert len([letter for letter in letters.values() if letter in shown]) >= 155
    assert len([emoji for emoji in EMOJI if emoji in shown]) >= 30
    assert "• butir" in shown


@pytest.mark.usefixtures("request_context")
def test_a_document_never_claims_an_electronic_signature() -> None:
    shown = in_pdf(CONTENT).casefold()

    assert "bsre" in shown
    assert "ditandatangani secara elektronik" not in shown


@pytest.mark.parametrize(
    ("content", "fault"),
    [(PNG, None), (b"%PDF-1.7", EmblemFault.NOT_PICTURE), (b"", EmblemFault.NOT_PICTURE),
     (PNG[:40], EmblemFault.NOT_PICTURE), (PNG + b"0" * 400_000, EmblemFault.TOO_LARGE),
     (PNG[:16] + b"\x00\x00\x20\x00" + PNG[20:], EmblemFault.TOO_LARGE), (b"<svg/>", EmblemFault.NOT_PICTURE)],
    ids=["a picture", "a document", "nothing", "half a picture", "too many bytes", "too many dots", "a drawing"],
)  # fmt: skip
def test_an_emblem_is_checked_by_its_content(content: bytes, fault: EmblemFault | None) -> None:
    assert formats.emblem_fault(content, SAMPLE) is fault
