"""Proposals as choices of form fields."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Select, select

from tracker.core.choices import Choice, Source
from tracker.core.db import db
from tracker.core.wording import either, label
from tracker.proposals.models import Proposal
from tracker.proposals.rules import OPEN


def _proposals(without: int | None = None, into: int | None = None) -> Select[Any]:
    """`into`: the open ones into which that proposal can be merged."""
    query = select(Proposal.id)
    if into:
        query = query.where(Proposal.status.in_(OPEN), Proposal.id != into)
    return query.where(Proposal.id != without) if without else query


def _described(ids: Collection[int]) -> Sequence[Choice]:
    columns = (Proposal.id, Proposal.code, Proposal.title_id, Proposal.title_en, Proposal.status)
    query = select(*columns, Proposal.classification).where(Proposal.id.in_(ids))
    return [
        Choice(
            row.id,
            f"{row.code} – {either(row.title_id, row.title_en)}",
            label(row.status),
            (row.code, row.title_id, row.title_en or row.title_id),
        )
        for row in db.session.execute(query)
    ]


PROPOSALS = Source(
    "proposals",
    _proposals,
    Proposal.id,
    (Proposal.id.desc(),),
    (Proposal.title_id, Proposal.title_en, Proposal.code),
    _described,
    narrows=frozenset({"without", "into"}),
)
SOURCES = (PROPOSALS,)
