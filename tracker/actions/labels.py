"""Labels of actions and their events."""

from tracker.actions.rules import ActionStatus, HoldKind, InstructionType
from tracker.core.wording import Shape, Shapes, Words
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
