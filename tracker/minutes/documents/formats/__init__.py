"""A sheet as PDF or Word, and what a Word template of the office may say."""

from tracker.minutes.documents.formats.language import NotSayable, TemplateFault
from tracker.minutes.documents.formats.making import (
    BUILT_IN,
    LARGEST_EMBLEM,
    EmblemFault,
    docx,
    fault_of_emblem,
    pdf,
    qr,
    tried,
    unsayable,
)

__all__ = [
    "BUILT_IN", "LARGEST_EMBLEM", "EmblemFault", "NotSayable", "TemplateFault", "docx", "fault_of_emblem", "pdf", "qr",
    "tried", "unsayable",
]  # fmt: skip
