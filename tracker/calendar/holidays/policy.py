"""Who may edit holidays."""

from tracker.core.actor import Actor, Role, both


@both
def may_edit(actor: Actor) -> bool:
    """Everybody signed in may read them."""
    return actor.has(Role.SECRETARIAT, Role.ADMIN)
