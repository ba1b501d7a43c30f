"""Who may steer actions. Source: domain.md 7.2."""

from collections.abc import Collection, Set

from tracker.actions import policy as actions
from tracker.actions.changes.models import BulkChange, Escalation
from tracker.actions.models import ActionItem
from tracker.audit.rules import Part
from tracker.core.actor import Actor, both, lent


@lent
def may_ask(actor: Actor, action: ActionItem) -> bool:
    """Whoever may report on it may ask for another date."""
    return actions.may_report(actor, action)


@both
def may_answer(actor: Actor, had: Set[Part]) -> bool:
    """Whoever may move due dates, but not their own; `had` is what the actor ever had to do with the action."""
    return actions.may_answer(actor, had)


@both
def may_steer(actor: Actor) -> bool:
    """Reassign, escalate, and change several at once."""
    return actions.may_edit(actor)


@lent
def is_asked(actor: Actor, escalation: Escalation, posts: Collection[int]) -> bool:
    """Whether it was brought before the actor: the person, or the holder of the post.

    `posts` are those that the actor's person holds today.
    """
    is_person = actor.person_id is not None and escalation.person_id == actor.person_id
    return is_person or escalation.position_id in posts


@lent
def may_answer_escalation(actor: Actor, escalation: Escalation, posts: Collection[int], had: Set[Part]) -> bool:
    """Those it was brought before answer; those who may escalate note what they said, but not of what they brought.

    `had` is what the actor has ever had to do with the escalation (ADR 60).
    """
    return is_asked(actor, escalation, posts) or (may_steer(actor) and Part.ASKED not in had)


@lent
def may_hold(actor: Actor, action: ActionItem) -> bool:
    """Whoever may report on it may say what holds it up."""
    return actions.may_report(actor, action)


@both
def may_undo(actor: Actor, change: BulkChange) -> bool:
    """One undoes one's own."""
    return actions.may_edit(actor) and change.by_account_id == actor.account_id
