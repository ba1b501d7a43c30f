"""Who may replace the Word template."""

from tracker.core.actor import Actor, Role


def may_replace_template(actor: Actor) -> bool:
    """Administrators; what it prints is the office's word."""
    return actor.has(Role.ADMIN)
