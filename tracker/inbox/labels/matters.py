"""Labels and paths of what waits for the user."""

from tracker.actions.models import ActionItem
from tracker.core.wording import Words
from tracker.core.wording import lazy_gettext as _l
from tracker.inbox.queries import Subject, Waiting
from tracker.inbox.rules import Matter
from tracker.proposals.models import Proposal

WORDS: Words = {
    Matter: {
        Matter.ESCALATION: _l("Escalated to me"),
        Matter.DECISION: _l("Proposals I have to decide"),
        Matter.CORRECTION: _l("Corrected after the decision"),
        Matter.APPROVAL: _l("Minutes to approve"),
        Matter.TARGET_LINK: _l("Links to targets to confirm"),
        Matter.DUE_DATE_REQUEST: _l("Requests for another due date"),
        Matter.VERIFICATION: _l("Finished work to verify"),
        Matter.HAND_OVER: _l("Handed over to me"),
        Matter.ATTRIBUTION: _l("Did you propose this?"),
        Matter.DISPUTE: _l("Disputed attributions to resolve"),
        Matter.RETURNED_MINUTES: _l("Minutes returned for changes"),
        Matter.OVERDUE: _l("My actions that are due or late"),
    }
}
#: Labels of the buttons that lead to the page where the matter is settled.
ACTS = {
    Matter.ESCALATION: _l("Answer it"),
    Matter.DECISION: _l("Decide"),
    Matter.CORRECTION: _l("Confirm or reopen"),
    Matter.APPROVAL: _l("Read and approve"),
    Matter.TARGET_LINK: _l("Confirm or reject"),
    Matter.DUE_DATE_REQUEST: _l("Grant or refuse"),
    Matter.VERIFICATION: _l("Verify"),
    Matter.HAND_OVER: _l("Answer it"),
    Matter.ATTRIBUTION: _l("Confirm or dispute"),
    Matter.DISPUTE: _l("Settle the dispute"),
    Matter.RETURNED_MINUTES: _l("Change and submit again"),
    Matter.OVERDUE: _l("Report progress"),
}
#: Path of the page where it is settled, relative to the page of the subject.
_PATHS = {
    Matter.ESCALATION: "/escalations/{row}/answer",
    Matter.DECISION: "#steps",
    Matter.CORRECTION: "#correction",
    Matter.APPROVAL: "#minutes",
    Matter.TARGET_LINK: "/targets/{row}/settle/confirmed",
    Matter.DUE_DATE_REQUEST: "#requests",
    Matter.VERIFICATION: "/move/completed",
    Matter.HAND_OVER: "/hand-overs/{row}/answer",
    Matter.ATTRIBUTION: "#proponents",
    Matter.DISPUTE: "/proponents/{row}/settle",
    Matter.RETURNED_MINUTES: "#minutes",
    Matter.OVERDUE: "/report",
}
#: By type of the subject; everything else is a meeting.
_FOLDERS: dict[type[Subject], str] = {ActionItem: "actions", Proposal: "proposals"}
_TITLE_COLUMNS: dict[type[Subject], str] = {ActionItem: "text", Proposal: "title"}


def page_of(waiting: Waiting) -> str:
    folder = _FOLDERS.get(type(waiting.subject), "meetings")
    return f"/{folder}/{waiting.subject.id}"


def path_of(waiting: Waiting) -> str:
    return page_of(waiting) + _PATHS[waiting.matter].format(row=waiting.row_id)


def act_of(waiting: Waiting) -> str:
    return str(ACTS[waiting.matter])


def title_of(waiting: Waiting) -> str:
    """Name of the column with the title of its subject, for `in_words`."""
    return _TITLE_COLUMNS.get(type(waiting.subject), "name")
