"""A sheet (plain words in the reader's language) as PDF or Word. What people typed is data here, never markup."""

import io
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO

import segno
from jinja2 import StrictUndefined, TemplateError, Undefined

from tracker.core import typesetting
from tracker.minutes.documents.formats.language import Language, NotSayable, TemplateFault, ensure_plain

HERE = Path(__file__).parents[1]
BUILT_IN = HERE / "sheet.docx"
LARGEST_EMBLEM = 300 * 1024
LONGEST_SIDE = 2000
_PICTURES = {"image/png", "image/jpeg"}
Sheet = Mapping[str, Any]


class EmblemFault(StrEnum):
    """Why a picture is not taken as emblem."""

    NOT_PICTURE = "not_picture"
    TOO_LARGE = "too_large"


def pdf(sheet: Sheet, emblem: bytes | None = None) -> bytes:
    """The sheet as PDF on A4."""
    return typesetting.pdf(HERE / "sheet.typ", sheet, {"emblem": emblem} if emblem else {})


def docx(sheet: Sheet, own: BinaryIO | None = None, *, sample: Sheet, emblem: bytes | None = None) -> bytes:
    """The sheet as a Word document through the office's own template; through the built-in one where there is none.

    So it is where the own one says what it may not: it was put in force before that was judged.
    """
    if own is not None:
        try:
            return _filled(sheet, own, sample=sample, emblem=emblem)
        except NotSayable:
            pass
    return _filled(sheet, sample=sample, emblem=emblem)


def _filled(
    sheet: Sheet,
    own: BinaryIO | None = None,
    unknown: type[Undefined] = Undefined,
    *,
    sample: Sheet,
    emblem: bytes | None = None,
) -> bytes:
    from docx.shared import Mm  # noqa: PLC0415  # 6 MB and 0.1 s; most processes write no Word file
    from docxtpl import DocxTemplate, InlineImage  # noqa: PLC0415  # as above

    if own is not None:
        ensure_plain(own)
    template = DocxTemplate(own or str(BUILT_IN))
    words = typesetting.each_text(sheet, typesetting.symbols_of_word)
    words["emblem"] = InlineImage(template, io.BytesIO(emblem), height=Mm(22)) if emblem else ""
    template.render(words, jinja_env=Language(sample, undefined=unknown), autoescape=True)
    template.docx.core_properties.title = sheet["document_title"][:255]
    template.docx.core_properties.language = sheet["language"]
    written = io.BytesIO()
    template.save(written)
    return written.getvalue()


def tried(own: BinaryIO, sample: Sheet, needed: Iterable[str]) -> tuple[TemplateFault | None, str]:
    """What is wrong with a template when the sample fills it, and its own words for it; nothing when all is well."""
    own.seek(0)
    try:
        shown = _words(_filled(sample, own, StrictUndefined, sample=sample))
    except NotSayable as error:
        return TemplateFault.NOT_SAYABLE, str(error.message)
    except TemplateError as error:
        return TemplateFault.NOT_FILLED, str(error.message or type(error).__name__)
    except Exception as error:  # whatever a broken document makes its readers trip over
        return TemplateFault.NOT_FILLED, type(error).__name__
    return (None, "") if all(words in shown for words in needed) else (TemplateFault.LEAVES_OUT, "")


def unsayable(own: BinaryIO, sample: Sheet) -> str | None:
    """What a template that is in force says and may not."""
    fault, place = tried(own, sample, ())
    return place if fault is TemplateFault.NOT_SAYABLE else None


def fault_of_emblem(content: bytes, sample: Sheet) -> EmblemFault | None:
    """What is wrong with a picture as emblem: judged by its content, and tried in a document."""
    from docx.image import exceptions as unread  # noqa: PLC0415  # few ever change an emblem
    from docx.image.image import Image  # noqa: PLC0415  # as above

    if len(content) > LARGEST_EMBLEM:
        return EmblemFault.TOO_LARGE
    try:
        picture = Image.from_blob(content)
    except (unread.UnrecognizedImageError, unread.InvalidImageStreamError, unread.UnexpectedEndOfFileError):
        return EmblemFault.NOT_PICTURE
    except (ValueError, LookupError, OSError, ArithmeticError):  # from damaged heads of pictures
        return EmblemFault.NOT_PICTURE
    if picture.content_type not in _PICTURES:
        return EmblemFault.NOT_PICTURE
    if max(picture.px_width, picture.px_height) > LONGEST_SIDE:
        return EmblemFault.TOO_LARGE
    try:
        pdf(sample, content)
    except typesetting.NotSet:
        return EmblemFault.NOT_PICTURE
    return None


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
