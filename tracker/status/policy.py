"""Who may do what with hand-overs and thresholds."""

from collections.abc import Collection

from tracker.core.actor import Actor, Role, both, lent
from tracker.proposals.policy import may_manage
from tracker.status.models import HandOver


@both
def may_set_thresholds(actor: Actor) -> bool:
    return actor.has(Role.ADMIN, Role.REVIEWER)


@both
def may_attach_origin(actor: Actor) -> bool:
    """Set the meeting of a relayed statement; its text cannot be edited."""
    return actor.has(Role.SECRETARIAT)


@lent
def may_answer_hand_over(actor: Actor, hand_over: HandOver, posts: Collection[int]) -> bool:
    """The person, a holder of the post, or a PIC of the unit it was handed to; the secretariat for anyone.

    `posts` are the ids of posts the actor holds today.
    """
    is_person = actor.person_id is not None and hand_over.person_id == actor.person_id
    is_of_unit = actor.has(Role.PIC) and hand_over.unit_id in actor.unit_ids
    return is_person or hand_over.position_id in posts or is_of_unit or may_manage(actor)
