"""Proposals of similar meaning, whatever their words. They are offered, never asserted."""

from collections.abc import Iterable

from sqlalchemy import select

from tracker.core.db import db
from tracker.core.embedding import current_embedding
from tracker.proposals.models import Proposal
from tracker.search.models import ProposalMeaning

#: Number of the newest proposals that are compared, each with the text.
MOST_WITH_MEANING = 50_000
SHOWN = 3


def related(text: str, *, besides: Iterable[int | None] = ()) -> list[Proposal]:
    """The proposals nearest in meaning among all that the user may see; none if the extra is not installed."""
    embedding = current_embedding()
    if embedding is None or not text.strip():
        return []
    query = select(ProposalMeaning.proposal_id, ProposalMeaning.vector).filter_by(model=embedding.name)
    query = query.order_by(ProposalMeaning.proposal_id.desc()).limit(MOST_WITH_MEANING)
    left_out = set(besides)
    rows = [row for row in db.session.execute(query) if row.proposal_id not in left_out]
    if not rows:
        return []
    similarities = embedding.similarities(embedding.of_question(text), [row.vector for row in rows])
    best = sorted(zip(similarities, rows, strict=True), key=lambda pair: (-pair[0], -pair[1].proposal_id))[:SHOWN]
    numbers = [row.proposal_id for _, row in best]
    found = {proposal.id: proposal for proposal in db.session.scalars(select(Proposal).where(Proposal.id.in_(numbers)))}
    return [found[number] for number in numbers if number in found]
