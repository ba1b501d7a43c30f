"""Queries for what an account follows, and what changed since it last looked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, inspect, select
from sqlalchemy.orm import aliased, selectinload

from tracker.actions.models import ActionItem
from tracker.audit.models import Event
from tracker.audit.queries import values_before
from tracker.core.actor import Actor, current
from tracker.core.db import db
from tracker.core.errors import NotFound
from tracker.core.together import RowsOf, together
from tracker.core.word_diff import Piece, pieces
from tracker.meetings.models import Meeting
from tracker.proposals.models import Proposal
from tracker.status.follows.models import Follow
from tracker.targets.models import Target

Subject = Proposal | ActionItem | Target | Meeting

#: Models that can be followed, by the name used in URLs.
SUBJECTS: dict[str, type[Any]] = {"proposals": Proposal, "actions": ActionItem, "targets": Target, "meetings": Meeting}
#: Text columns, whose changes are shown word by word.
TEXT_COLUMNS = (
    "title_id", "title_en", "gist_id", "gist_en", "outcome_note", "name_id", "name_en", "text_id", "text_en",
    "evidence", "definition", "formula",
)  # fmt: skip


@dataclass(frozen=True)
class Changes:
    """What changed since the account last looked; empty if it never did."""

    looked_at: datetime | None
    events: Sequence[Event] = ()
    #: Column name and word diff.
    words: Sequence[tuple[str, Sequence[Piece]]] = ()

    @property
    def is_any(self) -> bool:
        return bool(self.events or self.words)


def subject(kind: str, subject_id: int) -> Subject:
    """The row to follow; raises NotFound if it does not exist or the viewer may not see it."""
    if kind not in SUBJECTS:
        raise NotFound
    query = select(SUBJECTS[kind]).filter_by(id=subject_id)
    if SUBJECTS[kind] is Proposal:
        query = query.options(selectinload(Proposal.proponents))
    row: Subject | None = db.session.scalar(query)
    if row is None:
        raise NotFound
    return row


_follow = aliased(Follow)


def follow_rows_of(actor: Actor, subject: Subject) -> RowsOf:
    """The only row, or none."""
    key = {"account_id": actor.account_id, "subject": subject.__tablename__, "subject_id": subject.id}
    return RowsOf(_follow, _has_key, {f"followed_{name}": value for name, value in key.items()})


def _has_key(columns: Any) -> ColumnElement[bool]:
    return and_(*(columns[name] == bindparam(f"followed_{name}") for name in ("account_id", "subject", "subject_id")))


def follow_row(actor: Actor, subject: Subject) -> Follow | None:
    return next(iter(together(follow_rows_of(actor, subject))[0]), None)


def follow_rows(actor: Actor) -> dict[tuple[str, int], Follow]:
    """Rows of the actor by table and id, including those no longer followed."""
    rows = db.session.scalars(select(Follow).filter_by(account_id=actor.account_id))
    return {(row.subject, row.subject_id): row for row in rows}


def followed_subjects(rows: Iterable[Follow]) -> list[tuple[str, Subject]]:
    """Kind and row of what is followed and visible, most recently followed first."""
    followed = [row for row in rows if row.followed_at]
    subjects: dict[tuple[str, int], tuple[str, Subject]] = {}
    for kind, model in SUBJECTS.items():
        tables = {mapper.class_.__tablename__ for mapper in inspect(model).self_and_descendants}
        ids = [row.subject_id for row in followed if row.subject in tables]
        if ids:
            visible = db.session.scalars(select(model).where(model.id.in_(ids)))
            subjects |= {(subject.__tablename__, subject.id): (kind, subject) for subject in visible}
    followed.sort(key=lambda row: (row.followed_at, row.id), reverse=True)
    return [subjects[row.subject, row.subject_id] for row in followed if (row.subject, row.subject_id) in subjects]


def changes_of(
    subjects: Iterable[Subject], follows: dict[tuple[str, int], Follow], events: Sequence[Event]
) -> dict[tuple[str, int], Changes]:
    """What others changed in each subject since the viewer last looked. `events` are those of all, newest first."""
    by_key = {(subject.__tablename__, subject.id): subject for subject in subjects}
    reader = current()
    own = reader.account_id if reader else None
    looked_at = {key: follows[key].looked_at if key in follows else None for key in by_key}
    looked_since = {
        table: {row_id: at for (name, row_id), at in looked_at.items() if name == table and at}
        for table in {name for name, _ in by_key}
    }
    before = {table: values_before(table, since, own) for table, since in looked_since.items()}
    return {
        key: Changes(
            at,
            [event for event in events if _is_news(event, key, at, own)],
            list(_changed_words(by_key[key], before[key[0]].get(key[1], {}))) if at else [],
        )
        for key, at in looked_at.items()
    }


def _is_news(event: Event, key: tuple[str, int], looked_at: datetime | None, own: int | None) -> bool:
    is_by_others = own is None or event.by_account_id != own
    is_new = looked_at is not None and event.at > looked_at and not event.is_history
    return (event.subject, event.subject_id) == key and is_new and is_by_others


def changes_of_subject(subject: Subject, follow: Follow | None, events: Sequence[Event]) -> Changes:
    key = (subject.__tablename__, subject.id)
    return changes_of([subject], {key: follow} if follow else {}, events)[key]


def _changed_words(subject: Subject, before: dict[str, str | None]) -> Iterable[tuple[str, Sequence[Piece]]]:
    for column in TEXT_COLUMNS:
        if column in before and (before[column] or "") != (getattr(subject, column) or ""):
            yield column, list(pieces(before[column] or "", getattr(subject, column) or ""))
