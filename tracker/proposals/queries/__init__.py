"""Questions about proposals; one file for each kind of question."""

from tracker.proposals.queries.loading import IN_BATCHES, OF_ROWS
from tracker.proposals.queries.one import (
    attribution_before,
    first_step_on,
    id_of_code,
    in_full,
    lacking,
    last_step_on,
    link,
    proponent,
)
from tracker.proposals.queries.relations import lineage_of, mergers, relation, relations_of, taken_in
from tracker.proposals.queries.several import (
    WATCHES,
    ProposalFilter,
    asked,
    linked_target_ids,
    links_below,
    links_of_targets,
    matching,
    of_person,
    proposal_choices,
    proposed_by,
    raised_in,
    tally,
    these,
)

__all__ = [
    "IN_BATCHES", "OF_ROWS", "WATCHES", "ProposalFilter", "asked", "attribution_before", "first_step_on",
    "id_of_code", "in_full", "lacking", "last_step_on", "lineage_of", "link", "linked_target_ids", "links_below",
    "links_of_targets", "matching", "mergers", "of_person", "proponent", "proposal_choices", "proposed_by",
    "raised_in", "relation", "relations_of", "taken_in", "tally", "these",
]  # fmt: skip
