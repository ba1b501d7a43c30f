"""Who may do what with accounts."""

from collections.abc import Collection

from tracker.accounts.rules import Standing
from tracker.core.actor import Actor, Role, both


def may_preview(actor: Actor) -> bool:
    """See the pages as another reader: those who keep the record and who give the rights, not from within a preview."""
    return actor.has(Role.SECRETARIAT, Role.ADMIN) and actor.behind is None


@both
def may_manage(actor: Actor) -> bool:
    """See and change all accounts: administrators only."""
    return actor.has(Role.ADMIN)


def may_store(before: Standing, after: Standing) -> bool:
    """Store what changes one's own standing from one to the other: nobody gives rights to themselves (ADR 60)."""
    return not after.exceeds(before)


@both
def may_open_way(actor: Actor, account_id: int, roles: Collection[Role]) -> bool:
    """Set the password and addresses of an account, or make a link for it: one's own, or that of no administrator.

    Whoever could would sign in as a second one. Its owner asks for a link by mail, or the command line makes one.
    """
    return actor.account_id == account_id or (may_manage(actor) and Role.ADMIN not in roles)
