"""Who may replace the Word template and change the letterhead."""

from tracker.core.actor import Actor, Role, both


@both
def may_replace_template(actor: Actor) -> bool:
    """Administrators, because documents speak for the office."""
    return actor.has(Role.ADMIN)


@both
def may_change_letterhead(actor: Actor) -> bool:
    """Administrators, as for the template."""
    return actor.has(Role.ADMIN)
