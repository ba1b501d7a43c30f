"""Queries for follow-up actions, one file per purpose."""

from tracker.actions.queries.calendar import (
    SHOWN_A_DAY,
    SHOWN_A_DAY_IN_WEEKS,
    DueDay,
    due_by_day,
    open_by_week,
    overdue,
)
from tracker.actions.queries.detail import (
    OF_ROWS,
    assignment,
    has_evidence,
    id_of_code,
    in_full,
    proposal_or_action,
    sent_back,
)
from tracker.actions.queries.figures import (
    Gaps,
    OnTime,
    ServingTarget,
    UnitFigures,
    UnitTree,
    by_unit,
    count_by_target,
    gaps,
    unit_tree,
)
from tracker.actions.queries.lists import (
    of_meeting,
    of_meeting_and_later,
    of_pic,
    of_proposals,
    of_proposals_and_statements,
    open_of,
)
from tracker.actions.queries.matrix import (
    ORDERS,
    WATCHES,
    ActionFilter,
    filtered,
    has_any,
    matching,
    matching_open,
    setting,
    soon_until,
)

__all__ = [
    "OF_ROWS", "ORDERS", "SHOWN_A_DAY", "SHOWN_A_DAY_IN_WEEKS", "WATCHES", "ActionFilter", "DueDay", "Gaps", "OnTime",
    "ServingTarget", "UnitFigures", "UnitTree", "assignment", "by_unit", "count_by_target", "due_by_day", "filtered",
    "gaps", "has_any", "has_evidence", "id_of_code", "in_full", "matching", "matching_open", "of_meeting",
    "of_meeting_and_later", "of_pic", "of_proposals", "of_proposals_and_statements", "open_by_week", "open_of",
    "overdue", "proposal_or_action", "sent_back", "setting", "soon_until", "unit_tree",
]  # fmt: skip
