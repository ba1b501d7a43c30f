"""Who may change the table of days off."""

from tracker.core.actor import Actor, Role, both


@both
def may_edit(actor: Actor) -> bool:
    """Secretariat and administrators keep the table; everybody signed in reads it."""
    return actor.has(Role.SECRETARIAT, Role.ADMIN)
