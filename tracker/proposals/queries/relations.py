"""Queries for relations, mergers and descent."""

from collections.abc import Sequence

from sqlalchemy import Integer, bindparam, or_, select
from sqlalchemy.orm import joinedload

from tracker.core.db import db
from tracker.core.errors import NotFound
from tracker.proposals.models import Proposal, ProposalRelation
from tracker.proposals.queries.detail import among
from tracker.proposals.queries.lists import by_ids
from tracker.proposals.rules import (
    DESCENT,
    RelationKind,
    all_merged_into,
    lineage,
)


def relations_of(proposal_id: int) -> Sequence[ProposalRelation]:
    return db.session.scalars(_RELATIONS_OF, {"proposal": proposal_id}).all()


_PROPOSAL = bindparam("proposal", type_=Integer)
_RELATIONS_OF = (
    select(ProposalRelation)
    .where(or_(ProposalRelation.from_id == _PROPOSAL, ProposalRelation.to_id == _PROPOSAL))
    .options(joinedload(ProposalRelation.from_proposal), joinedload(ProposalRelation.to_proposal))
    .order_by(ProposalRelation.id)
)


def mergers() -> dict[int, int]:
    """Survivor by merged proposal, as ids."""
    query = select(Proposal.id, Proposal.survivor_id).where(Proposal.survivor_id.is_not(None))
    return {merged: survivor for merged, survivor in db.session.execute(query) if survivor is not None}


def lineage_of(proposal: Proposal, relations: Sequence[ProposalRelation]) -> list[tuple[int, Proposal]]:
    """Ancestors and descendants with their generation, earliest first; empty if the proposal has none."""
    if not any(row.kind in DESCENT for row in relations):
        return []
    generations = lineage(proposal.id, _descents())
    proposals = by_ids(list(generations))
    return sorted(((generations[row.id], row) for row in proposals), key=lambda pair: (pair[0], pair[1].id))


def _descents() -> list[tuple[int, int]]:
    relations = db.session.scalars(select(ProposalRelation).where(ProposalRelation.kind.in_(DESCENT)))
    return [(relation.from_id, relation.to_id) for relation in relations]


def merged_into(proposal: Proposal, relations: Sequence[ProposalRelation]) -> Sequence[Proposal]:
    """Proposals merged into this one, directly or through others."""
    if not any(row.kind is RelationKind.MERGED_INTO and row.to_id == proposal.id for row in relations):
        return []
    return by_ids(all_merged_into(proposal.id, mergers()))


def relation(proposal_id: int, relation_id: int) -> ProposalRelation:
    """A relation of this proposal; NotFound for mergers, which cannot be edited."""
    row = among(relations_of(proposal_id), relation_id)
    if row.kind is RelationKind.MERGED_INTO:
        raise NotFound
    return row
