"""Documents as PDF and Word, and the checks of Word templates."""

from tracker.minutes.documents.formats.language import NotAllowed, TemplateFault
from tracker.minutes.documents.formats.making import (
    BUILT_IN,
    LARGEST_EMBLEM,
    EmblemFault,
    check_template,
    docx,
    docx_of,
    emblem_fault,
    forbidden_part,
    pdf,
    qr,
)

__all__ = [
    "BUILT_IN",
    "LARGEST_EMBLEM",
    "EmblemFault",
    "NotAllowed",
    "TemplateFault",
    "check_template",
    "docx",
    "docx_of",
    "emblem_fault",
    "forbidden_part",
    "pdf",
    "qr",
]  # fmt: skip
