"""Who may do what with accounts."""

from tracker.core.actor import Actor, Role, both


def may_preview(actor: Actor) -> bool:
    """See the pages as another reader: those who keep the record and who give the rights, not from within a preview."""
    return actor.has(Role.SECRETARIAT, Role.ADMIN) and actor.behind is None


@both
def may_manage(actor: Actor) -> bool:
    """See and change all accounts: administrators only."""
    return actor.has(Role.ADMIN)
