"""Who may edit holidays."""

from tracker.core.actor import Actor, Role, both


@both
def may_edit(actor: Actor) -> bool:
    return actor.has(Role.SECRETARIAT, Role.ADMIN)
