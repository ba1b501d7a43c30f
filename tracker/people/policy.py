"""Who may edit and merge entries of the registers."""

from collections.abc import Collection, Mapping, Sequence

from tracker.core.actor import Actor, Classification, Role, both


@both
def may_edit(actor: Actor) -> bool:
    """Everybody signed in may read the registers."""
    return actor.has(Role.SECRETARIAT, Role.ADMIN)


@both
def may_merge_persons(
    actor: Actor, person_ids: Collection[int], clearances: Mapping[int, Sequence[Classification]]
) -> bool:
    """Whether two persons may be merged; `clearances` maps each person with accounts to the accounts' clearances.

    An account sees the meetings its person took part in, so a merge could give somebody access to classified
    meetings. Only an administrator, who links accounts with persons anyway, may merge if an account has a clearance
    above ordinary, if both persons have accounts, or if the actor is one of them.
    """
    if actor.has(Role.ADMIN):
        return True
    if not may_edit(actor) or actor.person_id in person_ids or len(clearances) > 1:
        return False
    return all(level is Classification.ORDINARY for levels in clearances.values() for level in levels)
