"""Who may do what with follow-up actions. Source: domain.md 7.2."""

from tracker.actions.models import ActionItem
from tracker.actions.rules import ActionStatus
from tracker.core.actor import Actor, Role, both, lent

A = ActionStatus


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
def may_move_due_date(actor: Actor) -> bool:
    """Agree to another due date."""
    return may_edit(actor)


@both
def may_answer(actor: Actor, asked_by_account_id: int | None) -> bool:
    """Answer a request for another date: whoever may move it, but nobody answers what they asked themselves."""
    is_own = actor.account_id is not None and asked_by_account_id == actor.account_id
    return may_move_due_date(actor) and not is_own


@lent
def may_verify(actor: Actor, action: ActionItem) -> bool:
    """Verify that it is done: a reviewer, never the person in charge by any account, nor who finished it as such."""
    is_pic = actor.person_id is not None and actor.person_id == action.pic_id
    has_finished = actor.account_id is not None and actor.account_id == action.finished_by_id
    return actor.has(Role.REVIEWER) and not is_pic and not has_finished


@lent
def may_move(actor: Actor, action: ActionItem, to: ActionStatus) -> bool:
    """Take a step of the life cycle."""
    if to is A.COMPLETED or (action.status in {A.COMPLETED, A.AWAITING_VERIFICATION} and to is A.IN_PROGRESS):
        return may_verify(actor, action)
    if to in {A.CANCELLED, A.NOT_ACTIONABLE}:
        return may_edit(actor)
    return may_report(actor, action)
