"""Who may log and edit meetings."""

from tracker.core.actor import Actor, Role, both


@both
def may_log(actor: Actor) -> bool:
    """The secretariat. Everybody signed in may read what is visible to them."""
    return actor.has(Role.SECRETARIAT)
