"""Who may do what with accounts."""

from tracker.core.actor import Actor, Role


def may_manage(actor: Actor) -> bool:
    """See and change all accounts: administrators only."""
    return actor.has(Role.ADMIN)
