"""Following and looking. Nothing here commits, and nothing is an event: it concerns nobody but the account."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import inspect, select

from tracker.core.actor import Actor
from tracker.core.constraints import made_by_two
from tracker.core.db import db
from tracker.status.follows import queries
from tracker.status.follows.models import Follow
from tracker.status.follows.queries import Thing
from tracker.targets.commands import edition_enacted
from tracker.targets.models import Target, TargetDocument


@edition_enacted.connect
def _follow_on(_: TargetDocument, *, successors: Mapping[int, int], **__: object) -> None:
    """Whoever follows a target of a superseded edition follows its version in the edition in force from now on."""
    tables = {mapper.class_.__tablename__ for mapper in inspect(Target).self_and_descendants}
    about = Follow.subject_id.in_([*successors, *successors.values()])
    rows = db.session.scalars(select(Follow).where(Follow.subject.in_(tables), about)).all()
    there = {(row.account_id, row.subject_id): row for row in rows}
    for row in rows:
        later_id = successors.get(row.subject_id)
        later = there.get((row.account_id, later_id)) if later_id else None
        if later:
            later.followed_at = later.followed_at or row.followed_at
            row.followed_at = None
        elif later_id:
            row.subject_id = later_id


made_by_two("uq_follow_account_id_subject_subject_id")


def follow(thing: Thing, *, by: Actor, at: datetime) -> bool:
    """Follow a thing, or no longer; whether it is followed now."""
    kept = _kept(thing, by=by)
    kept.followed_at = None if kept.followed_at else at
    kept.looked_at = kept.looked_at or at
    return kept.followed_at is not None


def look(thing: Thing, *, by: Actor, at: datetime) -> None:
    """Remember that the account has seen the thing as it stands now."""
    _kept(thing, by=by).looked_at = at


def _kept(thing: Thing, *, by: Actor) -> Follow:
    kept = queries.kept(by, thing)
    if kept is None:
        kept = Follow(account_id=by.account_id, subject=thing.__tablename__, subject_id=thing.id)
        db.session.add(kept)
    return kept
