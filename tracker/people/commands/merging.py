"""Merge two rows that are the same person or post, and undo a merge. Callers commit.

References to the merged row are found through the foreign keys of all tables, so a new table is covered
automatically. References that the merging user may not see are moved as well, but never shown or counted.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from tracker.audit.commands import record, renaming
from tracker.core.actor import Actor
from tracker.core.db import Model, db
from tracker.core.errors import NotPossible
from tracker.core.json_values import as_json, from_json
from tracker.core.visibility import RegisterEntry, unrestricted
from tracker.core.wording import lazy_gettext as _l
from tracker.people.models import Merge, Person, Position
from tracker.people.queries.merging import MERGES, Entry, Reference, Twin, is_public, references
from tracker.people.rules import Keep, folded, joined_names

#: Attributes copied from the merged row where the remaining row has none.
_TAKEN_OVER = {
    Person: ("title_prefix", "title_suffix", "note", "nip", "email"),
    Position: ("title_en", "short", "unit_id", "valid_from", "valid_to"),
}


class _Trace:
    """Records changes and deletions in order, so that a merge can be undone."""

    def __init__(self) -> None:
        self.changes: list[list[Any]] = []
        self.deleted: list[list[Any]] = []

    def set(self, row: Any, attribute: str, value: Any) -> None:
        before = getattr(row, attribute)
        if before != value:
            setattr(row, attribute, value)
            self.changes.append([row.__tablename__, row.id, attribute, as_json(before), as_json(value)])

    def delete(self, row: Any) -> None:
        """Delete a row. References to it must have been redirected first."""
        columns = row.__mapper__.column_attrs
        db.session.flush()
        self.deleted.append([row.__tablename__, {column.key: as_json(getattr(row, column.key)) for column in columns}])
        db.session.delete(row)
        db.session.flush()


def merge(
    kept: Entry, gone: Entry, answers: Mapping[Twin, Keep], accounts: Keep = Keep.BOTH, *, by: Actor, at: datetime
) -> Merge:
    """Merge `gone` into `kept`: redirect all references to it and add its names as aliases.

    `answers` says which row stays where both have a row about the same matter; without an answer both stay.
    `accounts` says whose accounts stay linked to the person (`FIRST` is `kept`).
    """
    if not kept.is_listed or not gone.is_listed or kept.id == gone.id:
        raise NotPossible(_l("One of the two is no longer in the register. Open it again to see what happened to it."))
    if isinstance(kept, RegisterEntry) and is_public(kept) != is_public(gone):
        raise NotPossible(
            _l("One of the two is not in the open register. Add it there first: both names will belong to one person.")
        )
    trace = _Trace()
    with unrestricted(), renaming():
        for twin, keep in answers.items():
            _merge_twins(twin, keep, trace)
        for reference in references(type(kept)):
            _redirect(reference, kept, gone, accounts, trace)
    _copy_missing_values(kept, gone, trace)
    trace.set(gone, "merged_into_id", kept.id)
    merge_record: Merge = MERGES[type(kept)](
        kept_id=kept.id, gone_id=gone.id, at=at, by_name=by.name,
        undo_data={"changes": trace.changes, "deleted": trace.deleted},
    )  # fmt: skip
    db.session.add(merge_record)
    record(kept, "merged", by=by, at=at, reason=_name_of(gone), mentions=_entries(gone), other=gone.id)
    record(gone, "merged_into", by=by, at=at, reason=_name_of(kept), mentions=_entries(kept), other=kept.id)
    return merge_record


def undo_merge(merge_record: Merge, *, by: Actor, at: datetime) -> int:
    """Split the two rows again. Return how many changes were skipped because the row was edited after the merge."""
    kept, gone = merge_record.kept, merge_record.gone
    if merge_record.undone_at is not None:
        raise NotPossible(_l("This has been undone already."))
    if kept.merged_into_id is not None:
        raise NotPossible(
            _l("%(name)s has since been merged into another entry. Undo that first.", name=_name_of(kept))
        )
    with unrestricted(), renaming():
        for table, values in reversed(merge_record.undo_data["deleted"]):
            _restore_row(table, values)
        db.session.flush()
        skipped = sum(not _restore_value(*change) for change in reversed(merge_record.undo_data["changes"]))
    _update_folded_names(kept)
    _update_folded_names(gone)
    merge_record.undone_at, merge_record.undone_by_name = at, by.name
    record(kept, "merge_undone", by=by, at=at, reason=_name_of(gone), mentions=_entries(gone), other=gone.id)
    record(gone, "merge_undone", by=by, at=at, reason=_name_of(kept), mentions=_entries(kept), other=kept.id)
    return skipped


def _merge_twins(twin: Twin, keep: Keep, trace: _Trace) -> None:
    """Keep one of the two rows, fill its empty columns from the other, and delete the other."""
    if keep is Keep.BOTH:
        return
    remaining, removed = (twin.first, twin.second) if keep is Keep.FIRST else (twin.second, twin.first)
    for column in remaining.__table__.columns:
        if column.nullable and not column.foreign_keys and getattr(remaining, column.key) is None:
            trace.set(remaining, column.key, getattr(removed, column.key))
    for reference in references(type(removed)):
        for row in _rows_referencing(reference, removed.id):
            trace.set(row, reference.attribute, remaining.id)
    trace.delete(removed)


def _redirect(reference: Reference, kept: Entry, gone: Entry, accounts: Keep, trace: _Trace) -> None:
    successor: int | None = kept.id
    if reference.name == "account.person_id":
        for row in _rows_referencing(reference, kept.id) if accounts is Keep.SECOND else ():
            trace.set(row, reference.attribute, None)
        successor = None if accounts is Keep.FIRST else kept.id
    for row in _rows_referencing(reference, gone.id):
        trace.set(row, reference.attribute, successor)


def _rows_referencing(reference: Reference, number: int) -> Iterator[Any]:
    column = getattr(reference.model, reference.attribute)
    yield from db.session.scalars(select(reference.model).where(column == number).order_by(reference.model.id)).all()


def _copy_missing_values(kept: Entry, gone: Entry, trace: _Trace) -> None:
    for attribute in _TAKEN_OVER[type(kept)]:
        trace.set(kept, attribute, getattr(kept, attribute) or getattr(gone, attribute))
    if isinstance(kept, Person) and isinstance(gone, Person):
        if gone.is_in_open_register and not kept.is_in_open_register:
            trace.set(kept, "made_in_meeting_id", None)
        trace.set(kept, "is_provisional", kept.is_provisional and gone.is_provisional)
        aliases = joined_names(kept.name, kept.aliases, [gone.name, *gone.aliases])
    elif isinstance(kept, Position) and isinstance(gone, Position):
        aliases = joined_names(kept.title_id, kept.aliases, [gone.title_id, gone.title_en, gone.short, *gone.aliases])
    trace.set(kept, "aliases", aliases)
    _update_folded_names(kept)


def _update_folded_names(entry: Entry) -> None:
    if isinstance(entry, Person):
        entry.folded = "\n".join(folded(spelling) for spelling in (entry.name, *entry.aliases))


def _entries(entry: Entry) -> list[Entry]:
    """Entries the event mentions; only for registers with restricted visibility."""
    return [entry] if isinstance(entry, RegisterEntry) else []


def _name_of(entry: Entry) -> str:
    return entry.full_name if isinstance(entry, Person) else entry.title_id


def _restore_row(table: str, values: dict[str, Any]) -> None:
    model = _model_of(table)
    columns = model.__mapper__.columns
    db.session.add(model(**{name: from_json(columns[name].type, value) for name, value in values.items()}))


def _restore_value(table: str, number: int, attribute: str, before: Any, after: Any) -> bool:
    """Restore the old value and return True, unless the row has changed since the merge."""
    model = _model_of(table)
    row = db.session.get(model, number)
    if row is None or as_json(getattr(row, attribute)) != after:
        return False
    setattr(row, attribute, from_json(model.__mapper__.columns[attribute].type, before))
    return True


def _model_of(table: str) -> Any:
    return next(mapper.class_ for mapper in Model.registry.mappers if mapper.class_.__tablename__ == table)
