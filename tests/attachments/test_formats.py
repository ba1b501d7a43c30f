import io
import struct
import time
import zipfile
from contextlib import suppress

import pytest
from docx import Document

from tracker.attachments.formats import ALLOWED, WORD, Fault, Unfit, media_type

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


def _listed(kind: str, part: str) -> bytes:
    listed = f'<Override ContentType="application/vnd.openxmlformats-officedocument.{kind}.main+xml"/>'.encode()
    return archive(**{"[Content_Types].xml": listed, part: b"<x/>"})


#: One file of each type that is taken.
OF_EACH = {
    "application/pdf": PDF, "image/png": PNG, "image/jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF\0" + b"\0" * 30,
    "image/webp": b"RIFF\x24\0\0\0WEBPVP8 " + b"\0" * 30, WORD: word(),
    WORD.replace("wordprocessingml.document", "spreadsheetml.sheet"): _listed("spreadsheetml.sheet", "xl/workbook.xml"),
    WORD.replace("wordprocessingml.document", "presentationml.presentation"):
        _listed("presentationml.presentation", "ppt/presentation.xml"),
    **{f"application/vnd.oasis.opendocument.{kind}":
       open_document(f"application/vnd.oasis.opendocument.{kind}", **{"content.xml": b"<x/>"})
       for kind in ("text", "spreadsheet", "presentation")},
    "text/csv": b"a;b\n", "text/plain": b"a\n",
}  # fmt: skip


@pytest.mark.parametrize("kind", sorted(ALLOWED))
def test_name_and_content_agree_for_every_type(kind: str) -> None:
    endings = {ending for some in ALLOWED.values() for ending in some} | {".exe", ".html", ".zip", ""}
    taken = set()

    for ending in endings:
        with suppress(Unfit):
            found = media_type(io.BytesIO(OF_EACH[kind]), f"berkas{ending}", MEBIBYTE)
            taken |= {ending} if found == kind else set()

    assert set(OF_EACH) == set(ALLOWED)
    assert taken == set(ALLOWED[kind])


@pytest.mark.parametrize("kind", sorted({*ALLOWED, "application/zip", "application/x-msdownload"}))
def test_an_archive_is_not_what_its_first_part_says(kind: str) -> None:
    for ending in {ending for some in ALLOWED.values() for ending in some}:
        with pytest.raises(Unfit):
            media_type(io.BytesIO(open_document(kind, **{"evil.exe": b"MZ"})), f"foto{ending}", MEBIBYTE)


def entries(count: int, *, wide: bool = False) -> bytes:
    """An archive of so many empty parts, and nothing else; `wide`: as archives beyond 65,535 parts say it."""
    one = struct.pack("<4s6H3L5H2L", b"PK\1\2", *[20] * 2, *[0] * 4, *[0] * 3, 1, *[0] * 4, *[0] * 2) + b"a"
    directory, head = one * count, b"PK\3\4" + b"\0" * 26 + b"a"
    said = (
        (0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF) if wide else (count % 65536, count % 65536, len(directory), len(head))
    )
    wider = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, len(directory), len(head))
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, len(head) + len(directory), 1)
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, *said, 0)
    return head + directory + (wider + locator if wide else b"") + end


@pytest.mark.parametrize("wide", [False, True])
def test_a_long_directory_is_refused_before_it_is_read(wide: bool) -> None:
    made, begun = entries(400_000, wide=wide), time.process_time()

    with pytest.raises(Unfit) as refused:
        media_type(io.BytesIO(made), "bom.docx", 25 * MEBIBYTE)

    assert refused.value.fault is Fault.SWELLS
    assert time.process_time() - begun < 0.3  # reading its entries takes two seconds
    with pytest.raises(Unfit) as few:
        media_type(io.BytesIO(entries(5_001, wide=wide)), "bom.docx", MEBIBYTE)
    assert few.value.fault is Fault.SWELLS


def test_parts_that_lie_about_their_length_or_lie_upon_each_other_are_bounded() -> None:
    listed = OF_EACH[WORD.replace("wordprocessingml.document", "spreadsheetml.sheet")]
    with zipfile.ZipFile(io.BytesIO(listed)) as zipped:
        real = zipped.getinfo("[Content_Types].xml").file_size
    lying = listed.replace(struct.pack("<L", real), struct.pack("<L", 1), 2)

    with pytest.raises(Unfit) as refused:
        media_type(io.BytesIO(lying), "tabel.xlsx", MEBIBYTE)

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
        ("foto.gif", b"GIF89a" + b"\0" * 30, Fault.NOT_ALLOWED),
        ("foto.txt", b"BM" + b"\0" * 60, Fault.NOT_ALLOWED),
        ("surat.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, Fault.NOT_ALLOWED),
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
