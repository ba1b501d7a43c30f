"""Puts PDFs together in a process of its own: `python -I merging_process.py FOLDER <plan`.

Anybody may have uploaded these files: one that makes the reader run for ever, or fill the memory, ends this process
and nothing else. The last pages of cover.pdf belong to the papers, one to each; 0.pdf is the first paper, if it is
a PDF.
"""

import json
import logging
import resource
import sys
from pathlib import Path
from typing import Any

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import PyPdfError

MEMORY = 1024 * 1024 * 1024


def main() -> None:
    folder, plan = Path(sys.argv[1]), json.load(sys.stdin)
    resource.setrlimit(resource.RLIMIT_CPU, (plan["seconds"], plan["seconds"]))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)  # of a damaged file it would log words
    writer, cover, papers = PdfWriter(), PdfReader(folder / "cover.pdf"), plan["papers"]
    first = len(cover.pages) - len(papers)
    writer.append(cover, pages=(0, first), import_outline=False)
    writer.add_outline_item(title=_named(plan["title"], 1), page_number=0)
    items: dict[str, Any] = {}
    for number, paper in enumerate(papers):
        at = len(writer.pages)
        if not _append(writer, folder / f"{number}.pdf", plan["most_pages"]):
            writer.append(cover, pages=(first + number, first + number + 1), import_outline=False)
        above = None
        if paper["item"]:
            above = items.get(paper["item"]) or writer.add_outline_item(title=paper["item"], page_number=at)
            items[paper["item"]] = above
        writer.add_outline_item(title=_named(paper["title"], at + 1), page_number=at, parent=above)
    writer.add_metadata({"/Title": plan["title"]})
    writer.page_mode = "/UseOutlines"
    writer.write(folder / "bundle.pdf")


def _named(title: str, page: int) -> str:
    return f"{title} ({page})"


def _append(writer: PdfWriter, path: Path, most_pages: int) -> bool:
    """Append all pages, or none if it is no PDF that can be read, or would be too many."""
    if not path.exists() or most_pages == 0:
        return False
    before = len(writer.pages)
    try:
        reader = PdfReader(path)
        if reader.is_encrypted or not 0 < len(reader.pages) <= most_pages - before:
            return False
        for page in reader.pages:
            _calm(page)
        writer.append(reader, import_outline=False)
    except (PyPdfError, ValueError, LookupError, TypeError, AttributeError, OSError, RecursionError):
        while len(writer.pages) > before:
            writer.remove_page(len(writer.pages) - 1)
        return False
    return True


def _calm(page: PageObject) -> None:
    """Take away what would act by itself or start something; links stay."""
    page.pop("/AA", None)
    for annotation in page.get("/Annots") or ():
        row = annotation.get_object()
        row.pop("/AA", None)
        if "/A" in row and row["/A"].get_object().get("/S") not in {"/URI", "/GoTo"}:
            row.pop("/A")


if __name__ == "__main__":
    main()
