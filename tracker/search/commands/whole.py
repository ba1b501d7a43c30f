"""Rebuild the whole index, and compare it with the rows."""

from collections.abc import Iterator, Sequence

from sqlalchemy import delete, select

from tracker.core.batches import BATCH, batches
from tracker.core.db import db
from tracker.core.wording import gettext
from tracker.search.commands.entries import documents_of, entries_of, renew
from tracker.search.models import ENTRIES, SOURCES
from tracker.search.rules import SearchKind, entry_id


def renew_all() -> Iterator[tuple[SearchKind, int, int]]:
    """Rebuild the index in batches. Yields (kind, rows done, total rows) after each."""
    for source in SOURCES:
        row_ids = db.session.scalars(select(source.model.id).order_by(source.model.id)).all()
        has_row = select(source.model.__table__.c.id)
        db.session.execute(delete(ENTRIES).where(ENTRIES.c.kind == source.kind, ENTRIES.c.row_id.not_in(has_row)))
        for done, batch in enumerate(batches(row_ids)):
            renew(source.kind, batch)
            yield source.kind, min((done + 1) * BATCH, len(row_ids)), len(row_ids)
            db.session.expunge_all()


def differences() -> Iterator[tuple[SearchKind, int, str]]:
    """Differences between the index and the rows: (kind, row id, what is wrong)."""
    for source in SOURCES:
        row_ids = db.session.scalars(select(source.model.id).order_by(source.model.id)).all()
        stored = set(db.session.scalars(select(ENTRIES.c.row_id).where(ENTRIES.c.kind == source.kind)))
        yield from ((source.kind, row_id, gettext("without a row")) for row_id in sorted(stored - set(row_ids)))
        for batch in batches(row_ids):
            yield from _differences(source.kind, batch)


def _differences(kind: SearchKind, row_ids: Sequence[int]) -> Iterator[tuple[SearchKind, int, str]]:
    numbers = [entry_id(kind, row_id) for row_id in row_ids]
    rows = db.session.execute(select(ENTRIES).where(ENTRIES.c.id.in_(numbers))).mappings()
    stored = {row["row_id"]: dict(row) for row in rows}
    expected = {entry["row_id"]: entry for entry in entries_of(kind, documents_of(kind, row_ids))}
    for row_id in row_ids:
        if stored.get(row_id) != expected.get(row_id):
            yield kind, row_id, gettext("missing") if row_id not in stored else gettext("out of date")
