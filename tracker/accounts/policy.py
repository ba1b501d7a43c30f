from collections.abc import Collection

from tracker.accounts.rules import Entitlements
from tracker.core.actor import Actor, Role, both


def may_preview(actor: Actor) -> bool:
    """See the pages as another reader. Not from within a preview."""
    return actor.has(Role.SECRETARIAT, Role.ADMIN) and actor.behind is None


@both
def may_manage(actor: Actor) -> bool:
    return actor.has(Role.ADMIN)


def may_store(before: Entitlements, after: Entitlements) -> bool:
    """Nobody gives rights to themselves (ADR 60)."""
    return not after.exceeds(before)


@both
def may_manage_credentials(actor: Actor, account_id: int, roles: Collection[Role]) -> bool:
    """Set the password and addresses of an account, or make a link for it.

    Not for other administrators: it would let one sign in as a second administrator. Its owner requests a link by mail,
    or gets one from the command line.
    """
    return actor.account_id == account_id or (may_manage(actor) and Role.ADMIN not in roles)
