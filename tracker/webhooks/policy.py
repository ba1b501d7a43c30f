from tracker.core.actor import Actor, Role, both


@both
def may_have_endpoints(actor: Actor) -> bool:
    """Let the tracker tell another program what happens. Asked when an endpoint is made, and with each delivery."""
    return actor.has(Role.ADMIN)
