"""Who may do what with answers. Source: domain.md 7.2."""

from tracker.core.actor import Actor, Role


def may_set_thresholds(actor: Actor) -> bool:
    """Say when silence is too long."""
    return actor.has(Role.ADMIN, Role.REVIEWER)


def may_attach_origin(actor: Actor) -> bool:
    """Attach the meeting that relayed words come from; the words themselves stay closed."""
    return actor.has(Role.SECRETARIAT)
