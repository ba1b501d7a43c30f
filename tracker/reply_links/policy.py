"""Who may make and revoke reply links, and who may answer with one."""

from tracker.actions import policy as actions
from tracker.actions.models import ActionItem
from tracker.core.actor import Actor, Classification, Role, both, lent


@both
def may_manage(actor: Actor) -> bool:
    return actor.has(Role.SECRETARIAT)


@both
def may_write_letter(actor: Actor, action: ActionItem) -> bool:
    """Of a classified action nothing is printed; the letter would be readable by whoever opens it."""
    is_addressed = bool(action.pic_id or action.waiting_for or action.responsible_position_id
                        or action.responsible_unit_id)  # fmt: skip
    is_ordinary = action.classification is Classification.ORDINARY
    return may_manage(actor) and action.is_open and is_ordinary and is_addressed


@lent
def may_answer(actor: Actor, action: ActionItem) -> bool:
    """The reader of a link: the person in charge, as on the pages; with a letter to a unit or body, if nobody is."""
    is_addressed = actor.person_id is None and action.pic_id is None
    return action.is_open and (is_addressed or actions.may_report(actor, action))
