"""Who may read the audit chain."""

from tracker.core.actor import Actor, Role, both


@both
def may_audit(actor: Actor) -> bool:
    """Auditors and administrators: who did what to which row, and when; never what stands in it."""
    return actor.has(Role.AUDITOR, Role.ADMIN)
