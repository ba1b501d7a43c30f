"""Who may replace the Word template and change the letterhead."""

from tracker.core.actor import Actor, Role, both


@both
def may_replace_template(actor: Actor) -> bool:
    """Administrators; what it prints is the office's word."""
    return actor.has(Role.ADMIN)


@both
def may_change_letterhead(actor: Actor) -> bool:
    """Administrators, for the same reason."""
    return actor.has(Role.ADMIN)
