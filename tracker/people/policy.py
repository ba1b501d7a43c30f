"""Who may keep the registers of people and the organisation."""

from collections.abc import Collection, Mapping, Sequence

from tracker.core.actor import Actor, Classification, Role, both


@both
def may_edit(actor: Actor) -> bool:
    """Secretariat and administrators keep the registers; everybody signed in reads them."""
    return actor.has(Role.SECRETARIAT, Role.ADMIN)


@both
def may_merge_persons(
    actor: Actor, person_ids: Collection[int], clearances: Mapping[int, Sequence[Classification]]
) -> bool:
    """Who may make one of two persons; `clearances` are those of the accounts of each.

    An account knows of what its person took part in. So that nobody gains sight of something secret by merging, an
    administrator, who links accounts with persons anyway, decides where an account is cleared for more than ordinary
    matters, where both persons have accounts, and where the actor is one of them.
    """
    if actor.has(Role.ADMIN):
        return True
    if not may_edit(actor) or actor.person_id in person_ids or len(clearances) > 1:
        return False
    return all(level is Classification.ORDINARY for levels in clearances.values() for level in levels)
