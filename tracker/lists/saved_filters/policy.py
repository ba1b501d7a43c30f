from tracker.core.actor import Actor, Role, both


@both
def may_share(actor: Actor) -> bool:
    """Share a view with everybody."""
    return actor.has(Role.SECRETARIAT)
