"""Who may answer a correction.

`had` is what the actor has ever had to do with the row (`audit.queries.parts_of`): nobody judges their own work.
"""

from collections.abc import Set

from tracker.audit.rules import Part
from tracker.core.actor import Actor, Role, both, lent
from tracker.corrections.models import Decidable


@lent
def may_confirm(actor: Actor, thing: Decidable, had: Set[Part]) -> bool:
    """Say that the decision stands: those who decide of such things, never whoever corrected it."""
    return actor.has(thing.judged_by) and not had & thing.not_judged_by


@both
def may_put_back(actor: Actor, thing: Decidable) -> bool:
    """Put back the words that were decided on: the secretariat, who corrects, and those who decide."""
    return actor.has(Role.SECRETARIAT, thing.judged_by)
