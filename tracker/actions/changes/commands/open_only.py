"""Only what is still to be done can be steered."""

from tracker.actions import rules
from tracker.actions.models import ActionItem
from tracker.core.errors import NotPossible
from tracker.core.wording import lazy as _l
from tracker.proposals.models import Proposal
from tracker.proposals.rules import OPEN


def refuse_closed(thing: ActionItem | Proposal) -> None:
    """Refuse what would change a closed action or proposal."""
    if isinstance(thing, Proposal):
        if thing.status not in OPEN:
            raise NotPossible(_l("The proposal is closed."))
    elif thing.status not in rules.OPEN:
        raise NotPossible(_l("The action is closed."))
