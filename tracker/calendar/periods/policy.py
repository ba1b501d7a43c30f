"""Who may do what with period schemes."""

from tracker.core.actor import Actor, Role, both


@both
def may_edit(actor: Actor) -> bool:
    """The ways to cut the year are the administrator's."""
    return actor.has(Role.ADMIN)
