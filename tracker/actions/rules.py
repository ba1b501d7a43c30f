"""Status transitions and lateness of follow-up actions. Pure."""

from collections.abc import Container
from datetime import date
from enum import StrEnum

from tracker.calendar.holidays.rules import add_working_days
from tracker.proposals.rules import NotActionableReason


class ActionStatus(StrEnum):
    """BPK's groups in reports: completed = 1, in progress and awaiting = 2, not started = 3, not actionable = 4."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    AWAITING_VERIFICATION = "awaiting_verification"
    COMPLETED = "completed"
    NOT_ACTIONABLE = "not_actionable"
    CANCELLED = "cancelled"


A = ActionStatus

#: Allowed transitions by current status.
NEXT: dict[ActionStatus, frozenset[ActionStatus]] = {
    A.NOT_STARTED: frozenset({A.IN_PROGRESS, A.AWAITING_VERIFICATION, A.NOT_ACTIONABLE, A.CANCELLED}),
    A.IN_PROGRESS: frozenset({A.AWAITING_VERIFICATION, A.NOT_ACTIONABLE, A.CANCELLED}),
    A.AWAITING_VERIFICATION: frozenset({A.COMPLETED, A.IN_PROGRESS, A.NOT_ACTIONABLE, A.CANCELLED}),
    A.COMPLETED: frozenset({A.IN_PROGRESS}),
    A.NOT_ACTIONABLE: frozenset(),
    A.CANCELLED: frozenset(),
}
CLOSED = frozenset({A.COMPLETED, A.NOT_ACTIONABLE, A.CANCELLED})
OPEN = frozenset(ActionStatus) - CLOSED
GIVEN_UP = frozenset({A.NOT_ACTIONABLE, A.CANCELLED})

#: Default number of working days ahead that count as due soon, and the maximum (about a quarter).
DUE_SOON_WORKING_DAYS = 5
MAX_DUE_SOON = 60


class InstructionType(StrEnum):
    """The instructions of a disposition sheet (isi disposisi, ANRI)."""

    COMPLETE = "complete"
    ADVISE = "advise"
    COORDINATE = "coordinate"
    STUDY = "study"
    REPRESENT = "represent"
    MONITOR = "monitor"
    NOTE = "note"
    FILE = "file"


class HoldKind(StrEnum):
    """Why an open action is on hold. Independent of status: it can also be blocked before it starts."""

    BLOCKED = "blocked"
    WAITING_OUTSIDE = "waiting_outside"


def can_move(before: ActionStatus, after: ActionStatus) -> bool:
    return after in NEXT[before]


def needs_reason(before: ActionStatus, after: ActionStatus, code: NotActionableReason | None = None) -> bool:
    """Giving up, reopening and sending back need a reason as text; a reason code other than «other» is enough."""
    return (after in GIVEN_UP and code in {None, NotActionableReason.OTHER}) or reopens(before, after)


def reopens(before: str | None, after: str | None) -> bool:
    """Whether a report that it is finished is not, or no longer, accepted."""
    return before in {A.COMPLETED, A.AWAITING_VERIFICATION} and after == A.IN_PROGRESS


def days_late(status: ActionStatus, due_on: date | None, today: date) -> int:
    """Days since the due day ended; `today` is the day in the unit that owes it. 0 unless it is open and overdue."""
    return max((today - due_on).days, 0) if status in OPEN and due_on else 0


def soon_until(today: date, working_days: int, days_off: Container[date]) -> date:
    """The last day that counts as due soon: `working_days` from today, skipping `days_off`."""
    return add_working_days(today, working_days, days_off)


def is_due_soon(status: ActionStatus, due_on: date | None, today: date, until: date) -> bool:
    return status in OPEN and due_on is not None and today <= due_on <= until
