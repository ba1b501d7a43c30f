"""What happens to pasted names, and the sources of minutes."""

from dataclasses import dataclass, field
from typing import BinaryIO

from sqlalchemy import select

from tracker.core import storage
from tracker.core.db import db
from tracker.core.errors import NotFound
from tracker.meetings.intake.formats import Plain, plain_of
from tracker.meetings.intake.formats.documents import TEXT, plain_of_file
from tracker.meetings.intake.rules import Recognition
from tracker.meetings.models import StatementSource
from tracker.meetings.queries import Seating
from tracker.meetings.rules import Question


@dataclass(frozen=True, kw_only=True)
class Source:
    """A text that minutes are read in: pasted, or a file."""

    name: str
    media_type: str = TEXT
    #: The digest of a file in storage.
    mark: str | None = None
    #: The text as it was pasted.
    pasted: str = ""
    plain: Plain = field(default=Plain(""))


def pasted(text: str, name: str) -> Source:
    return Source(name=name, pasted=text, plain=plain_of(text))


def kept(mark: str, name: str, media_type: str) -> Source | None:
    """A file that waits to be confirmed; None if it waited too long. Raises UnreadableFile."""
    stream = storage.waiting().open(mark)
    return _read(stream, mark, name, media_type) if stream else None


def stored(mark: str, name: str, media_type: str) -> Source:
    """Raises UnreadableFile."""
    stream = storage.store().open(mark)
    if stream is None:
        raise NotFound
    return _read(stream, mark, name, media_type)


def _read(stream: BinaryIO, mark: str, name: str, media_type: str) -> Source:
    with stream:
        return Source(name=name, media_type=media_type, mark=mark, plain=plain_of_file(stream, media_type))


def source_of(statement_id: int) -> StatementSource:
    found = db.session.scalar(select(StatementSource).filter_by(statement_id=statement_id))
    if found is None:
        raise NotFound
    return found


def recognition(seating: Seating) -> Recognition:
    if Question.SECOND_ROW in seating.questions:
        return Recognition.THERE
    if seating.candidates:
        return Recognition.UNCLEAR
    if seating.is_post:
        return Recognition.POST
    return Recognition.PERSON if seating.person else Recognition.PROVISIONAL
