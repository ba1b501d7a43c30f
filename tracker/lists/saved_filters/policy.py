"""Who may do what with saved views. Everybody keeps their own."""

from tracker.core.actor import Actor, Role, both


@both
def may_share(actor: Actor) -> bool:
    """The secretariat shows its views to everybody."""
    return actor.has(Role.SECRETARIAT)
