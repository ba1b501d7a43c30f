"""A sheet (plain words in the reader's language) as PDF or Word. What people typed is data here, never markup."""

import io
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO

import segno
from jinja2 import StrictUndefined, TemplateError, Undefined
from jinja2.sandbox import SandboxedEnvironment

from tracker.core import typesetting

HERE = Path(__file__).parent
BUILT_IN = HERE / "sheet.docx"
Sheet = Mapping[str, Any]


class TemplateFault(StrEnum):
    """Why a Word template is not taken."""

    NOT_WORD = "not_word"
    NOT_FILLED = "not_filled"
    LEAVES_OUT = "leaves_out"


def pdf(sheet: Sheet) -> bytes:
    """The sheet as PDF on A4."""
    return typesetting.pdf(HERE / "sheet.typ", sheet)


def docx(sheet: Sheet, own: BinaryIO | None = None, unknown: type[Undefined] = Undefined) -> bytes:
    """The sheet as a Word document through the office's own template, or else the built-in one."""
    from docxtpl import DocxTemplate  # noqa: PLC0415  # 6 MB and 0.1 s; most processes write no Word file

    template = DocxTemplate(own or str(BUILT_IN))
    sandbox = SandboxedEnvironment(autoescape=True, undefined=unknown)
    template.render(typesetting.each_text(sheet, typesetting.symbols_of_word), jinja_env=sandbox, autoescape=True)
    written = io.BytesIO()
    template.save(written)
    return written.getvalue()


def tried(own: BinaryIO, sample: Sheet, needed: Iterable[str]) -> tuple[TemplateFault | None, str]:
    """What is wrong with a template when the sample fills it, and its own words for it; nothing when all is well."""
    own.seek(0)
    try:
        shown = _words(docx(sample, own, StrictUndefined))
    except TemplateError as error:
        return TemplateFault.NOT_FILLED, str(error.message or type(error).__name__)
    except Exception as error:  # whatever a broken document makes its readers trip over
        return TemplateFault.NOT_FILLED, type(error).__name__
    return (None, "") if all(words in shown for words in needed) else (TemplateFault.LEAVES_OUT, "")


def _words(made: bytes) -> str:
    """All words of a document: its body, its tables, and the head of its first section."""
    from docx import Document  # noqa: PLC0415  # as above

    document = Document(io.BytesIO(made))
    parts = [document.element.body, document.sections[0].header._element]
    return " ".join(str(text.text or "") for part in parts for text in part.iter("{*}t"))


def qr(address: str) -> str:
    """An address as a QR code (ISO/IEC 18004) in SVG."""
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=0, xmldecl=False)
    return drawn.getvalue().decode()
