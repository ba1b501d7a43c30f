"""Who may do what with answers. Source: domain.md 7.2."""

from collections.abc import Collection

from tracker.core.actor import Actor, Role, both, lent
from tracker.proposals.policy import may_keep
from tracker.status.models import HandOver


@both
def may_set_thresholds(actor: Actor) -> bool:
    """Say when silence is too long."""
    return actor.has(Role.ADMIN, Role.REVIEWER)


@both
def may_attach_origin(actor: Actor) -> bool:
    """Attach the meeting that relayed words come from; the words themselves stay closed."""
    return actor.has(Role.SECRETARIAT)


@lent
def may_answer_hand_over(actor: Actor, given: HandOver, posts: Collection[int]) -> bool:
    """Those it was handed to: the person, a holder of the post, a PIC of the unit; the keepers note another's answer.

    `posts` are those that the actor's person holds today.
    """
    is_person = actor.person_id is not None and given.person_id == actor.person_id
    is_of_unit = actor.has(Role.PIC) and given.unit_id in actor.unit_ids
    return is_person or given.position_id in posts or is_of_unit or may_keep(actor)
