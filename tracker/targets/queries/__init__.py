"""Queries for targets."""

from tracker.targets.queries.cascade import Cascade, Node, TargetFilter, cascade, everything, orphans
from tracker.targets.queries.choices import (
    document_choices,
    every_document_choice,
    name_with_edition,
    objective_choices,
    periods_in_use,
    target_choices,
)
from tracker.targets.queries.detail import (
    below,
    document,
    document_of,
    doubts,
    in_force_instead_of,
    indicator,
    is_superseded,
    parts_of,
    relatives,
    several,
    successor_of,
    successors,
    target,
    value,
    versions_in_force,
)
from tracker.targets.queries.versions import Saying, sayings

__all__ = [
    "Cascade", "Node", "Saying", "TargetFilter", "below", "cascade", "document", "document_choices", "document_of",
    "doubts", "every_document_choice", "everything", "in_force_instead_of", "indicator", "is_superseded",
    "name_with_edition", "objective_choices", "orphans", "parts_of", "periods_in_use", "relatives", "sayings",
    "several", "successor_of", "successors", "target", "target_choices", "value", "versions_in_force",
]  # fmt: skip
