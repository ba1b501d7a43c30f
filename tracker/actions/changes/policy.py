"""Who may change assigned actions."""

from collections.abc import Collection, Set

from tracker.actions import policy as actions
from tracker.actions.changes.models import BulkChange, Escalation
from tracker.actions.models import ActionItem
from tracker.audit.rules import Part
from tracker.core.actor import Actor, Role, both, lent


@lent
def may_ask(actor: Actor, action: ActionItem) -> bool:
    return actions.may_report(actor, action)


@both
def may_answer(actor: Actor, parts: Set[Part]) -> bool:
    """Answer a request for another due date: neither the requester nor anybody ever in charge may.

    `parts` are all parts that the actor ever had in the action.
    """
    return actions.may_edit(actor) and not parts & actions.NOT_DATED_BY


@both
def may_manage(actor: Actor) -> bool:
    """Reassign, escalate, and change several at once."""
    return actions.may_edit(actor)


@lent
def is_recipient(actor: Actor, escalation: Escalation, posts: Collection[int]) -> bool:
    """Whether it was escalated to the actor as a person or as holder of a post.

    `posts` are the ids of the posts that the actor's person holds today.
    """
    is_person = actor.person_id is not None and escalation.person_id == actor.person_id
    return is_person or escalation.position_id in posts


@lent
def may_answer_escalation(actor: Actor, escalation: Escalation, posts: Collection[int], parts: Set[Part]) -> bool:
    """Recipients answer; others who may escalate can record the answer, except to their own escalation.

    `parts` are all parts that the actor ever had in the escalation (ADR 60).
    """
    return is_recipient(actor, escalation, posts) or (may_manage(actor) and Part.ASKED not in parts)


@lent
def may_settle_escalated(actor: Actor, action: ActionItem) -> bool:
    """Whether whoever may answer the escalation of this action may also reassign or stop it (ADR 123)."""
    may_decide = actor.has(Role.DECISION_MAKER) or may_manage(actor)
    return may_decide and not actions.is_own(actor, action)


@lent
def may_hold(actor: Actor, action: ActionItem) -> bool:
    return actions.may_report(actor, action)


@both
def may_undo(actor: Actor, change: BulkChange) -> bool:
    return actions.may_edit(actor) and change.by_account_id == actor.account_id
