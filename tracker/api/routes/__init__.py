"""What programs read and write, one file per resource; the tokens and the specification."""

from tracker.api.routes import (
    actions,
    attachments,
    attendance,
    due_dates,
    follows,
    meetings,
    people,
    proposal_parts,
    proposals,
    reviews,
    search,
    targets,
)
from tracker.api.routes.blueprint import bp
from tracker.api.routes.specification import specification
from tracker.api.routes.tokens import tokens

__all__ = [
    "actions", "attachments", "attendance", "blueprints", "due_dates", "follows", "meetings", "people",
    "proposal_parts", "proposals", "reviews", "search", "targets",
]  # fmt: skip

blueprints = (bp, specification, tokens)
