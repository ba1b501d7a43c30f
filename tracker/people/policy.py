"""Who may keep the registers of people and the organisation."""

from tracker.core.actor import Actor, Role


def may_edit(actor: Actor) -> bool:
    """Secretariat and administrators keep the registers; everybody signed in reads them."""
    return actor.has(Role.SECRETARIAT, Role.ADMIN)
