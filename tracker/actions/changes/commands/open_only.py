"""The check that a subject is still open."""

from tracker.actions import rules
from tracker.actions.models import ActionItem
from tracker.core.errors import NotPossible
from tracker.core.wording import lazy as _l
from tracker.proposals.models import Proposal
from tracker.proposals.rules import OPEN


def ensure_open(subject: ActionItem | Proposal) -> None:
    if isinstance(subject, Proposal):
        if subject.status not in OPEN:
            raise NotPossible(_l("The proposal is closed."))
    elif subject.status not in rules.OPEN:
        raise NotPossible(_l("The action is closed."))
