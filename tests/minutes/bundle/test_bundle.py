"""The papers of a meeting in one PDF: order, bookmarks, pages, and nothing of what the reader may not see."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
import typst
from pypdf import PdfReader
from segno import make
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.attachments.test_papers import agendas  # noqa: F401  # a fixture
from tests.visitor import READER, SECRETARIAT, Visitor
from tracker.accounts.models import Account
from tracker.attachments.models import Attachment
from tracker.attachments.rules import AttachmentKind
from tracker.core import storage
from tracker.core.actor import Classification
from tracker.meetings.models import Meeting
from tracker.minutes.bundle import formats
from tracker.minutes.bundle.formats.papers import LARGEST_BUNDLE, LARGEST_PICTURE, Paper, PaperKind, kind_of

pytestmark = pytest.mark.one_database


def pdf(word: str, pages: int = 1) -> bytes:
    return typst.compile("#pagebreak()\n".join(f"{word} {number}\n" for number in range(1, pages + 1)).encode())


def png() -> bytes:
    buffer = io.BytesIO()
    make("foto").save(buffer, kind="png", scale=4)
    return buffer.getvalue()


def keep(visit: Visitor, session: Session, meeting: int, item: int | None, name: str, content: bytes) -> Attachment:
    with visit.app.app_context():
        mark = storage.store().put(io.BytesIO(content))
    kinds = {"pdf": "application/pdf", "png": "image/png", "xlsx": "application/x"}
    row = Attachment(
        meeting_id=meeting, agenda_item_id=item, kind=AttachmentKind.PAPER, name=name, size=len(content), mark=mark,
        media_type=kinds[name.rpartition(".")[2]], added_by_name="S",
        added_at=session.scalar(select(Meeting.recorded_at)),
    )  # fmt: skip
    session.add(row)
    session.commit()
    return row


def read(visitor: Visitor, meeting: int) -> PdfReader:
    return PdfReader(io.BytesIO(visitor.client.get(f"/meetings/{meeting}/papers.pdf").data))


def bookmarks(reader: PdfReader) -> list[tuple[str, int]]:
    def walk(outline: list[Any]) -> Iterator[tuple[str, int]]:
        for one in outline:
            if isinstance(one, list):
                yield from walk(one)
            else:
                yield str(one.title), reader.get_destination_page_number(one)

    return list(walk(reader.outline))


def test_papers_come_in_the_order_of_the_agenda_with_bookmarks_and_page_numbers(
    visit: Visitor,
    session: Session,
    agendas: dict[str, list[int]],  # noqa: F811
) -> None:
    meeting, first, second = agendas["R-2027-901"]
    keep(visit, session, meeting, second, "dua.pdf", pdf("Kedua", 2))
    keep(visit, session, meeting, first, "satu.pdf", pdf("Pertama", 3))
    keep(visit, session, meeting, first, "foto.png", png())
    keep(visit, session, meeting, second, "tabel.xlsx", b"PK")
    keep(visit, session, meeting, second, "rusak.pdf", b"%PDF-1.4 rusak")
    keep(visit, session, meeting, None, "umum.pdf", pdf("Umum"))

    bundle = read(visit.as_(READER), meeting)

    texts = [page.extract_text() for page in bundle.pages]
    starts = ["", "Pertama 1", "Pertama 2", "Pertama 3", "", "Kedua 1", "Kedua 2", "", "", "Umum 1"]
    assert [bool(text) and text.startswith(start) for text, start in zip(texts, starts, strict=True)] == [True] * 10
    assert [name in texts[0] for name in ("satu.pdf", "foto.png", "dua.pdf", "umum.pdf")] == [True] * 4
    assert ("tabel.xlsx" in texts[7], "rusak.pdf" in texts[8]) == (True, True)
    assert bookmarks(bundle)[1:] == [
        ("1. R-2027-901 butir 1", 1), ("satu.pdf (2)", 1), ("foto.png (5)", 4),
        ("2. R-2027-901 butir 2", 5), ("dua.pdf (6)", 5), ("tabel.xlsx (8)", 7), ("rusak.pdf (9)", 8),
        ("umum.pdf (10)", 9),
    ]  # fmt: skip
    assert len(bundle.pages[4].images) == 1


def test_a_paper_that_the_reader_may_not_see_leaves_no_trace(
    visit: Visitor,
    session: Session,
    agendas: dict[str, list[int]],  # noqa: F811
) -> None:
    meeting, first, _ = agendas["R-2027-901"]
    keep(visit, session, meeting, first, "satu.pdf", pdf("Pertama"))
    reader = visit.as_(READER)
    before = read(reader, meeting)

    secret = keep(visit, session, meeting, first, "rahasia.pdf", pdf("Rahasia"))
    cleared_account = session.scalars(select(Account).filter_by(username=SECRETARIAT)).one()
    cleared_account.clearance = secret.classification = Classification.SECRET
    secret.added_by_id = cleared_account.id
    session.commit()

    after = read(reader, meeting)
    assert [page.extract_text() for page in after.pages] == [page.extract_text() for page in before.pages]
    assert bookmarks(after) == bookmarks(before)
    cleared = read(visit.as_(SECRETARIAT), meeting)
    assert "Rahasia 1" in cleared.pages[2].extract_text()
    assert "RAHASIA (R)" in cleared.pages[0].extract_text()


def test_without_papers_there_is_no_bundle(visit: Visitor, agendas: dict[str, list[int]]) -> None:  # noqa: F811
    assert visit.as_(READER).look(f"/meetings/{agendas['R-2027-901'][0]}/papers.pdf").status == 404


def test_what_is_too_large_or_has_no_pages_is_separate() -> None:
    assert kind_of("application/pdf", 1, 0) is PaperKind.PDF
    assert kind_of("application/pdf", 1, LARGEST_BUNDLE) is PaperKind.SEPARATE
    assert kind_of("image/png", LARGEST_PICTURE, 0) is PaperKind.PICTURE
    assert kind_of("image/png", LARGEST_PICTURE + 1, 0) is PaperKind.SEPARATE
    assert kind_of("text/csv", 1, 0) is PaperKind.SEPARATE
    picture = Paper(title="x", item=None, kind=PaperKind.PICTURE, content=b"\x89PNG\r\n\x1a\n" + b"\0" * 30)
    assert formats.fits(picture).kind is PaperKind.SEPARATE
