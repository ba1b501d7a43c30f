"""Makes the bundle: typst sets cover and pages between, and a process of its own puts all PDFs together."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from tracker.core import typesetting
from tracker.minutes.bundle.formats.papers import MOST_PAGES, MOST_PIXELS, Paper, PaperKind

_HERE = Path(__file__).parents[1]
#: Seconds of a processor after which a PDF that takes so long is left out with all others.
_SECONDS = 10
Sheet = Mapping[str, Any]


def fits(paper: Paper) -> Paper:
    """A picture that cannot be shown, or has too many pixels, is only named."""
    from docx.image import exceptions as unread  # noqa: PLC0415  # few processes make a bundle
    from docx.image.image import Image  # noqa: PLC0415  # as above

    if paper.kind is not PaperKind.PICTURE:
        return paper
    try:
        picture = Image.from_blob(paper.content)
        if picture.px_width * picture.px_height <= MOST_PIXELS:
            return paper
    except (unread.UnrecognizedImageError, unread.InvalidImageStreamError, unread.UnexpectedEndOfFileError):
        pass
    except (ValueError, LookupError, OSError, ArithmeticError):  # raised for damaged picture headers
        pass
    return replace(paper, kind=PaperKind.SEPARATE, content=b"")


def bundle(sheet: Sheet, papers: Sequence[Paper], emblem: bytes | None = None) -> bytes:
    own = {"emblem": emblem} if emblem else {}
    pictures = {
        f"picture-{number}": paper.content for number, paper in enumerate(papers) if paper.kind is PaperKind.PICTURE
    }
    try:
        cover = typesetting.pdf(_HERE / "cover.typ", sheet, own | pictures)
    except typesetting.TypesettingError:  # a picture that is damaged
        if not pictures:
            raise
        plain = [{**paper, "is_picture": False} for paper in sheet["papers"]]
        cover = typesetting.pdf(_HERE / "cover.typ", {**sheet, "papers": plain}, own)
    return _merged(cover, papers, str(sheet["document_title"]))


def _merged(cover: bytes, papers: Sequence[Paper], title: str) -> bytes:
    """Cover and papers with bookmarks. If a file is so hostile that it takes too long, all are only named."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "cover.pdf").write_bytes(cover)
        for number, paper in enumerate(papers):
            if paper.kind is PaperKind.PDF:
                (place / f"{number}.pdf").write_bytes(paper.content)
        plan = {
            "title": title, "seconds": _SECONDS, "most_pages": MOST_PAGES,
            "papers": [{"title": paper.title, "item": paper.item} for paper in papers],
        }  # fmt: skip
        command = [sys.executable, "-I", str(Path(__file__).with_name("merging_process.py")), folder]
        for attempt in (plan, {**plan, "most_pages": 0}):
            done = subprocess.run(command, input=json.dumps(attempt).encode(), capture_output=True, check=False)
            if done.returncode == 0:
                return (place / "bundle.pdf").read_bytes()
    raise RuntimeError("the bundle cannot be put together")
