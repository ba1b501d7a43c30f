"""Who may do what with targets."""

from tracker.core.actor import Actor, Role, both
from tracker.targets.models import Target, TargetDocument
from tracker.targets.rules import TargetKind, TargetState

#: States of a document that only a decision maker brings about.
DECIDED = frozenset({TargetState.ENACTED, TargetState.SUPERSEDED})


@both
def may_edit(actor: Actor) -> bool:
    """Secretariat and decision makers keep the drafts; administrators do not decide content."""
    return actor.has(Role.SECRETARIAT, Role.DECISION_MAKER)


@both
def may_move(actor: Actor, target: Target, document: TargetDocument | None, to: TargetState) -> bool:
    """Only a decision maker enacts or supersedes; the parts of a document move only while it is a draft."""
    if target.kind is TargetKind.DOCUMENT:
        return actor.has(Role.DECISION_MAKER) if to in DECIDED else may_edit(actor)
    return may_edit(actor) and not is_fixed(document)


@both
def may_open_version(actor: Actor, document: TargetDocument) -> bool:
    """A new version begins from an enacted document."""
    return may_edit(actor) and document.state is TargetState.ENACTED


@both
def may_fill_gaps(actor: Actor) -> bool:
    """Put proposals and actions into their registers: the secretariat."""
    return actor.has(Role.SECRETARIAT)


@both
def may_tell_effect(actor: Actor) -> bool:
    """Whether the page offers to record what a proposal did to a target; the proposal's own policy decides."""
    return actor.has(Role.SECRETARIAT, Role.REVIEWER)


def is_fixed(document: TargetDocument | None) -> bool:
    """Whether a document (and all it holds) no longer changes: only drafts are edited."""
    return document is not None and document.state is not TargetState.DRAFT


def takes_actuals(document: TargetDocument | None) -> bool:
    """Whether actual values may still come in: a superseded document stays as it was left."""
    return document is None or document.state is not TargetState.SUPERSEDED
