"""Who may change which words mean the same."""

from tracker.core.actor import Actor, Role, both


@both
def may_edit_synonyms(actor: Actor) -> bool:
    """Secretariat and administrators keep the list; everybody's search uses it."""
    return actor.has(Role.SECRETARIAT, Role.ADMIN)
