"""Who may do what with the outbox."""

from tracker.core.actor import Actor, Role, both


@both
def may_manage(actor: Actor) -> bool:
    """See what was sent to whom, and bring back what was given up: administrators. Never what a mail said."""
    return actor.has(Role.ADMIN)
