"""Who may edit and merge entries of the registers."""

from collections.abc import Collection, Mapping, Sequence

from tracker.core.actor import Actor, Classification, Role, both


@both
def may_edit(actor: Actor) -> bool:
    """Everybody signed in may read the registers."""
    return actor.has(Role.SECRETARIAT, Role.ADMIN)


@both
def may_merge_persons(
    actor: Actor,
    person_ids: Collection[int],
    clearances: Mapping[int, Sequence[Classification]],
    *,
    is_oneself: bool,
) -> bool:
    """Whether two persons may be merged; `clearances` maps each person with accounts to the accounts' clearances.

    An account sees the meetings its person took part in, so a merge could give somebody access to classified
    meetings. Nobody merges a person who is or was themselves (`is_oneself`, ADR 60). Only an administrator, who links
    accounts with persons anyway, may merge if an account has a clearance above ordinary, or if both have accounts.
    """
    if is_oneself or actor.person_id in person_ids or not may_edit(actor):
        return False
    if actor.has(Role.ADMIN):
        return True
    if len(clearances) > 1:
        return False
    return all(level is Classification.ORDINARY for levels in clearances.values() for level in levels)
