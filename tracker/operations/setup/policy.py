from tracker.core.actor import Actor, Role, both


@both
def may_set_up(actor: Actor) -> bool:
    """Change the settings of the office."""
    return actor.has(Role.ADMIN)
