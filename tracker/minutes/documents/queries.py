"""Questions about the Word template and the emblem."""

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from sqlalchemy import select

from tracker.core import storage
from tracker.core.db import db
from tracker.minutes.documents import formats
from tracker.minutes.documents.models import WordTemplate
from tracker.minutes.documents.rules import SAMPLE
from tracker.people import queries as people
from tracker.people.models import LetterheadSetting


def templates() -> Sequence[WordTemplate]:
    """Every template that was ever put in force, the present one first; nothing where only the built-in one was."""
    return db.session.scalars(select(WordTemplate).order_by(WordTemplate.id.desc())).all()


def office_template() -> BinaryIO | None:
    """The office's own template; None where the built-in one is in force, or stands in for a lost file."""
    newest = db.session.scalar(select(WordTemplate).order_by(WordTemplate.id.desc()).limit(1))
    return storage.store().open(newest.mark) if newest and newest.mark else None


def emblem() -> bytes | None:
    """The picture at the head of documents; None where there is none, or its file was lost."""
    setting = people.letterhead_setting()
    kept = storage.store().open(setting.emblem_mark) if setting and setting.emblem_mark else None
    if kept is None:
        return None
    with kept:
        return kept.read()


def faults() -> Iterator[str]:
    """Every template and emblem whose file is gone or altered."""
    kept = [(f"word template {row.id} ({row.name})", row.mark) for row in templates() if row.mark]
    letterheads = db.session.scalars(select(LetterheadSetting).where(LetterheadSetting.emblem_mark.is_not(None)))
    kept += [(f"emblem {row.id} ({row.emblem_name})", str(row.emblem_mark)) for row in letterheads]
    for name, mark in kept:
        file = storage.store().open(mark)
        if file is None:
            yield f"{name}: the file is missing"
            continue
        with file:
            if storage.sha256_of(file) != mark:
                yield f"{name}: the file is not the one that was put in"
                continue
            in_force = templates()[:1]
            if in_force and in_force[0].mark == mark and (said := formats.unsayable(file, SAMPLE)):
                yield f"{name}: the built-in one stands in, for it says {said}"
