"""Index entries, written only if the content of the row changed."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, delete, insert, select

from tracker.core import analysis
from tracker.core.batches import batches
from tracker.core.db import db
from tracker.search import formats
from tracker.search.commands.words import count_words
from tracker.search.formats import Document
from tracker.search.models import BY_KIND, ENTRIES
from tracker.search.rules import SearchKind, entry_id


def renew(kind: SearchKind, row_ids: Sequence[int]) -> None:
    """Update the entries of these rows; unchanged entries are not written."""
    documents = documents_of(kind, row_ids)
    expected = {entry["id"]: entry for entry in entries_of(kind, documents)}
    numbers = [entry_id(kind, row_id) for row_id in row_ids]
    rows = db.session.execute(select(ENTRIES).where(ENTRIES.c.id.in_(numbers))).mappings()
    stored = {row["id"]: dict(row) for row in rows}
    outdated = [number for number, entry in stored.items() if expected.get(number) != entry]
    changed = [entry for number, entry in expected.items() if stored.get(number) != entry]
    if outdated:
        db.session.execute(delete(ENTRIES).where(ENTRIES.c.id.in_(outdated)))
    if changed:
        db.session.execute(insert(ENTRIES), changed)
    count_words([stored[number] for number in outdated], changed)


def remove(condition: ColumnElement[bool]) -> None:
    """Remove the entries for which this holds; their words count no more."""
    rows = db.session.execute(select(ENTRIES.c.id, ENTRIES.c.words).where(condition)).mappings()
    gone = [dict(row) for row in rows]
    for batch in batches([row["id"] for row in gone]):
        db.session.execute(delete(ENTRIES).where(ENTRIES.c.id.in_(batch)))
    count_words(gone, ())


def documents_of(kind: SearchKind, row_ids: Sequence[int]) -> dict[int, Document]:
    """Documents of these rows by id; rows that were deleted or are not searchable are missing."""
    source = BY_KIND[kind]
    rows = db.session.scalars(_sources(kind), {"row_ids": row_ids})
    documents = {row.id: source.document(row) for row in rows}
    return {row_id: document for row_id, document in documents.items() if document}


@cache
def _sources(kind: SearchKind) -> Select[Any]:
    model, loaded = BY_KIND[kind].model, BY_KIND[kind].loaded
    query = select(model).where(model.id.in_(bindparam("row_ids", expanding=True))).options(*loaded)
    return query.execution_options(populate_existing=True)


def entries_of(kind: SearchKind, documents: Mapping[int, Document]) -> list[dict[str, Any]]:
    return [_entry(kind, row_id, document) for row_id, document in documents.items()]


def _entry(kind: SearchKind, row_id: int, document: Document) -> dict[str, Any]:
    head, body = analysis.stems(document.head), analysis.stems(document.body)
    marks = formats.marks(document.day.year if document.day else None, document.is_open)
    return {
        "id": entry_id(kind, row_id), "kind": kind, "row_id": row_id, "code": document.code, "day": document.day,
        "head_size": len(head), "stems": " ".join([*head, *body, *marks]), "meeting_id": document.meeting_id,
        "proposal_id": document.proposal_id, "action_id": document.action_id, "words": _offered_words(document),
    }  # fmt: skip


def _offered_words(document: Document) -> str | None:
    """Words that may be suggested to every user; None for confidential documents."""
    words = set(analysis.tokens(f"{document.head}\n{document.body}")) - analysis.STOP_WORDS
    return " ".join(sorted(words)) if document.is_ordinary else None
