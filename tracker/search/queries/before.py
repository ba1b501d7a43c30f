"""Similar earlier proposals."""

from collections import Counter

from sqlalchemy import func, select

from tracker.core.db import db
from tracker.proposals.models import Proposal
from tracker.search import rules
from tracker.search.queries.index import proposals_having
from tracker.search.queries.synonyms import synonyms

#: Number of candidates that are compared, and that are counted.
MOST_LIKENED, MOST_COUNTED = 40, 1000


def proposed_before(text: str, *, except_id: int | None = None, limit: int = 3) -> list[Proposal]:
    """Similar earlier proposals, most similar first; empty if none is similar enough."""
    synonym_list = synonyms()
    groups = rules.groups_of(text, synonym_list, rules.MOST_COMPARED)
    if not groups:
        return []
    having = proposals_having(groups)
    in_all = _count_proposals()
    weights = {min(group.ways): rules.weight(len(having[at]), in_all) for at, group in enumerate(groups)}
    shared_weight: Counter[int] = Counter()
    for at, group in enumerate(groups):
        shared_weight.update(dict.fromkeys(having[at], round(weights[min(group.ways)] * 1000)))
    best = sorted(shared_weight, key=lambda row_id: (-shared_weight[row_id], -row_id))[:MOST_LIKENED]
    text_keys, other = rules.keys_of(groups), rules.weight(rules.UNCOUNTED, in_all)
    scored = []
    for proposal in db.session.scalars(select(Proposal).where(Proposal.id.in_(best), Proposal.id != (except_id or 0))):
        texts = [proposal.title_id, proposal.gist_id, proposal.title_en or ""]
        keys = [rules.keys_of(rules.groups_of(other_text, synonym_list, rules.MOST_COMPARED)) for other_text in texts]
        scored.append((-rules.similarity(text_keys, keys, weights, other), -proposal.id, proposal))
    return [proposal for similarity, _, proposal in sorted(scored)[:limit] if -similarity >= rules.LIKE_ENOUGH]


def _count_proposals() -> int:
    """Number of proposals the user may see, up to a limit beyond which the weights hardly change."""
    some = select(Proposal.id).limit(MOST_COUNTED).subquery()
    return db.session.scalar(select(func.count()).select_from(some)) or 0
