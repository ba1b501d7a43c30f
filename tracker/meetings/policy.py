"""Who may do what with meetings."""

from tracker.core.actor import Actor, Role, both


@both
def may_log(actor: Actor) -> bool:
    """The secretariat logs and edits meetings; everyone signed in reads what is open to them."""
    return actor.has(Role.SECRETARIAT)
