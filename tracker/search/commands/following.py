"""Which entries change with a row: its own, and those of rows that quote it."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Session, UOWTransaction, scoped_session

from tracker.actions.models import ActionItem, ActionSupporter, ActionUpdate
from tracker.attachments.models import Attachment
from tracker.core.batches import batches
from tracker.core.db import Model
from tracker.core.pending import forget_at_rollback, is_ending
from tracker.core.visibility import unrestricted
from tracker.meetings.models import AgendaItem, Attendance, Meeting, Statement
from tracker.people.models import FormerUnitName, Person
from tracker.proposals.models import Proponent, Proposal
from tracker.search.commands.entries import remove, renew
from tracker.search.models import BY_MODEL, ENTRIES
from tracker.search.rules import SearchKind

_PENDING, _FOLLOWING = "search_pending", "search_following"

#: Models that are part of the document of other rows, with (kind, query for the ids or a single id).
FOLLOWERS: dict[type[Model], Callable[[Any], list[tuple[SearchKind, Any]]]] = {
    Proponent: lambda row: [(SearchKind.PROPOSAL, row.proposal_id)],
    ActionUpdate: lambda row: [(SearchKind.ACTION, row.action_id)],
    ActionSupporter: lambda row: [(SearchKind.ACTION, row.action_id)],
    AgendaItem: lambda row: [(SearchKind.MEETING, row.meeting_id)],
    Attendance: lambda row: [(SearchKind.STATEMENT, select(Statement.id).filter_by(speaker_id=row.id))],
    Meeting: lambda row: [
        (SearchKind.MEETING, select(Meeting.id).filter_by(named_after_id=row.id)),
        (SearchKind.STATEMENT, select(Statement.id).filter_by(meeting_id=row.id)),
        (SearchKind.ATTACHMENT, select(Attachment.id).filter_by(meeting_id=row.id)),
    ],
    Proposal: lambda row: [(SearchKind.ATTACHMENT, select(Attachment.id).filter_by(proposal_id=row.id))],
    ActionItem: lambda row: [(SearchKind.ATTACHMENT, select(Attachment.id).filter_by(action_id=row.id))],
    FormerUnitName: lambda row: [(SearchKind.UNIT, row.unit_id)],
    Person: lambda row: [
        (SearchKind.PROPOSAL, select(Proponent.proposal_id).filter_by(person_id=row.id)),
        (SearchKind.ACTION, select(ActionItem.id).filter_by(pic_id=row.id)),
        (SearchKind.ACTION, select(ActionSupporter.action_id).filter_by(person_id=row.id)),
        (SearchKind.STATEMENT, select(Statement.id).join(Statement.speaker).where(Attendance.person_id == row.id)),
    ],
}


def keep_index(session: scoped_session[Any]) -> None:
    if not event.contains(session, "after_flush", _note):
        event.listen(session, "before_flush", _remove_deleted)
        event.listen(session, "after_flush", _note)
        event.listen(session, "before_commit", _renew_pending)
        forget_at_rollback(session, _PENDING, _FOLLOWING)


#: Entries go with these rows: the database deletes them.
OWNERS: dict[type[Model], Any] = {
    Meeting: ENTRIES.c.meeting_id, Proposal: ENTRIES.c.proposal_id, ActionItem: ENTRIES.c.action_id,
}  # fmt: skip


def _remove_deleted(session: Session, _: UOWTransaction, __: Any) -> None:
    """Before the database does, so that words are counted."""
    gone: dict[type[Model], list[int]] = defaultdict(list)
    for row in session.deleted:
        if type(row) in OWNERS:
            gone[type(row)].append(row.id)
    with unrestricted():
        for model, ids in gone.items():
            for batch in batches(ids):
                remove(OWNERS[model].in_(batch))


def _note(session: Session, _: UOWTransaction) -> None:
    pending: set[tuple[SearchKind, int]] = session.info.setdefault(_PENDING, set())
    followers: list[tuple[SearchKind, Any]] = session.info.setdefault(_FOLLOWING, [])
    new = set(session.new)
    for row in (*new, *session.dirty, *session.deleted):
        source = BY_MODEL.get(type(row))
        if source:
            pending.add((source.kind, inspect(row).mapper.primary_key_from_instance(row)[0]))
        following = FOLLOWERS[type(row)](row) if type(row) in FOLLOWERS else []
        # A row that is only now created is not quoted anywhere yet, but it may have become part of a document.
        followers += [follower for follower in following if row not in new or isinstance(follower[1], int)]


def _renew_pending(session: Session) -> None:
    if not is_ending(session):
        return
    session.flush()  # pending changes must be collected before the commit
    pending = session.info.pop(_PENDING, set())
    followers = session.info.pop(_FOLLOWING, [])
    if not pending and not followers:
        return
    changed: dict[SearchKind, set[int]] = defaultdict(set)
    for kind, row_id in pending:
        changed[kind].add(row_id)
    with unrestricted():
        for kind, target in followers:
            changed[kind] |= {target} if isinstance(target, int) else set(session.scalars(target))
        for kind in sorted(changed):
            for batch in batches(sorted(changed[kind])):
                renew(kind, batch)
