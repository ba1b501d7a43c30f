"""Pages for signing in, one's own account and the list of accounts."""

from tracker.accounts.routes import accounts, own_account, signing_in
from tracker.accounts.routes.blueprint import bp

__all__ = ["accounts", "blueprints", "own_account", "signing_in"]

blueprints = (bp,)
