from tracker.core.actor import Actor, Role, both


@both
def may_see_state(actor: Actor) -> bool:
    """See version, settings without secrets, and what has to be looked after."""
    return actor.has(Role.ADMIN)
