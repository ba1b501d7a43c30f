"""Queries for the Word template and the emblem."""

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from sqlalchemy import select

from tracker.core import storage
from tracker.core.db import db
from tracker.core.wording import gettext
from tracker.minutes.documents import formats
from tracker.minutes.documents.models import WordTemplate
from tracker.minutes.documents.rules import SAMPLE
from tracker.people import queries as people
from tracker.people.models import LetterheadSetting


def templates() -> Sequence[WordTemplate]:
    """All activated templates, newest first; empty if only the built-in one was ever used."""
    return db.session.scalars(select(WordTemplate).order_by(WordTemplate.id.desc())).all()


def office_template() -> BinaryIO | None:
    """The office's own template; None if the built-in one is active, or if the file is lost."""
    newest = db.session.scalar(select(WordTemplate).order_by(WordTemplate.id.desc()).limit(1))
    return storage.store().open(newest.mark) if newest and newest.mark else None


def emblem() -> bytes | None:
    setting = people.letterhead_setting()
    file = storage.store().open(setting.emblem_mark) if setting and setting.emblem_mark else None
    if file is None:
        return None
    with file:
        return file.read()


def faults() -> Iterator[str]:
    files = [
        (gettext("word template %(number)s (%(name)s)", number=row.id, name=row.name), row.mark)
        for row in templates()
        if row.mark
    ]
    letterheads = db.session.scalars(select(LetterheadSetting).where(LetterheadSetting.emblem_mark.is_not(None)))
    files += [
        (gettext("emblem %(number)s (%(name)s)", number=row.id, name=row.emblem_name), str(row.emblem_mark))
        for row in letterheads
    ]
    for name, digest in files:
        file = storage.store().open(digest)
        if file is None:
            yield gettext("%(name)s: the file is missing", name=name)
            continue
        with file:
            if storage.sha256_of(file) != digest:
                yield gettext("%(name)s: the stored file was changed", name=name)
                continue
            newest = templates()[:1]
            if newest and newest[0].mark == digest and (part := formats.forbidden_part(file, SAMPLE)):
                yield gettext(
                    "%(name)s: the built-in template is used instead, because this one contains %(part)s",
                    name=name, part=part,
                )  # fmt: skip
