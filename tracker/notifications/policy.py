from tracker.core.actor import Actor, Role, both


@both
def may_manage(actor: Actor) -> bool:
    """See what kind of mail was sent to whom, and retry failed ones. Never the text of a mail."""
    return actor.has(Role.ADMIN)
