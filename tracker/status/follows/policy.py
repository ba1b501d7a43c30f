"""For whom it is kept when they last looked."""

from tracker.actions.models import ActionItem
from tracker.actions.policy import is_own
from tracker.core.actor import Actor, both
from tracker.proposals.models import Proposal
from tracker.proposals.policy import is_proponent
from tracker.status.follows.models import Follow


@both
def is_concerned(actor: Actor, thing: object, kept: Follow | None) -> bool:
    """Whether it is the actor's own, or was followed: then what changed is told."""
    if kept is not None:
        return True
    if isinstance(thing, Proposal):
        return is_proponent(actor, thing)
    return isinstance(thing, ActionItem) and is_own(actor, thing)
