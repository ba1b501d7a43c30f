"""A sheet (plain words in the reader's language) as PDF or Word. What people typed is data here, never markup."""

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import segno
import typst
from docxtpl import DocxTemplate
from jinja2.sandbox import SandboxedEnvironment

HERE = Path(__file__).parent
Sheet = Mapping[str, Any]


def pdf(sheet: Sheet) -> bytes:
    """The sheet as PDF/A-2b on A4 (ISO 19005-2), with the fonts that the typesetter brings along."""
    return typst.compile(
        str(HERE / "sheet.typ"),
        root=str(HERE),
        sys_inputs={"sheet": json.dumps(sheet, ensure_ascii=False)},
        ignore_system_fonts=True,
        pdf_standards="a-2b",
    )


def docx(sheet: Sheet) -> bytes:
    """The sheet as a Word document through the office's template."""
    template = DocxTemplate(str(HERE / "sheet.docx"))
    template.render(dict(sheet), jinja_env=SandboxedEnvironment(autoescape=True), autoescape=True)
    written = io.BytesIO()
    template.save(written)
    return written.getvalue()


def qr(address: str) -> str:
    """An address as a QR code (ISO/IEC 18004) in SVG."""
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=0, xmldecl=False)
    return drawn.getvalue().decode()
