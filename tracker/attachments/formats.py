"""What a file is, judged by its bytes: its type, and whether name and size agree with it. No file is unpacked."""

import io
import zipfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath
from typing import BinaryIO

import puremagic

HEAD = 8192
#: More than this many parts, or this many times its own size unpacked, no office document has.
MOST_PARTS, MOST_UNPACKED, STEEPEST = 5000, 400 * 1024 * 1024, 200
LONGEST_LIST_OF_PARTS = 1024 * 1024
#: The end of an archive (APPNOTE 4.3.14–16): where it says how long its directory is; and the longest remark after it.
_END, _END_64, _LOCATOR_64, _LENGTH_OF_END, _LENGTH_OF_END_64, _LONGEST_REMARK = b"PK\5\6", b"PK\6\6", 20, 22, 56, 65535
LONGEST_DIRECTORY = 2 * 1024 * 1024
OFFICE = "application/vnd.openxmlformats-officedocument."
WORD = f"{OFFICE}wordprocessingml.document"
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."

#: What may be attached: the media type, and the endings of a name that go with it.
ALLOWED: dict[str, tuple[str, ...]] = {
    "application/pdf": (".pdf",),
    WORD: (".docx",),
    f"{OFFICE}spreadsheetml.sheet": (".xlsx",),
    f"{OFFICE}presentationml.presentation": (".pptx",),
    f"{OPEN_DOCUMENT}text": (".odt",),
    f"{OPEN_DOCUMENT}spreadsheet": (".ods",),
    f"{OPEN_DOCUMENT}presentation": (".odp",),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/webp": (".webp",),
    "text/csv": (".csv",),
    "text/plain": (".txt",),
}
#: Without its first part an archive that says it is a document is none.
_FIRST_PARTS = {
    WORD: "word/document.xml",
    f"{OFFICE}spreadsheetml.sheet": "xl/workbook.xml",
    f"{OFFICE}presentationml.presentation": "ppt/presentation.xml",
}
#: A document with one of these carries programs: folders of OpenDocument, and a part anywhere in the others.
_PROGRAM_FOLDERS, _PROGRAM_PART = ("basic/", "scripts/"), "vbaproject.bin"
_BY_MAGIC_NUMBER = frozenset({"application/pdf", "image/png", "image/jpeg", "image/webp"})
_TEXTS = {".txt": "text/plain", ".csv": "text/csv"}


class Fault(StrEnum):
    """Why a file is not taken."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NOT_ALLOWED = "not_allowed"
    OTHER_THAN_NAMED = "other_than_named"
    SWELLS = "swells"


@dataclass(frozen=True)
class Unfit(Exception):
    """A file that is not taken, and why."""

    fault: Fault


def size_of(stream: BinaryIO) -> int:
    """How many bytes a stream holds; it stands at its beginning afterwards."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    return size


def media_type(stream: BinaryIO, name: str, largest: int) -> str:
    """The media type of a file that may be attached; Unfit where it may not."""
    size = size_of(stream)
    if size == 0:
        raise Unfit(Fault.EMPTY)
    if size > largest:
        raise Unfit(Fault.TOO_LARGE)
    ending = PurePosixPath(name).suffix.lower()
    found = _by_content(stream, ending, size)
    stream.seek(0)
    if found not in ALLOWED:
        raise Unfit(Fault.NOT_ALLOWED)
    if ending not in ALLOWED[found]:
        raise Unfit(Fault.OTHER_THAN_NAMED)
    return found


def _by_content(stream: BinaryIO, ending: str, size: int) -> str | None:
    head = stream.read(HEAD)
    if head.startswith(b"PK"):
        return _of_archive(stream, size)
    guessed = _by_magic_number(head)
    if guessed is not None:
        return guessed
    return _TEXTS.get(ending, "text/plain") if _is_text(stream) else None


def _by_magic_number(head: bytes) -> str | None:
    """The type by the surest match. Of others it only matters that they are no text: «BM» begins pictures and words."""
    try:
        matches = puremagic.magic_string(head)
    except puremagic.PureError:
        return None
    surest = str(matches[0].mime_type)
    return surest if surest in _BY_MAGIC_NUMBER else None


def _of_archive(stream: BinaryIO, size: int) -> str | None:
    """Office documents are ZIP archives that say inside what they are; any other archive is none of ours."""
    if _length_of_directory(stream, size) > LONGEST_DIRECTORY:  # before a library reads each of its entries
        raise Unfit(Fault.SWELLS)
    try:
        with zipfile.ZipFile(stream) as archive:
            parts = archive.infolist()
            unpacked = sum(part.file_size for part in parts)
            if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or unpacked > STEEPEST * size:
                raise Unfit(Fault.SWELLS)
            return _said_inside(archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError):
        return None


def _length_of_directory(stream: BinaryIO, size: int) -> int:
    """How many bytes an archive says its list of parts has."""
    stream.seek(max(0, size - _LENGTH_OF_END - _LONGEST_REMARK - _LOCATOR_64 - _LENGTH_OF_END_64))
    tail = stream.read()
    stream.seek(0)
    end = tail.rfind(_END)
    if end < 0 or end + _LENGTH_OF_END > len(tail):
        return 0  # no archive
    before = end - _LOCATOR_64 - _LENGTH_OF_END_64
    if before >= 0 and tail.startswith(_END_64, before):
        return int.from_bytes(tail[before + 40 : before + 48], "little")
    return int.from_bytes(tail[end + 12 : end + 16], "little")


def _said_inside(archive: zipfile.ZipFile) -> str | None:
    """The kind that the archive declares, where it has the parts of that kind and no program among them."""
    names = set(archive.namelist())
    lowered = [name.lower() for name in names]
    if any(name.startswith(_PROGRAM_FOLDERS) or name.endswith(_PROGRAM_PART) for name in lowered):
        return None
    if "mimetype" in names:
        said = _start_of(archive, "mimetype").strip()
        return said if said.startswith(OPEN_DOCUMENT) and "content.xml" in names else None
    if "[Content_Types].xml" not in names:
        return None
    listed = _start_of(archive, "[Content_Types].xml")
    return next((kind for kind, part in _FIRST_PARTS.items() if f'"{kind}.main+xml"' in listed and part in names), None)


def _start_of(archive: zipfile.ZipFile, part: str) -> str:
    with archive.open(part) as opened:
        return opened.read(LONGEST_LIST_OF_PARTS).decode("utf-8", "replace")


def _is_text(stream: BinaryIO) -> bool:
    """Whether all of it is UTF-8 (or UTF-16 with its mark) without control signs but tab and line ends."""
    stream.seek(0)
    content = stream.read()
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return not any(sign < " " and sign not in "\t\r\n\f" for sign in text)
