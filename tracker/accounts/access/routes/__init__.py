"""Pages for links, invitations, the second step and the office sign-in."""

from tracker.accounts.access.routes import invitations, links, office_sign_in, second_step
from tracker.accounts.access.routes.blueprint import bp

__all__ = ["blueprints", "invitations", "links", "office_sign_in", "second_step"]

blueprints = (bp,)
