"""What actions count for: the figures of units."""

from sqlalchemy import and_, func

from tracker.actions.models import ActionItem
from tracker.actions.rules import OPEN, ActionStatus
from tracker.core.actor import Classification
from tracker.core.tallies import Tallied, counted, month, register, year

#: Unfinished actions of a unit, by the year in which they are due.
UNIT_DUE = "unit.due"
#: By the month; and by the year and the month that were promised first.
UNIT_DUE_IN_MONTH = "unit.due_in_month"
UNIT_FIRST_DUE, UNIT_FIRST_DUE_IN_MONTH = "unit.first_due", "unit.first_in_month"
#: Completed actions of a unit that had a due date, or met it; and a first promise, or met it.
UNIT_DONE, UNIT_MET, UNIT_FIRST_DONE, UNIT_FIRST_MET = "unit.done", "unit.met", "unit.first_done", "unit.first_met"

_ACTION = ActionItem.__table__.c
_IS_OPEN = _ACTION.status.in_(sorted(OPEN))
_IS_DONE = _ACTION.status == ActionStatus.COMPLETED
_UNIT = func.coalesce(_ACTION.responsible_unit_id, 0)
_OF_UNITS = (
    (UNIT_DUE, _IS_OPEN, year(_ACTION.due_on)),
    (UNIT_DUE_IN_MONTH, and_(_IS_OPEN, _ACTION.due_on.is_not(None)), month(_ACTION.due_on)),
    (UNIT_FIRST_DUE, and_(_IS_OPEN, _ACTION.original_due_on.is_not(None)), year(_ACTION.original_due_on)),
    (UNIT_FIRST_DUE_IN_MONTH, and_(_IS_OPEN, _ACTION.original_due_on.is_not(None)), month(_ACTION.original_due_on)),
    (UNIT_DONE, and_(_IS_DONE, _ACTION.due_on.is_not(None)), ""),
    (UNIT_MET, and_(_IS_DONE, _ACTION.closed_on <= _ACTION.due_on), ""),
    (UNIT_FIRST_DONE, and_(_IS_DONE, _ACTION.original_due_on.is_not(None)), ""),
    (UNIT_FIRST_MET, and_(_IS_DONE, _ACTION.closed_on <= _ACTION.original_due_on), ""),
)
register(
    Tallied(
        ActionItem,
        {ActionItem: "id"},
        [
            counted(_ACTION.id, kind, bucket, _UNIT).where(criterion, _ACTION.classification == Classification.ORDINARY)
            for kind, criterion, bucket in _OF_UNITS
        ],
    )
)
