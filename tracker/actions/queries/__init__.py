"""Questions about follow-up actions; one file for each kind of question."""

from tracker.actions.queries.calendar import DueDay, due_by_day
from tracker.actions.queries.figures import Charges, Gaps, OnTime, UnitFigures, by_unit, charges, gaps
from tracker.actions.queries.matrix import WATCHES, ActionFilter, asked, fitting, matching, setting, soon_until
from tracker.actions.queries.one import charge, has_evidence, id_of_code, in_full
from tracker.actions.queries.several import (
    count_for_proposal,
    of_meeting,
    of_meeting_and_later,
    of_pic,
    of_proposals,
    of_proposals_and_statements,
    open_of,
    overdue,
)

__all__ = [
    "WATCHES", "ActionFilter", "Charges", "DueDay", "Gaps", "OnTime", "UnitFigures", "asked", "by_unit", "charge",
    "charges",
    "count_for_proposal", "due_by_day", "fitting", "gaps", "has_evidence", "id_of_code", "in_full", "matching",
    "of_meeting", "of_meeting_and_later", "of_pic", "of_proposals", "of_proposals_and_statements", "open_of", "overdue",
    "setting", "soon_until",
]  # fmt: skip
