"""Who may read the audit chain."""

from tracker.core.actor import Actor, Role, both


@both
def may_audit(actor: Actor) -> bool:
    """Auditors and administrators: who did what to which row, and when. What stands in it, `queries.rows` decides."""
    return actor.has(Role.AUDITOR, Role.ADMIN)
