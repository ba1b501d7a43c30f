"""Names that are taken over from another meeting, until somebody types another. Nothing here commits."""

from typing import Any, Protocol

from sqlalchemy import select

from tracker.core.copies import as_stored
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.texts import tells
from tracker.core.visibility import unrestricted
from tracker.core.wording import lazy as _l
from tracker.meetings.models import Meeting


class Names(Protocol):
    """What a draft says of names."""

    @property
    def name_id(self) -> str:
        """In Indonesian."""

    @property
    def name_en(self) -> str | None:
        """In English."""


def source_of_name(row: Any, draft: Names) -> int | None:
    """The meeting from which a name still comes once it is as in the draft. Whoever cannot read it leaves it."""
    if row.named_after_id is None:
        return None
    is_changed = (draft.name_id, draft.name_en) != (row.name_id, row.name_en)
    if is_changed and db.session.scalar(select(Meeting.id).filter_by(id=row.named_after_id)) is None:
        raise NotPossible(
            _l("Leave the name as it is: it comes from a meeting that you cannot see."), field="name_id"
        )  # fmt: skip
    number: int = row.named_after_id
    return number if draft.name_id == row.name_id else None


def name_after(row: Any, source: Any) -> bool:
    """Note from which meeting a name comes that tells that of a meeting or a series; whether it does.

    Whoever cannot read the name hands it on all the same.
    """
    if not any(tells(given, name) for given, name in _names(row, source)):
        return False
    row.named_after_id = source.named_after_id or (source.id if isinstance(source, Meeting) else None)
    kind = type(source)
    with unrestricted():  # it is copied, not shown: no reading
        names = select(as_stored(kind.name_id), as_stored(kind.name_en)).where(kind.id == source.id)
        stored = db.session.execute(names).one()
    for name, shown, words in zip(("name_id", "name_en"), (source.name_id, source.name_en), stored, strict=True):
        if getattr(row, name) == shown:
            setattr(row, name, words)
    return True


def _names(row: Any, source: Any) -> list[tuple[str | None, str | None]]:
    return [(row.name_id, source.name_id), (row.name_en, source.name_en)]
