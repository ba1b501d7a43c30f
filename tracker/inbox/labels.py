"""The words for what waits, and where each is settled."""

from tracker.actions.models import ActionItem
from tracker.core.wording import Tones, Words
from tracker.core.wording import lazy as _l
from tracker.inbox.queries import Thing, Waiting
from tracker.inbox.rules import Matter
from tracker.proposals.models import Proposal

WORDS: Words = {
    Matter: {
        Matter.ESCALATION: _l("Escalated to me"),
        Matter.DECISION: _l("Proposals I have to decide"),
        Matter.CORRECTION: _l("Corrected after the decision"),
        Matter.APPROVAL: _l("Minutes to approve"),
        Matter.DUE_DATE_REQUEST: _l("Requests for another due date"),
        Matter.VERIFICATION: _l("Finished work to verify"),
        Matter.HAND_OVER: _l("Handed over to me"),
        Matter.ATTRIBUTION: _l("Did you propose this?"),
        Matter.DISPUTE: _l("Disputed attributions to resolve"),
        Matter.RETURNED_MINUTES: _l("Minutes returned for changes"),
        Matter.OVERDUE: _l("My actions that are due or late"),
    }
}
TONES: Tones = {}
#: What the button says that leads to where it is settled.
ACTS = {
    Matter.ESCALATION: _l("Answer it"),
    Matter.DECISION: _l("Decide"),
    Matter.CORRECTION: _l("Confirm or reopen"),
    Matter.APPROVAL: _l("Read and approve"),
    Matter.DUE_DATE_REQUEST: _l("Grant or refuse"),
    Matter.VERIFICATION: _l("Verify"),
    Matter.HAND_OVER: _l("Answer it"),
    Matter.ATTRIBUTION: _l("Confirm or dispute"),
    Matter.DISPUTE: _l("Settle the dispute"),
    Matter.RETURNED_MINUTES: _l("Change and submit again"),
    Matter.OVERDUE: _l("Report progress"),
}
#: The page on which it is settled; the thing's own page comes before it.
_PATHS = {
    Matter.ESCALATION: "/escalations/{row}/answer",
    Matter.DECISION: "#steps",
    Matter.CORRECTION: "#correction",
    Matter.APPROVAL: "#minutes",
    Matter.DUE_DATE_REQUEST: "#requests",
    Matter.VERIFICATION: "/move/completed",
    Matter.HAND_OVER: "/hand-overs/{row}/answer",
    Matter.ATTRIBUTION: "#proponents",
    Matter.DISPUTE: "/proponents/{row}/settle",
    Matter.RETURNED_MINUTES: "#minutes",
    Matter.OVERDUE: "/report",
}
#: By the kind of what it is about; all else is a meeting.
_FOLDERS: dict[type[Thing], str] = {ActionItem: "actions", Proposal: "proposals"}
_WORDS_OF: dict[type[Thing], str] = {ActionItem: "text", Proposal: "title"}


def page_of(one: Waiting) -> str:
    """The path of the page of what it is about, on the site and in mails."""
    folder = _FOLDERS.get(type(one.thing), "meetings")
    return f"/{folder}/{one.thing.id}"


def path_of(one: Waiting) -> str:
    """The path where it is settled."""
    return page_of(one) + _PATHS[one.matter].format(row=one.row_id)


def act_of(one: Waiting) -> str:
    """What is done there."""
    return str(ACTS[one.matter])


def title_of(one: Waiting) -> str:
    """The name of the column of words of what it is about, for `in_words`."""
    return _WORDS_OF.get(type(one.thing), "name")
