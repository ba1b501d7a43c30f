from tracker.core.actor import Actor, Role, both


@both
def may_audit(actor: Actor) -> bool:
    """Read who did what to which row, and when. `queries.rows` decides which values are shown."""
    return actor.has(Role.AUDITOR, Role.ADMIN)
