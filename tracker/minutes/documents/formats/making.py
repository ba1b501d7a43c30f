"""Makes PDF and Word documents from a sheet (plain texts in the user's language). Texts are never read as markup."""

import io
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO

import segno
from jinja2 import Environment, StrictUndefined, TemplateError, Undefined
from jinja2.sandbox import SandboxedEnvironment

from tracker.core import typesetting
from tracker.minutes.documents.formats.language import Language, NotAllowed, TemplateFault, ensure_simple_tags

HERE = Path(__file__).parents[1]
BUILT_IN = HERE / "sheet.docx"
LARGEST_EMBLEM = 300 * 1024
MAX_SIDE = 2000
_PICTURES = {"image/png", "image/jpeg"}
Sheet = Mapping[str, Any]


class EmblemFault(StrEnum):
    NOT_PICTURE = "not_picture"
    TOO_LARGE = "too_large"


def pdf(sheet: Sheet, emblem: bytes | None = None) -> bytes:
    return typesetting.pdf(HERE / "sheet.typ", sheet, {"emblem": emblem} if emblem else {})


def docx(sheet: Sheet, own: BinaryIO | None = None, *, sample: Sheet, emblem: bytes | None = None) -> bytes:
    """The sheet as a Word document, made with the office's own template or with the built-in one.

    The built-in one is also used if the own one contains what is not allowed: templates uploaded before the check
    existed may do so.
    """
    if own is not None:
        try:
            return _filled(sheet, own, sample=sample, emblem=emblem)
        except NotAllowed:
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
    if own is not None:
        ensure_simple_tags(own)
    return docx_of(own or BUILT_IN, sheet, emblem, Language(sample, undefined=unknown))


def docx_of(
    template: BinaryIO | Path, sheet: Sheet, emblem: bytes | None = None, language: Environment | None = None
) -> bytes:
    """A template filled with the sheet; `language` limits what one that was uploaded may do."""
    from docx.shared import Mm  # noqa: PLC0415  # 6 MB and 0.1 s; most processes write no Word file
    from docxtpl import DocxTemplate, InlineImage  # noqa: PLC0415  # as above

    filled = DocxTemplate(str(template) if isinstance(template, Path) else template)
    texts = typesetting.each_text(sheet, typesetting.symbols_of_word)
    texts["emblem"] = InlineImage(filled, io.BytesIO(emblem), height=Mm(22)) if emblem else ""
    filled.render(texts, jinja_env=language or SandboxedEnvironment(undefined=StrictUndefined), autoescape=True)
    for picture in filled.docx.inline_shapes:
        picture._inline.docPr.set("descr", sheet["letterhead"][0] if sheet["letterhead"] else sheet["title"])
    filled.docx.core_properties.title = sheet["document_title"][:255]
    filled.docx.core_properties.language = sheet["language"]
    buffer = io.BytesIO()
    filled.save(buffer)
    return buffer.getvalue()


def check_template(own: BinaryIO, sample: Sheet, needed: Iterable[str]) -> tuple[TemplateFault | None, str]:
    """Fill a template with the sample; returns (None, "") or the fault and its detail."""
    own.seek(0)
    try:
        shown = _text_of(_filled(sample, own, StrictUndefined, sample=sample))
    except NotAllowed as error:
        return TemplateFault.NOT_ALLOWED, str(error.message)
    except TemplateError as error:
        return TemplateFault.NOT_FILLED, str(error.message or type(error).__name__)
    except Exception as error:  # a broken document can raise anything in the libraries that read it
        return TemplateFault.NOT_FILLED, type(error).__name__
    return (None, "") if all(text in shown for text in needed) else (TemplateFault.LEAVES_OUT, "")


def forbidden_part(own: BinaryIO, sample: Sheet) -> str | None:
    fault, place = check_template(own, sample, ())
    return place if fault is TemplateFault.NOT_ALLOWED else None


def emblem_fault(content: bytes, sample: Sheet) -> EmblemFault | None:
    from docx.image import exceptions as unread  # noqa: PLC0415  # imported only here, since emblems rarely change
    from docx.image.image import Image  # noqa: PLC0415  # as above

    if len(content) > LARGEST_EMBLEM:
        return EmblemFault.TOO_LARGE
    try:
        picture = Image.from_blob(content)
    except (unread.UnrecognizedImageError, unread.InvalidImageStreamError, unread.UnexpectedEndOfFileError):
        return EmblemFault.NOT_PICTURE
    except (ValueError, LookupError, OSError, ArithmeticError):  # raised for damaged picture headers
        return EmblemFault.NOT_PICTURE
    if picture.content_type not in _PICTURES:
        return EmblemFault.NOT_PICTURE
    if max(picture.px_width, picture.px_height) > MAX_SIDE:
        return EmblemFault.TOO_LARGE
    try:
        pdf(sample, content)
    except typesetting.TypesettingError:
        return EmblemFault.NOT_PICTURE
    return None


def _text_of(docx_file: bytes) -> str:
    """The text of a document: its body with tables, and the header of its first section."""
    from docx import Document  # noqa: PLC0415  # as above

    document = Document(io.BytesIO(docx_file))
    parts = [document.element.body, document.sections[0].header._element]
    return " ".join(str(text.text or "") for part in parts for text in part.iter("{*}t"))


def qr(address: str) -> str:
    """An address as a QR code (ISO/IEC 18004) in SVG."""
    buffer = io.BytesIO()
    segno.make(address, error="m", micro=False).save(buffer, kind="svg", border=0, xmldecl=False)
    return buffer.getvalue().decode()
