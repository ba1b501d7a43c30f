"""Follow, and mark as seen. Callers commit. No events are recorded: this concerns only the account itself."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import inspect, select

from tracker.core.actor import Actor
from tracker.core.constraints import retry_on_violation
from tracker.core.db import db
from tracker.status.follows import queries
from tracker.status.follows.models import Follow
from tracker.status.follows.queries import Subject
from tracker.targets.commands import edition_enacted
from tracker.targets.models import Target, TargetDocument


@edition_enacted.connect
def _follow_successors(_: TargetDocument, *, successors: Mapping[int, int], **__: object) -> None:
    """Move follows from targets of a superseded edition to their successors in the new edition."""
    tables = {mapper.class_.__tablename__ for mapper in inspect(Target).self_and_descendants}
    is_affected = Follow.subject_id.in_([*successors, *successors.values()])
    rows = db.session.scalars(select(Follow).where(Follow.subject.in_(tables), is_affected)).all()
    by_target = {(row.account_id, row.subject_id): row for row in rows}
    for row in rows:
        successor_id = successors.get(row.subject_id)
        successor_row = by_target.get((row.account_id, successor_id)) if successor_id else None
        if successor_row:
            successor_row.followed_at = successor_row.followed_at or row.followed_at
            row.followed_at = None
        elif successor_id:
            row.subject_id = successor_id


retry_on_violation("uq_follow_account_id_subject_subject_id")


def toggle(subject: Subject, *, by: Actor, at: datetime) -> bool:
    """Follow or stop following; returns whether it is followed now."""
    row = _follow_row(subject, by=by)
    row.followed_at = None if row.followed_at else at
    row.looked_at = row.looked_at or at
    return row.followed_at is not None


def mark_as_seen(subject: Subject, *, by: Actor, at: datetime) -> None:
    _follow_row(subject, by=by).looked_at = at


def _follow_row(subject: Subject, *, by: Actor) -> Follow:
    row = queries.follow_row(by, subject)
    if row is None:
        row = Follow(account_id=by.account_id, subject=subject.__tablename__, subject_id=subject.id)
        db.session.add(row)
    return row
