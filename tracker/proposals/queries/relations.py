"""What came of what: relations, mergers, descent."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from tracker.core.db import db
from tracker.core.errors import NotFound
from tracker.proposals.models import Proposal, ProposalRelation
from tracker.proposals.queries.one import among
from tracker.proposals.queries.several import these
from tracker.proposals.rules import (
    DESCENT,
    RelationKind,
    all_merged_into,
    family,
)


def relations_of(proposal_id: int) -> Sequence[ProposalRelation]:
    """How a proposal relates to others, from either end."""
    loaded = (joinedload(ProposalRelation.from_proposal), joinedload(ProposalRelation.to_proposal))
    either = or_(ProposalRelation.from_id == proposal_id, ProposalRelation.to_id == proposal_id)
    return db.session.scalars(
        select(ProposalRelation).where(either).options(*loaded).order_by(ProposalRelation.id)
    ).all()


def mergers() -> dict[int, int]:
    """Every merger: from the merged proposal to its survivor."""
    question = select(Proposal.id, Proposal.survivor_id).where(Proposal.survivor_id.is_not(None))
    return {merged: survivor for merged, survivor in db.session.execute(question) if survivor is not None}


def lineage_of(proposal: Proposal, relations: Sequence[ProposalRelation]) -> list[tuple[int, Proposal]]:
    """What led to a proposal and what came of it, with its depth, the earliest first; empty where it stands alone."""
    if not any(one.kind in DESCENT for one in relations):
        return []
    depths = family(proposal.id, _descents())
    found = these(list(depths))
    return sorted(((depths[one.id], one) for one in found), key=lambda pair: (pair[0], pair[1].id))


def _descents() -> list[tuple[int, int]]:
    found = db.session.scalars(select(ProposalRelation).where(ProposalRelation.kind.in_(DESCENT)))
    return [(relation.from_id, relation.to_id) for relation in found]


def taken_in(proposal: Proposal, relations: Sequence[ProposalRelation]) -> Sequence[Proposal]:
    """Everything merged into this proposal, directly or through others."""
    if not any(one.kind is RelationKind.MERGED_INTO and one.to_id == proposal.id for one in relations):
        return []
    return these(all_merged_into(proposal.id, mergers()))


def relation(proposal_id: int, relation_id: int) -> ProposalRelation:
    """One of this proposal's relations, mergers excepted: those end only by reopening nothing."""
    found = among(relations_of(proposal_id), relation_id)
    if found.kind is RelationKind.MERGED_INTO:
        raise NotFound
    return found
