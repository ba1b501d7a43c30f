"""Add, edit and remove groups of synonyms."""

from datetime import datetime

from tracker.audit.commands import record
from tracker.core.actor import Actor
from tracker.core.db import db
from tracker.search.models import SynonymGroup


def add_synonyms(words: list[str], *, by: Actor, at: datetime) -> SynonymGroup:
    group = SynonymGroup(words=words)
    db.session.add(group)
    db.session.flush()  # the event needs its number
    record(group, "added", by=by, at=at, words=words)
    return group


def edit_synonyms(group: SynonymGroup, words: list[str], *, by: Actor, at: datetime) -> None:
    record(group, "edited", by=by, at=at, before=group.words, words=words)
    group.words = words


def remove_synonyms(group: SynonymGroup, *, by: Actor, at: datetime) -> None:
    record(group, "removed", by=by, at=at, words=group.words)
    db.session.delete(group)
