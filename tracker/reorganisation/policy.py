"""Who may draft a reorganisation and put it in force."""

from collections.abc import Collection

from tracker.core.actor import Actor, both
from tracker.people import policy as people


@both
def may_draft(actor: Actor) -> bool:
    """Those who keep the registers. Drafts are shown to nobody else."""
    return people.may_edit(actor)


@both
def may_enter(actor: Actor, oneself: Collection[int], gaining: Collection[int]) -> bool:
    """Nobody puts a decree in force that gives a post or a unit to themselves (ADR 60).

    `oneself` are the persons that the actor is or was, `gaining` those to whom the decree gives something.
    """
    return may_draft(actor) and set(oneself).isdisjoint(gaining)
