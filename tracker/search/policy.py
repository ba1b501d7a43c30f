"""Who may edit synonyms."""

from tracker.core.actor import Actor, Role, both


@both
def may_edit_synonyms(actor: Actor) -> bool:
    return actor.has(Role.SECRETARIAT, Role.ADMIN)
