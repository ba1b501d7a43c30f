import io
import struct
import time
import zipfile
from contextlib import suppress
from itertools import chain

import pytest
from docx import Document

from tracker.core.media_types import ALLOWED, WORD, Fault, UnacceptableFile, media_type

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 20
MEBIBYTE = 1024 * 1024


def archive(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as zip_file:
        for name, content in parts.items():
            zip_file.writestr(name, content)
    return buffer.getvalue()


def word() -> bytes:
    buffer = io.BytesIO()
    Document().save(buffer)
    return buffer.getvalue()


def with_macros(part: str = "word/vbaProject.bin") -> bytes:
    buffer = io.BytesIO(word())
    with zipfile.ZipFile(buffer, "a") as zip_file:
        zip_file.writestr(part, b"x")
    return buffer.getvalue()


def office(kind: str) -> bytes:
    content_types = f'<Override ContentType="application/vnd.openxmlformats-officedocument.{kind}.main+xml"/>'.encode()
    return archive(**{"[Content_Types].xml": content_types, "xl/workbook.xml": b"<workbook/>"})


def open_document(kind: str, **parts: bytes) -> bytes:
    return archive(mimetype=kind.encode(), **parts)


def office_document(kind: str, part: str) -> bytes:
    content_types = f'<Override ContentType="application/vnd.openxmlformats-officedocument.{kind}.main+xml"/>'.encode()
    return archive(**{"[Content_Types].xml": content_types, part: b"<x/>"})


#: A file of each accepted type.
FILE_BY_TYPE = {
    "application/pdf": PDF, "image/png": PNG, "image/jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF\0" + b"\0" * 30,
    "image/webp": b"RIFF\x24\0\0\0WEBPVP8 " + b"\0" * 30, WORD: word(),
    WORD.replace("wordprocessingml.document", "spreadsheetml.sheet"):
        office_document("spreadsheetml.sheet", "xl/workbook.xml"),
    WORD.replace("wordprocessingml.document", "presentationml.presentation"):
        office_document("presentationml.presentation", "ppt/presentation.xml"),
    **{f"application/vnd.oasis.opendocument.{kind}":
       open_document(f"application/vnd.oasis.opendocument.{kind}", **{"content.xml": b"<x/>"})
       for kind in ("text", "spreadsheet", "presentation")},
    "text/csv": b"a;b\n", "text/plain": b"a\n",
}  # fmt: skip


@pytest.mark.parametrize("kind", sorted(ALLOWED))
def test_only_the_extensions_of_a_type_are_accepted_for_its_content(kind: str) -> None:
    all_extensions = {*chain.from_iterable(ALLOWED.values()), ".exe", ".html", ".zip", ""}
    accepted = set()

    for extension in all_extensions:
        with suppress(UnacceptableFile):
            detected = media_type(io.BytesIO(FILE_BY_TYPE[kind]), f"berkas{extension}", MEBIBYTE)
            accepted |= {extension} if detected == kind else set()

    assert set(FILE_BY_TYPE) == set(ALLOWED)
    assert accepted == set(ALLOWED[kind])


@pytest.mark.parametrize("kind", sorted({*ALLOWED, "application/zip", "application/x-msdownload"}))
def test_a_mimetype_entry_alone_makes_no_archive_acceptable(kind: str) -> None:
    for extension in set(chain.from_iterable(ALLOWED.values())):
        with pytest.raises(UnacceptableFile):
            media_type(io.BytesIO(open_document(kind, **{"evil.exe": b"MZ"})), f"foto{extension}", MEBIBYTE)


def entries(count: int, *, wide: bool = False) -> bytes:
    """An archive of `count` empty parts; `wide`: in the ZIP64 format for more than 65,535 parts."""
    entry = struct.pack("<4s6H3L5H2L", b"PK\1\2", *[20] * 2, *[0] * 4, *[0] * 3, 1, *[0] * 4, *[0] * 2) + b"a"
    directory, head = entry * count, b"PK\3\4" + b"\0" * 26 + b"a"
    counts = (
        (0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF) if wide else (count % 65536, count % 65536, len(directory), len(head))
    )
    wider = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, len(directory), len(head))
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, len(head) + len(directory), 1)
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, *counts, 0)
    return head + directory + (wider + locator if wide else b"") + end


@pytest.mark.parametrize("wide", [False, True])
def test_a_long_directory_is_refused_before_it_is_read(wide: bool) -> None:
    bomb = entries(400_000, wide=wide)
    media_type(io.BytesIO(b"a"), "a.txt", MEBIBYTE)  # what is imported or loaded once is not part of the time
    started = time.process_time()

    with pytest.raises(UnacceptableFile) as refused:
        media_type(io.BytesIO(bomb), "bom.docx", 25 * MEBIBYTE)

    assert refused.value.fault is Fault.EXPANDS_TOO_MUCH
    assert time.process_time() - started < 0.3  # reading its entries takes two seconds
    with pytest.raises(UnacceptableFile) as refused:
        media_type(io.BytesIO(entries(5_001, wide=wide)), "bom.docx", MEBIBYTE)
    assert refused.value.fault is Fault.EXPANDS_TOO_MUCH


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_part_that_cannot_be_unpacked_is_refused(method: int) -> None:
    buffer, types = io.BytesIO(), f'<Override ContentType="{WORD}.main+xml"/>{list(range(500))}'
    with zipfile.ZipFile(buffer, "w", method) as zip_file:
        zip_file.writestr("[Content_Types].xml", types)
    sound = buffer.getvalue()
    start, end = sound.index(b".xml") + len(b".xml"), sound.index(b"PK\1\2")

    for at in range(start, end, 7):
        damaged = sound[:at] + bytes(255 - byte for byte in sound[at : at + 20]) + sound[at + 20 :]
        with pytest.raises(UnacceptableFile):
            media_type(io.BytesIO(damaged), "berkas.docx", MEBIBYTE)


def test_a_part_with_a_false_length_is_refused() -> None:
    workbook = FILE_BY_TYPE[WORD.replace("wordprocessingml.document", "spreadsheetml.sheet")]
    with zipfile.ZipFile(io.BytesIO(workbook)) as zip_file:
        actual_size = zip_file.getinfo("[Content_Types].xml").file_size
    forged = workbook.replace(struct.pack("<L", actual_size), struct.pack("<L", 1), 2)

    with pytest.raises(UnacceptableFile) as refused:
        media_type(io.BytesIO(forged), "tabel.xlsx", MEBIBYTE)

    assert refused.value.fault is Fault.NOT_ALLOWED


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
        ("cuaca.txt", b"BMKG memperkirakan hujan.\n", "text/plain"),  # pictures begin with «BM», too
    ],
)  # fmt: skip
def test_office_files_are_recognised_by_their_content(name: str, content: bytes, kind: str) -> None:
    assert media_type(io.BytesIO(content), name, MEBIBYTE) == kind


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("kosong.pdf", b"", Fault.EMPTY),
        ("besar.pdf", PDF + b"\0" * MEBIBYTE, Fault.TOO_LARGE),
        ("surat.pdf", PNG, Fault.WRONG_EXTENSION),
        ("surat.pdf.exe", b"MZ" + b"\0" * 80, Fault.NOT_ALLOWED),
        ("surat.pdf.exe", PDF, Fault.WRONG_EXTENSION),
        ("surat.exe.pdf", b"MZ" + b"\0" * 80, Fault.NOT_ALLOWED),
        ("laman.txt", b"\0\1\2 <script>", Fault.NOT_ALLOWED),
        ("foto.gif", b"GIF89a" + b"\0" * 30, Fault.NOT_ALLOWED),
        ("foto.txt", b"BM" + b"\0" * 60, Fault.NOT_ALLOWED),
        ("surat.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, Fault.NOT_ALLOWED),
        ("laman.html", b"<!doctype html><script>alert(1)</script>", Fault.WRONG_EXTENSION),
        ("gambar.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", Fault.WRONG_EXTENSION),
        ("tanpa", PDF, Fault.WRONG_EXTENSION),
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
        ("bom.docx", archive(**{"[Content_Types].xml": b"\0" * 40 * MEBIBYTE}), Fault.EXPANDS_TOO_MUCH),
    ],
)
def test_other_files_are_refused_with_the_reason(name: str, content: bytes, fault: Fault) -> None:
    with pytest.raises(UnacceptableFile) as refused:
        media_type(io.BytesIO(content), name, MEBIBYTE)

    assert refused.value.fault is fault
