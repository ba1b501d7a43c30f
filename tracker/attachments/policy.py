"""Who may attach and remove files."""

from tracker.actions import policy as actions
from tracker.actions.models import ActionItem
from tracker.attachments.models import Attachment
from tracker.core.actor import Actor, both
from tracker.meetings import policy as meetings
from tracker.meetings.models import Meeting
from tracker.proposals import policy as proposals
from tracker.proposals.models import Proposal


@both
def may_attach(actor: Actor, parent: Meeting | Proposal | ActionItem) -> bool:
    """The secretariat; for an action also those who report on it. Approved minutes still accept scans."""
    if isinstance(parent, ActionItem):
        return actions.may_report(actor, parent)
    return meetings.may_log(actor) if isinstance(parent, Meeting) else proposals.may_edit(actor)


@both
def may_remove(actor: Actor, attachment: Attachment) -> bool:
    is_own = attachment.added_by_id is not None and attachment.added_by_id == actor.account_id
    return is_own or meetings.may_log(actor)
