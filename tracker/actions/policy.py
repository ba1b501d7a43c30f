"""Who may do what with follow-up actions. Source: domain.md 7.2.

`had` is what the actor has ever had to do with the action (`audit.queries.parts_of`): nobody judges their own work.
"""

from collections.abc import Set

from tracker.actions import rules
from tracker.actions.models import ActionItem
from tracker.actions.rules import ActionStatus
from tracker.audit.rules import Part
from tracker.core.actor import Actor, Role, both, lent

A = ActionStatus
#: Whoever has ever had one of these parts leaves it to others to verify or send back, to give up, and to date.
NOT_VERIFIED_BY = frozenset({Part.IN_CHARGE, Part.REPORTED})
NOT_GIVEN_UP_BY = frozenset({Part.IN_CHARGE})
NOT_DATED_BY = frozenset({Part.IN_CHARGE, Part.ASKED})


@both
def may_assign(actor: Actor) -> bool:
    """The secretariat writes down who promised what."""
    return actor.has(Role.SECRETARIAT)


@both
def may_edit(actor: Actor) -> bool:
    """The secretariat, and the reviewer who changes PIC and unit."""
    return actor.has(Role.SECRETARIAT, Role.REVIEWER)


@both
def may_set_due_soon(actor: Actor) -> bool:
    """Say how far ahead soon reaches."""
    return actor.has(Role.ADMIN, Role.REVIEWER)


@lent
def is_own(actor: Actor, action: ActionItem) -> bool:
    """Whether the actor is the person in charge, or a PIC of the responsible unit."""
    if actor.person_id is not None and action.pic_id == actor.person_id:
        return True
    return actor.has(Role.PIC) and action.responsible_unit_id in actor.unit_ids


@lent
def may_report(actor: Actor, action: ActionItem) -> bool:
    """Report progress."""
    return is_own(actor, action) or may_edit(actor)


@both
def may_move_due_date(actor: Actor, action: ActionItem, had: Set[Part]) -> bool:
    """Agree to another due date; a first one is promised, not agreed to."""
    return may_edit(actor) and (action.due_on is None or not had & NOT_DATED_BY)


@both
def may_answer(actor: Actor, had: Set[Part]) -> bool:
    """Answer a request for another date: nobody answers what they asked, or what would be theirs to keep."""
    return may_edit(actor) and not had & NOT_DATED_BY


@lent
def may_verify(actor: Actor, had: Set[Part]) -> bool:
    """Verify that it is done: a reviewer who was never in charge and reported nothing of it."""
    return actor.has(Role.REVIEWER) and not had & NOT_VERIFIED_BY


@both
def may_give_up(actor: Actor, had: Set[Part]) -> bool:
    """Cancel it, or say that it cannot be followed up: never one's own promise."""
    return may_edit(actor) and not had & NOT_GIVEN_UP_BY


@lent
def leaves_to_others(actor: Actor, had: Set[Part]) -> bool:
    """Whether something is withheld that the actor's roles alone would allow: the page says why."""
    return may_edit(actor) and bool(had & (NOT_DATED_BY | NOT_VERIFIED_BY))


@lent
def may_move(actor: Actor, action: ActionItem, to: ActionStatus, had: Set[Part]) -> bool:
    """Take a step of the life cycle."""
    if to is A.COMPLETED or (action.status in {A.COMPLETED, A.AWAITING_VERIFICATION} and to is A.IN_PROGRESS):
        return may_verify(actor, had)
    if to in rules.GIVEN_UP:
        return may_give_up(actor, had)
    return may_report(actor, action)
