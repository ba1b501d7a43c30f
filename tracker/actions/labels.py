"""Labels of actions and their events, and an action as an entry for a calendar."""

from datetime import datetime
from urllib.parse import urlsplit

from tracker.actions.models import ActionItem
from tracker.actions.rules import ActionStatus, HoldKind, InstructionType
from tracker.calendar.formats import Entry, EntryStatus, Task, TaskStatus
from tracker.core.actor import Classification
from tracker.core.texts import shortened
from tracker.core.wording import Shape, Shapes, Words, gettext, in_words, label
from tracker.core.wording import lazy_gettext as _l

A = ActionStatus
STEPS: Words = {
    ActionStatus: {
        A.NOT_STARTED: _l("Mark as not started"),
        A.IN_PROGRESS: _l("Mark as in progress"),
        A.AWAITING_VERIFICATION: _l("Request verification"),
        A.COMPLETED: _l("Mark as completed"),
        A.NOT_ACTIONABLE: _l("Declare impossible to follow up"),
        A.CANCELLED: _l("Cancel the action"),
    },
}
WORDS: Words = {
    ActionStatus: {
        A.NOT_STARTED: _l("Not started"),
        A.IN_PROGRESS: _l("In progress"),
        A.AWAITING_VERIFICATION: _l("Awaiting verification"),
        A.COMPLETED: _l("Completed"),
        A.NOT_ACTIONABLE: _l("Cannot be followed up"),
        A.CANCELLED: _l("Cancelled"),
    },
    HoldKind: {
        HoldKind.BLOCKED: _l("Blocked"),
        HoldKind.WAITING_OUTSIDE: _l("Waiting for an outside party"),
    },
    InstructionType: {
        InstructionType.COMPLETE: _l("Complete / follow up"),
        InstructionType.ADVISE: _l("Advise"),
        InstructionType.COORDINATE: _l("Coordinate"),
        InstructionType.STUDY: _l("Study"),
        InstructionType.REPRESENT: _l("Represent / attend"),
        InstructionType.MONITOR: _l("Monitor"),
        InstructionType.NOTE: _l("Take note"),
        InstructionType.FILE: _l("File"),
    },
}
SHAPES: Shapes = {
    HoldKind: dict.fromkeys(HoldKind, Shape.PAUSE),
    ActionStatus: {
        A.NOT_STARTED: Shape.OPEN,
        A.IN_PROGRESS: Shape.RUN,
        A.AWAITING_VERIFICATION: Shape.WAIT,
        A.COMPLETED: Shape.DONE,
        A.NOT_ACTIONABLE: Shape.ENDED,
        A.CANCELLED: Shape.ENDED,
    },
}

EVENTS = {
    "action_setting": {"due_soon_changed": _l("Length of “due soon” changed")},
    "action_item": {
        "assigned": _l("Assigned"),
        "edited": _l("Details changed"),
        "due_date_moved": _l("Due date moved"),
        "progress_reported": _l("Progress reported"),
        "moved_in_progress": _l("In progress"),
        "moved_awaiting_verification": _l("Reported as finished; awaiting verification"),
        "moved_completed": _l("Verified and completed"),
        "moved_not_actionable": _l("Declared impossible to follow up"),
        "moved_cancelled": _l("Cancelled"),
    },
}
#: Characters of the text in the title of an entry; its page has all of it.
LONGEST_TITLE = 120
_TASK_STATUS = {
    A.NOT_STARTED: TaskStatus.NEEDS_ACTION,
    A.IN_PROGRESS: TaskStatus.IN_PROCESS,
    A.AWAITING_VERIFICATION: TaskStatus.IN_PROCESS,
    A.COMPLETED: TaskStatus.COMPLETED,
    A.NOT_ACTIONABLE: TaskStatus.CANCELLED,
    A.CANCELLED: TaskStatus.CANCELLED,
}


def calendar_task(action: ActionItem, address: str, modified_at: datetime) -> Task:
    """`address`: of its page, in full. The text of what is classified is left out: calendars are kept by others."""
    is_done = action.status is A.COMPLETED
    return Task(
        uid=f"action-{action.id}@{urlsplit(address).hostname}",
        sequence=action.version,
        stamp=modified_at,
        modified_at=modified_at,
        summary=_title(action),
        description=_description(action, address),
        address=address,
        is_confidential=_is_classified(action),
        due_on=action.due_on,
        status=_TASK_STATUS[action.status],
        completed_at=action.verified_at if is_done else None,
        percent=100 if is_done else action.percent,
    )


def calendar_day(action: ActionItem, address: str, modified_at: datetime) -> Entry | None:
    """Its due date as a whole day, for programs that show no tasks; None without one."""
    if action.due_on is None:
        return None
    return Entry(
        uid=f"due-{action.id}@{urlsplit(address).hostname}",
        sequence=action.version,
        stamp=modified_at,
        modified_at=modified_at,
        summary=gettext("Due: %(action)s", action=_title(action)),
        description=_description(action, address),
        address=address,
        is_confidential=_is_classified(action),
        first_day=action.due_on,
        last_day=action.due_on,
        status=EntryStatus.CANCELLED if _TASK_STATUS[action.status] is TaskStatus.CANCELLED else EntryStatus.CONFIRMED,
        is_free=True,
    )


def _is_classified(action: ActionItem) -> bool:
    return action.classification is not Classification.ORDINARY


def _title(action: ActionItem) -> str:
    words = in_words(action, "text")
    return gettext("Classified follow-up") if _is_classified(action) else shortened(words, LONGEST_TITLE)


def _description(action: ActionItem, address: str) -> str:
    level = [label(action.classification)] if _is_classified(action) else []
    return "\n".join([action.code, label(action.status), *level, address])
