"""Vectors of proposals, by which those of similar meaning are found. Callers commit."""

import hashlib
from typing import cast

from sqlalchemy import Table, delete, insert, or_, select, update

from tracker.core.db import db
from tracker.core.embedding import Embedding
from tracker.proposals.models import Proposal
from tracker.search.models import ProposalMeaning

#: Number of proposals of one transaction: about two seconds of one core.
AT_ONCE = 100
_MEANINGS = cast(Table, ProposalMeaning.__table__)


def renew_meanings(embedding: Embedding) -> int:
    """Calculate the vectors of the newest proposals that have none or an outdated one; returns how many."""
    outdated = _outdated(embedding.name)
    if not outdated:
        return 0
    texts = {proposal.id: _text_of(proposal) for proposal in outdated}
    versions = {proposal.id: proposal.version for proposal in outdated}
    stored = {row.proposal_id: row for row in db.session.scalars(
        select(ProposalMeaning).where(ProposalMeaning.proposal_id.in_(versions)))}  # fmt: skip
    same = {
        number for number, row in stored.items()
        if row.text_hash == _hash(texts[number]) and row.model == embedding.name
    }  # fmt: skip
    changed = [number for number in texts if number not in same]
    db.session.rollback()  # nobody waits for the database during the calculation
    vectors = dict(zip(changed, embedding.of_passages([texts[number] for number in changed]), strict=True))
    # Locked, so that none is deleted meanwhile and two workers store none twice.
    existing = set(db.session.scalars(select(Proposal.id).where(Proposal.id.in_(versions)).with_for_update()))
    for number in same & existing:
        db.session.execute(update(_MEANINGS).filter_by(proposal_id=number).values(proposal_version=versions[number]))
    db.session.execute(delete(_MEANINGS).where(_MEANINGS.c.proposal_id.in_(vectors)))
    rows = [
        {"proposal_id": number, "proposal_version": versions[number], "text_hash": _hash(texts[number]),
         "model": embedding.name, "vector": vector}
        for number, vector in vectors.items() if number in existing
    ]  # fmt: skip
    if rows:
        db.session.execute(insert(_MEANINGS), rows)
    return len(versions)


def _outdated(model: str) -> list[Proposal]:
    query = select(Proposal).outerjoin(ProposalMeaning, ProposalMeaning.proposal_id == Proposal.id)
    query = query.where(
        or_(
            ProposalMeaning.proposal_id.is_(None),
            ProposalMeaning.proposal_version != Proposal.version,
            ProposalMeaning.model != model,
        )
    )
    return list(db.session.scalars(query.order_by(Proposal.id.desc()).limit(AT_ONCE)))


def _text_of(proposal: Proposal) -> str:
    texts = (proposal.title_id, proposal.title_en, proposal.gist_id, proposal.gist_en)
    return ". ".join(text.rstrip(". ") for text in texts if text)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
