import io
import zipfile

import pytest
from docx import Document

from tracker.attachments.formats import WORD, Fault, Unfit, media_type

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 20
MEBIBYTE = 1024 * 1024


def archive(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in parts.items():
            zipped.writestr(name, content)
    return made.getvalue()


def word() -> bytes:
    made = io.BytesIO()
    Document().save(made)
    return made.getvalue()


def with_macros(part: str = "word/vbaProject.bin") -> bytes:
    made = io.BytesIO(word())
    with zipfile.ZipFile(made, "a") as zipped:
        zipped.writestr(part, b"x")
    return made.getvalue()


def office(kind: str) -> bytes:
    listed = f'<Override ContentType="application/vnd.openxmlformats-officedocument.{kind}.main+xml"/>'.encode()
    return archive(**{"[Content_Types].xml": listed, "xl/workbook.xml": b"<workbook/>"})


def open_document(kind: str, **parts: bytes) -> bytes:
    return archive(mimetype=kind.encode(), **parts)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("surat.pdf", PDF, "application/pdf"),
        ("SURAT.PDF", PDF, "application/pdf"),
        ("foto.png", PNG, "image/png"),
        ("foto.jpeg", b"\xff\xd8\xff\xe0\x00\x10JFIF\0" + b"\0" * 30, "image/jpeg"),
        ("foto.webp", b"RIFF\x24\0\0\0WEBPVP8 " + b"\0" * 30, "image/webp"),
        ("notula.docx", word(), WORD),
        ("tabel.xlsx", office("spreadsheetml.sheet"), WORD.replace("wordprocessingml.document", "spreadsheetml.sheet")),
        ("catatan.odt", open_document("application/vnd.oasis.opendocument.text", **{"content.xml": b"<x/>"}),
         "application/vnd.oasis.opendocument.text"),
        ("daftar.csv", b"nama;jabatan\nRazilu;Staf Ahli\n", "text/csv"),
        ("catatan.txt", "“kutip”\r\n".encode(), "text/plain"),
    ],
)  # fmt: skip
def test_what_offices_write_is_taken_as_what_it_is(name: str, content: bytes, kind: str) -> None:
    assert media_type(io.BytesIO(content), name, MEBIBYTE) == kind


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("kosong.pdf", b"", Fault.EMPTY),
        ("besar.pdf", PDF + b"\0" * MEBIBYTE, Fault.TOO_LARGE),
        ("surat.pdf", PNG, Fault.OTHER_THAN_NAMED),
        ("surat.pdf.exe", b"MZ" + b"\0" * 80, Fault.NOT_ALLOWED),
        ("surat.pdf.exe", PDF, Fault.OTHER_THAN_NAMED),
        ("surat.exe.pdf", b"MZ" + b"\0" * 80, Fault.NOT_ALLOWED),
        ("laman.txt", b"\0\1\2 <script>", Fault.NOT_ALLOWED),
        ("laman.html", b"<!doctype html><script>alert(1)</script>", Fault.OTHER_THAN_NAMED),
        ("gambar.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", Fault.OTHER_THAN_NAMED),
        ("tanpa", PDF, Fault.OTHER_THAN_NAMED),
        ("arsip.zip", archive(a=b"x"), Fault.NOT_ALLOWED),
        ("arsip.docx", archive(a=b"x"), Fault.NOT_ALLOWED),
        ("rusak.docx", word()[:400], Fault.NOT_ALLOWED),
        ("makro.docx", with_macros(), Fault.NOT_ALLOWED),
        ("makro.docx", with_macros("customXml/VBAPROJECT.bin"), Fault.NOT_ALLOWED),
        ("foto.png", open_document("image/png", **{"evil.exe": b"MZ"}), Fault.NOT_ALLOWED),
        ("surat.pdf", open_document("application/pdf", **{"content.xml": b"<x/>"}), Fault.NOT_ALLOWED),
        ("catatan.txt", open_document("text/plain", **{"content.xml": b"<x/>"}), Fault.NOT_ALLOWED),
        ("kosong.odt", open_document("application/vnd.oasis.opendocument.text"), Fault.NOT_ALLOWED),
        (
            "makro.odt",
            open_document("application/vnd.oasis.opendocument.text", **{"content.xml": b"<x/>", "Basic/a": b"x"}),
            Fault.NOT_ALLOWED,
        ),
        ("tanpa.docx", office("wordprocessingml.document"), Fault.NOT_ALLOWED),
        ("bom.docx", archive(**{"[Content_Types].xml": b"\0" * 40 * MEBIBYTE}), Fault.SWELLS),
    ],
)
def test_the_rest_is_not_taken_and_it_is_said_why(name: str, content: bytes, fault: Fault) -> None:
    with pytest.raises(Unfit) as refused:
        media_type(io.BytesIO(content), name, MEBIBYTE)

    assert refused.value.fault is fault
