"""Queries for synonyms."""

from collections.abc import Sequence

from sqlalchemy import select

from tracker.core.db import db
from tracker.core.errors import NotFound
from tracker.search import rules
from tracker.search.models import SynonymGroup


def synonym_groups() -> Sequence[SynonymGroup]:
    return db.session.scalars(select(SynonymGroup).order_by(SynonymGroup.id)).all()


def synonym_group(group_id: int, *, to_change: bool = False) -> SynonymGroup:
    query = select(SynonymGroup).filter_by(id=group_id)
    group = db.session.scalar(query.with_for_update() if to_change else query)
    if group is None:
        raise NotFound
    return group


def synonyms(*, with_compounds: bool = False) -> rules.Synonyms:
    return rules.synonyms_of((group.words for group in synonym_groups()), with_compounds=with_compounds)
