"""Who may do what with targets."""

from tracker.core.actor import Actor, Role
from tracker.targets.models import Target, TargetDocument
from tracker.targets.rules import TargetKind, TargetState

#: States in which a target's own numbers and words no longer change.
FIXED = frozenset({TargetState.ENACTED, TargetState.SUPERSEDED})


def may_edit(actor: Actor) -> bool:
    """Secretariat and decision makers keep the drafts; administrators do not decide content."""
    return actor.has(Role.SECRETARIAT, Role.DECISION_MAKER)


def may_move(actor: Actor, target: Target, to: TargetState) -> bool:
    """Only a decision maker enacts or supersedes; the rest is the keepers' work."""
    if target.kind is TargetKind.DOCUMENT and to in FIXED:
        return actor.has(Role.DECISION_MAKER)
    return may_edit(actor)


def is_fixed(target: Target, document: TargetDocument | None) -> bool:
    """Whether the target belongs to a document that is enacted: then only a new edition changes it."""
    return target.state in FIXED or (document is not None and document.state in FIXED)
