"""The check that a subject is still open."""

from tracker.actions import commands as actions
from tracker.actions.models import ActionItem
from tracker.core.errors import NotPossible
from tracker.core.wording import lazy_gettext as _l
from tracker.proposals.models import Proposal
from tracker.proposals.rules import OPEN


def ensure_open(subject: ActionItem | Proposal) -> None:
    if isinstance(subject, ActionItem):
        actions.ensure_open(subject)
    elif subject.status not in OPEN:
        raise NotPossible(_l("The proposal is closed."))
