"""Spreadsheets as other programs write them, for tests."""

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import openpyxl
import xlwt

XLSX, XLS, ODS = "daftar.xlsx", "daftar.xls", "daftar.ods"
_ODS_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" office:version="1.3">'
    '<office:automatic-styles><style:style style:name="ta2" style:family="table">'
    '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
    "<office:body><office:spreadsheet>"
)
_ODS_FOOT = "</office:spreadsheet></office:body></office:document-content>"
_MANIFEST = (
    b'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
    b'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
)
_ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def xlsx(fill: Callable[[Any], None]) -> bytes:
    """A workbook of openpyxl."""
    book, target = openpyxl.Workbook(), io.BytesIO()
    fill(book)
    book.save(target)
    return target.getvalue()


def xls(fill: Callable[[Any], None]) -> bytes:
    """A workbook of xlwt, as Excel 97 to 2003 wrote them."""
    book, target = xlwt.Workbook(), io.BytesIO()
    fill(book)
    book.save(target)
    return target.getvalue()


def ods(*tables: str, **more: bytes) -> bytes:
    """A document with the elements that LibreOffice writes."""
    content = _ODS_HEAD + "".join(tables) + _ODS_FOOT
    parts = {"mimetype": _ODS_TYPE.encode(), "META-INF/manifest.xml": _MANIFEST, "content.xml": content.encode()}
    return archive({**parts, **more})


def archive(parts: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as zip_file:
        for name, content in parts.items():
            zip_file.writestr(name, content)
    return buffer.getvalue()


def with_part(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same archive with one part changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    return archive({**parts, part: change(parts[part])})
