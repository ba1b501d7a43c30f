"""The words for the codes of actions, and for what happens to them."""

from tracker.actions.rules import ActionStatus, InstructionType
from tracker.core.wording import Tones, Words
from tracker.core.wording import lazy as _l

A = ActionStatus
WORDS: Words = {
    ActionStatus: {
        A.NOT_STARTED: _l("Not started"),
        A.IN_PROGRESS: _l("In progress"),
        A.AWAITING_VERIFICATION: _l("Awaiting verification"),
        A.COMPLETED: _l("Completed"),
        A.NOT_ACTIONABLE: _l("Cannot be followed up"),
        A.CANCELLED: _l("Cancelled"),
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
TONES: Tones = {
    ActionStatus: {
        A.IN_PROGRESS: "info",
        A.AWAITING_VERIFICATION: "warn",
        A.COMPLETED: "good",
        A.NOT_ACTIONABLE: "bad",
    },
}
EVENTS = {
    "action_item": {
        "assigned": _l("Assigned"),
        "edited": _l("Details changed"),
        "due_date_moved": _l("Due date moved"),
        "progress_reported": _l("Progress reported"),
        "moved_in_progress": _l("In progress"),
        "moved_awaiting_verification": _l("Reported as finished; awaiting verification"),
        "moved_completed": _l("Verified and completed"),
        "moved_not_actionable": _l("Found not possible to follow up"),
        "moved_cancelled": _l("Cancelled"),
    }
}
