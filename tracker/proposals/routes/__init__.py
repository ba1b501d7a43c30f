"""Pages of proposals, one file per purpose."""

from tracker.proposals.routes import links, proponents, proposal, recording, relations
from tracker.proposals.routes.blueprint import bp

__all__ = ["blueprints", "links", "proponents", "proposal", "recording", "relations"]

blueprints = (bp,)
