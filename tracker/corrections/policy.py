"""Who may answer a correction.

`parts` are all parts that the actor ever had in the row (`audit.queries.parts_of`): nobody judges their own work.
"""

from collections.abc import Set

from tracker.audit.rules import Part
from tracker.core.actor import Actor, Role, both, lent
from tracker.corrections.models import Decidable


@lent
def may_confirm(actor: Actor, subject: Decidable, parts: Set[Part]) -> bool:
    """Confirm that the decision remains valid; never whoever made the correction."""
    return actor.has(subject.judged_by) and not parts & subject.not_judged_by


@both
def may_put_back(actor: Actor, subject: Decidable) -> bool:
    return actor.has(Role.SECRETARIAT, subject.judged_by)
