from tracker.core.actor import Actor, Role, both


@both
def may_share(actor: Actor) -> bool:
    return actor.has(Role.SECRETARIAT)
