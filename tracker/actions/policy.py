"""Who may do what with follow-up actions.

`parts` are all parts that the actor ever had in the action (`audit.queries.parts_of`): nobody judges their own work.
"""

from collections.abc import Set

from tracker.actions import rules
from tracker.actions.models import ActionItem
from tracker.actions.rules import ActionStatus
from tracker.audit.rules import Part
from tracker.core.actor import Actor, Role, both, lent

A = ActionStatus
#: Parts that exclude somebody from verifying or sending back, from cancelling, and from changing the due date.
NOT_VERIFIED_BY = frozenset({Part.IN_CHARGE, Part.REPORTED})
NOT_GIVEN_UP_BY = frozenset({Part.IN_CHARGE})
NOT_DATED_BY = frozenset({Part.IN_CHARGE, Part.ASKED})


@both
def may_assign(actor: Actor) -> bool:
    return actor.has(Role.SECRETARIAT)


@both
def may_edit(actor: Actor) -> bool:
    return actor.has(Role.SECRETARIAT, Role.REVIEWER)


@both
def may_set_due_soon(actor: Actor) -> bool:
    return actor.has(Role.ADMIN, Role.REVIEWER)


@lent
def is_own(actor: Actor, action: ActionItem) -> bool:
    """Whether the actor is the person in charge, or a PIC of the responsible unit."""
    if actor.person_id is not None and action.pic_id == actor.person_id:
        return True
    return actor.has(Role.PIC) and action.responsible_unit_id in actor.unit_ids


@lent
def may_report(actor: Actor, action: ActionItem) -> bool:
    return is_own(actor, action) or may_edit(actor)


@both
def may_move_due_date(actor: Actor, action: ActionItem, parts: Set[Part]) -> bool:
    """Nobody moves their own due date, but anybody who may edit can set the first one."""
    return may_edit(actor) and (action.due_on is None or not parts & NOT_DATED_BY)


@lent
def may_verify(actor: Actor, parts: Set[Part]) -> bool:
    """Only a reviewer who was never in charge of the action and never reported on it."""
    return actor.has(Role.REVIEWER) and not parts & NOT_VERIFIED_BY


@both
def may_record_verified(actor: Actor, action: ActionItem, parts: Set[Part]) -> bool:
    """Record that somebody else verified it long ago, before it was recorded as history (ADR 93)."""
    is_history = action.history_until is not None
    return is_history and actor.has(Role.SECRETARIAT) and not parts & NOT_VERIFIED_BY


@both
def may_give_up(actor: Actor, parts: Set[Part]) -> bool:
    """Cancel an action or declare it impossible to follow up: nobody who was ever in charge of it may."""
    return may_edit(actor) and not parts & NOT_GIVEN_UP_BY


@lent
def leaves_to_others(actor: Actor, parts: Set[Part]) -> bool:
    """Whether the actor's roles would allow more than their parts in the action do, so that the page explains why."""
    return may_edit(actor) and bool(parts & (NOT_DATED_BY | NOT_VERIFIED_BY))


@lent
def may_move(actor: Actor, action: ActionItem, to: ActionStatus, parts: Set[Part]) -> bool:
    if to is A.COMPLETED:
        return may_verify(actor, parts) or may_record_verified(actor, action, parts)
    if action.status in {A.COMPLETED, A.AWAITING_VERIFICATION} and to is A.IN_PROGRESS:
        return may_verify(actor, parts)
    if to in rules.GIVEN_UP:
        return may_give_up(actor, parts)
    return may_report(actor, action)
