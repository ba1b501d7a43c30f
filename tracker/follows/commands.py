"""Following and looking. Nothing here commits, and nothing is an event: it concerns nobody but the account."""

from datetime import datetime

from tracker.core.actor import Actor
from tracker.core.constraints import made_by_two
from tracker.core.db import db
from tracker.follows import queries
from tracker.follows.models import Follow
from tracker.follows.queries import Thing

made_by_two("uq_follow_account_id_subject_subject_id")


def follow(thing: Thing, *, by: Actor, at: datetime) -> None:
    """Follow a thing, or no longer."""
    kept = _kept(thing, by=by)
    kept.followed_at = None if kept.followed_at else at
    kept.looked_at = kept.looked_at or at


def look(thing: Thing, *, by: Actor, at: datetime) -> None:
    """Remember that the account has seen the thing as it stands now."""
    _kept(thing, by=by).looked_at = at


def _kept(thing: Thing, *, by: Actor) -> Follow:
    kept = queries.kept(by, thing)
    if kept is None:
        kept = Follow(account_id=by.account_id, subject=thing.__tablename__, subject_id=thing.id)
        db.session.add(kept)
    return kept
