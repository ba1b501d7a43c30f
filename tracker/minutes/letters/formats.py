"""Makes the invitation letter as PDF and Word from a sheet of plain texts. Texts are never read as markup."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tracker.core import typesetting
from tracker.minutes.documents import formats as documents

_HERE = Path(__file__).parent
Sheet = Mapping[str, Any]


def pdf(sheet: Sheet, emblem: bytes | None = None) -> bytes:
    return typesetting.pdf(_HERE / "letter.typ", sheet, {"emblem": emblem} if emblem else {})


def docx(sheet: Sheet, emblem: bytes | None = None) -> bytes:
    return documents.docx_of(_HERE / "letter.docx", sheet, emblem)
