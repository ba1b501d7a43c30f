"""Queries for proposals, one file per purpose."""

from tracker.proposals.queries.choices import PROPOSALS, SOURCES
from tracker.proposals.queries.detail import (
    attribution_before,
    first_step_on,
    id_of_code,
    in_full,
    lacking,
    last_step_on,
    link,
    proponent,
)
from tracker.proposals.queries.lists import (
    WATCHES,
    ProposalFilter,
    by_ids,
    count_by_status,
    count_by_target,
    filtered,
    links_below,
    links_of_targets,
    matching,
    of_person,
    proposed_by,
    raised_in,
    without_proposals,
)
from tracker.proposals.queries.loading import AT_ONCE, IN_BATCHES, OF_ROWS
from tracker.proposals.queries.relations import lineage_of, merged_into, mergers, relation, relations_of

__all__ = [
    "AT_ONCE",
    "IN_BATCHES",
    "OF_ROWS",
    "PROPOSALS",
    "SOURCES",
    "WATCHES",
    "ProposalFilter",
    "attribution_before",
    "by_ids",
    "count_by_status",
    "count_by_target",
    "filtered",
    "first_step_on",
    "id_of_code",
    "in_full",
    "lacking",
    "last_step_on",
    "lineage_of",
    "link",
    "links_below",
    "links_of_targets",
    "matching",
    "merged_into",
    "mergers",
    "of_person",
    "proponent",
    "proposed_by",
    "raised_in",
    "relation",
    "relations_of",
    "without_proposals",
]  # fmt: skip
