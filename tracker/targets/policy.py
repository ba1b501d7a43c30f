"""Who may do what with targets."""

from tracker.core.actor import Actor, Role, both
from tracker.targets.models import Target, TargetDocument
from tracker.targets.rules import TargetKind, TargetState

#: States of a document that only a decision maker can set.
DECIDED = frozenset({TargetState.ENACTED, TargetState.SUPERSEDED})


@both
def may_edit(actor: Actor) -> bool:
    """Administrators do not decide content."""
    return actor.has(Role.SECRETARIAT, Role.DECISION_MAKER)


@both
def may_move(actor: Actor, target: Target, document: TargetDocument | None, to: TargetState) -> bool:
    """Only a decision maker enacts or supersedes; parts of a document change state only while it is a draft."""
    if target.kind is TargetKind.DOCUMENT:
        return actor.has(Role.DECISION_MAKER) if to in DECIDED else may_edit(actor)
    return may_edit(actor) and not is_fixed(document)


@both
def may_open_version(actor: Actor, document: TargetDocument) -> bool:
    return may_edit(actor) and document.state is TargetState.ENACTED


@both
def may_fill_gaps(actor: Actor) -> bool:
    return actor.has(Role.SECRETARIAT)


@both
def may_record_effect(actor: Actor) -> bool:
    """Whether the page offers to record the effect of a proposal; the policy of the proposal decides."""
    return actor.has(Role.SECRETARIAT, Role.REVIEWER)


def is_fixed(document: TargetDocument | None) -> bool:
    return document is not None and document.state is not TargetState.DRAFT


def takes_actuals(document: TargetDocument | None) -> bool:
    """Whether actual values can still be recorded; not in a superseded document."""
    return document is None or document.state is not TargetState.SUPERSEDED
