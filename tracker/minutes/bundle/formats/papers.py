"""What goes into the bundle of papers as pages."""

from dataclasses import dataclass
from enum import StrEnum

#: Together they keep a bundle below a second of a processor: the figures in ADR 110.
LARGEST_BUNDLE = 40 * 1024 * 1024
MOST_PAPERS = 100
MOST_PAGES = 600
#: Of a picture: decoding takes time by its area.
LARGEST_PICTURE, MOST_PIXELS = 8 * 1024 * 1024, 12_000_000


class PaperKind(StrEnum):
    PDF = "pdf"
    PICTURE = "picture"
    #: Only named: a type that has no pages, or too large.
    SEPARATE = "separate"


@dataclass(frozen=True, kw_only=True)
class Paper:
    title: str
    #: Its agenda item, as «2. Capaian»; None for papers of the meeting as a whole.
    item: str | None
    kind: PaperKind
    content: bytes = b""


def kind_of(media_type: str, size: int, so_far: int) -> PaperKind:
    if so_far + size > LARGEST_BUNDLE:
        return PaperKind.SEPARATE
    if media_type == "application/pdf":
        return PaperKind.PDF
    is_picture = media_type in {"image/png", "image/jpeg"} and size <= LARGEST_PICTURE
    return PaperKind.PICTURE if is_picture else PaperKind.SEPARATE
