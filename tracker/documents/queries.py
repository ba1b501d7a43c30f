"""Questions about the Word template."""

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from sqlalchemy import select

from tracker.core import storage
from tracker.core.db import db
from tracker.documents.models import WordTemplate


def templates() -> Sequence[WordTemplate]:
    """Every template that was ever put in force, the present one first; nothing where only the built-in one was."""
    return db.session.scalars(select(WordTemplate).order_by(WordTemplate.id.desc())).all()


def office_template() -> BinaryIO | None:
    """The office's own template; None where the built-in one is in force, or stands in for a lost file."""
    newest = db.session.scalar(select(WordTemplate).order_by(WordTemplate.id.desc()).limit(1))
    return storage.store().open(newest.mark) if newest and newest.mark else None


def faults() -> Iterator[str]:
    """Every template whose file is gone or altered."""
    for row in templates():
        if row.mark is None:
            continue
        kept = storage.store().open(row.mark)
        if kept is None:
            yield f"word template {row.id} ({row.name}): the file is missing"
            continue
        with kept:
            if storage.mark_of(kept) != row.mark:
                yield f"word template {row.id} ({row.name}): the file is not the one that was put in"
