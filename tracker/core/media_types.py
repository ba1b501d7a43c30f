"""Detects the type of a file by its content, and checks its name and size. No archive is unpacked."""

import io
import lzma
import re
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath
from typing import BinaryIO

import puremagic

HEAD_SIZE = 8192
MAX_NAME_LENGTH = 120
#: Limits against decompression bombs; no real office document comes near them.
MAX_PARTS, MAX_UNPACKED, MAX_RATIO = 5000, 400 * 1024 * 1024, 200
MAX_PART_READ = 1024 * 1024
#: The end records of a ZIP archive (APPNOTE 4.3.14–16), which state the length of its directory.
_END, _END_64, _LOCATOR_64_SIZE, _END_SIZE, _END_64_SIZE, _MAX_COMMENT = b"PK\5\6", b"PK\6\6", 20, 22, 56, 65535
MAX_DIRECTORY_SIZE = 2 * 1024 * 1024
OFFICE = "application/vnd.openxmlformats-officedocument."
PDF = "application/pdf"
WORD = f"{OFFICE}wordprocessingml.document"
XLSX = f"{OFFICE}spreadsheetml.sheet"
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."

#: Media types that may be attached, with their file extensions.
ALLOWED: dict[str, tuple[str, ...]] = {
    PDF: (".pdf",),
    WORD: (".docx",),
    XLSX: (".xlsx",),
    f"{OFFICE}presentationml.presentation": (".pptx",),
    f"{OPEN_DOCUMENT}text": (".odt",),
    f"{OPEN_DOCUMENT}spreadsheet": (".ods",),
    f"{OPEN_DOCUMENT}presentation": (".odp",),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/webp": (".webp",),
    "text/csv": (".csv",),
    "text/plain": (".txt", ".md", ".vtt", ".srt"),
}
#: An office document must contain the main part of its type.
_MAIN_PARTS = {
    WORD: "word/document.xml",
    XLSX: "xl/workbook.xml",
    f"{OFFICE}presentationml.presentation": "ppt/presentation.xml",
}
#: Signs of macros: folders in OpenDocument files, and a part anywhere in the others.
_MACRO_FOLDERS, _MACRO_PART = ("basic/", "scripts/"), "vbaproject.bin"
#: What `zipfile` raises for a damaged archive; the last three while it unpacks a part.
_DAMAGED = (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError, zlib.error,
            lzma.LZMAError)  # fmt: skip
_BY_MAGIC_NUMBER = frozenset({"application/pdf", "image/png", "image/jpeg", "image/webp"})
_TEXTS = {".txt": "text/plain", ".csv": "text/csv"}


class Fault(StrEnum):
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NOT_ALLOWED = "not_allowed"
    WRONG_EXTENSION = "wrong_extension"
    EXPANDS_TOO_MUCH = "expands_too_much"


@dataclass(frozen=True)
class UnacceptableFile(Exception):
    fault: Fault


def size_of(stream: BinaryIO) -> int:
    """The size in bytes. Rewinds the stream."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    return size


def media_type(stream: BinaryIO, name: str, largest: int) -> str:
    """The media type of a file; raises UnacceptableFile if it may not be attached. Rewinds the stream."""
    size = size_of(stream)
    if size == 0:
        raise UnacceptableFile(Fault.EMPTY)
    if size > largest:
        raise UnacceptableFile(Fault.TOO_LARGE)
    extension = PurePosixPath(name).suffix.lower()
    detected = _type_by_content(stream, extension, size)
    stream.seek(0)
    if detected not in ALLOWED:
        raise UnacceptableFile(Fault.NOT_ALLOWED)
    if extension not in ALLOWED[detected]:
        raise UnacceptableFile(Fault.WRONG_EXTENSION)
    return detected


def _type_by_content(stream: BinaryIO, extension: str, size: int) -> str | None:
    head = stream.read(HEAD_SIZE)
    if head.startswith(b"PK"):
        return type_of_archive(stream, size)
    guessed = _by_magic_number(head)
    if guessed is not None:
        return guessed
    return _TEXTS.get(extension, "text/plain") if _is_text(stream) else None


def _by_magic_number(head: bytes) -> str | None:
    """The type of the most likely match. Only some are trusted: «BM», say, begins bitmaps and ordinary texts."""
    try:
        matches = puremagic.magic_string(head)
    except puremagic.PureError:
        return None
    most_likely = str(matches[0].mime_type)
    return most_likely if most_likely in _BY_MAGIC_NUMBER else None


def type_of_archive(stream: BinaryIO, size: int) -> str | None:
    """The type of an office document, which is a ZIP archive; None for any other archive, or one with macros."""
    if _directory_size(stream, size) > MAX_DIRECTORY_SIZE:  # checked before zipfile reads every entry
        raise UnacceptableFile(Fault.EXPANDS_TOO_MUCH)
    try:
        with zipfile.ZipFile(stream) as archive:
            parts = archive.infolist()
            unpacked = sum(part.file_size for part in parts)
            if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * size:
                raise UnacceptableFile(Fault.EXPANDS_TOO_MUCH)
            return _declared_type(archive)
    except _DAMAGED:
        return None


def _directory_size(stream: BinaryIO, size: int) -> int:
    """The size in bytes of the archive's directory, as stated in its end record; 0 if there is none."""
    stream.seek(max(0, size - _END_SIZE - _MAX_COMMENT - _LOCATOR_64_SIZE - _END_64_SIZE))
    tail = stream.read()
    stream.seek(0)
    end = tail.rfind(_END)
    if end < 0 or end + _END_SIZE > len(tail):
        return 0
    start_64 = end - _LOCATOR_64_SIZE - _END_64_SIZE
    if start_64 >= 0 and tail.startswith(_END_64, start_64):
        return int.from_bytes(tail[start_64 + 40 : start_64 + 48], "little")
    return int.from_bytes(tail[end + 12 : end + 16], "little")


def _declared_type(archive: zipfile.ZipFile) -> str | None:
    """The type that the archive declares; None if the main part of that type is missing or it has macros."""
    names = set(archive.namelist())
    lowered = [name.lower() for name in names]
    if any(name.startswith(_MACRO_FOLDERS) or name.endswith(_MACRO_PART) for name in lowered):
        return None
    if "mimetype" in names:
        declared = _read_part(archive, "mimetype").strip()
        return declared if declared.startswith(OPEN_DOCUMENT) and "content.xml" in names else None
    if "[Content_Types].xml" not in names:
        return None
    content_types = _read_part(archive, "[Content_Types].xml")
    kinds = (kind for kind in _MAIN_PARTS if f'"{kind}.main+xml"' in content_types)
    return next((kind for kind in kinds if _MAIN_PARTS[kind] in names), None)


def _read_part(archive: zipfile.ZipFile, part: str) -> str:
    with archive.open(part) as stream:
        return stream.read(MAX_PART_READ).decode("utf-8", "replace")


def _is_text(stream: BinaryIO) -> bool:
    """Whether it is UTF-8, or UTF-16 with a byte order mark, with no control characters but tabs and line ends."""
    stream.seek(0)
    content = stream.read()
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return not any(char < " " and char not in "\t\r\n\f" for char in text)


def clean_name(filename: str | None) -> str:
    """The file name without path, control and bidirectional characters, or characters that file systems reject."""
    name = (filename or "").replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(char for char in unicodedata.normalize("NFC", name) if unicodedata.category(char)[0] != "C")
    name = re.sub(r'[<>:"|?*\N{REPLACEMENT CHARACTER}]', "_", name)
    name = re.sub(r"\s+", " ", name).strip(". ")
    path = PurePosixPath(name or "berkas")
    return path.stem[: MAX_NAME_LENGTH - len(path.suffix)] + path.suffix[:MAX_NAME_LENGTH]
