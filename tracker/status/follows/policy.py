"""Whose last look is remembered."""

from tracker.actions.models import ActionItem
from tracker.actions.policy import is_own
from tracker.core.actor import Actor, both
from tracker.proposals.models import Proposal
from tracker.proposals.policy import is_proponent
from tracker.status.follows.models import Follow


@both
def is_concerned(actor: Actor, subject: object, follow: Follow | None) -> bool:
    """Whether it is the actor's own, or was ever followed; changes are shown only then."""
    if follow is not None:
        return True
    if isinstance(subject, Proposal):
        return is_proponent(actor, subject)
    return isinstance(subject, ActionItem) and is_own(actor, subject)
