"""Names copied from another meeting: shown only where that meeting is, until somebody changes them."""

from typing import Any, Protocol

from sqlalchemy import select

from tracker.core.copies import as_stored
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.texts import contains_words
from tracker.core.visibility import unrestricted
from tracker.core.wording import lazy_gettext as _l
from tracker.meetings.models import Meeting


class Names(Protocol):
    @property
    def name_id(self) -> str: ...

    @property
    def name_en(self) -> str | None: ...


def source_of_name(row: Any, draft: Names) -> int | None:
    """The meeting the name is still copied from after this edit; None once it was changed.

    Raises NotPossible if the user changes a name that they cannot see.
    """
    if row.named_after_id is None:
        return None
    is_changed = (draft.name_id, draft.name_en) != (row.name_id, row.name_en)
    if is_changed and db.session.scalar(select(Meeting.id).filter_by(id=row.named_after_id)) is None:
        raise NotPossible(
            _l("Leave the name as it is: it comes from a meeting that you cannot see."), field="name_id"
        )  # fmt: skip
    source_id: int = row.named_after_id
    return source_id if draft.name_id == row.name_id else None


def note_source_of_name(row: Any, source: Any) -> bool:
    """If the name contains that of the source (a meeting or series), record the source; returns whether it does.

    A name that the user may not see is copied all the same.
    """
    if not any(contains_words(new, name) for new, name in _names(row, source)):
        return False
    row.named_after_id = source.named_after_id or (source.id if isinstance(source, Meeting) else None)
    kind = type(source)
    with unrestricted():  # copied without being shown, so no reading is recorded
        names = select(as_stored(kind.name_id), as_stored(kind.name_en)).where(kind.id == source.id)
        stored = db.session.execute(names).one()
    for name, shown, original in zip(("name_id", "name_en"), (source.name_id, source.name_en), stored, strict=True):
        if getattr(row, name) == shown:
            setattr(row, name, original)
    return True


def _names(row: Any, source: Any) -> list[tuple[str | None, str | None]]:
    return [(row.name_id, source.name_id), (row.name_en, source.name_en)]
