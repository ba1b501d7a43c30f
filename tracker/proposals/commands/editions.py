"""Move links to targets to a later edition of the target document. Callers commit."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tracker.audit.commands import record
from tracker.core.actor import Actor
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.visibility import unrestricted
from tracker.core.wording import lazy_gettext as _l
from tracker.proposals.models import Proposal, TargetLink
from tracker.proposals.rules import LinkState
from tracker.targets import queries as targets
from tracker.targets.commands import edition_enacted
from tracker.targets.models import TargetDocument


@edition_enacted.connect
def _carry_links(_: TargetDocument, *, successors: Mapping[int, int], by: Actor, at: datetime) -> None:
    """Move all links of the superseded edition, including those of proposals that the actor may not see."""
    with unrestricted():
        affected = select(TargetLink).where(TargetLink.target_id.in_([*successors, *successors.values()]))
        loaded = joinedload(TargetLink.proposal)
        query = affected.options(loaded).order_by(TargetLink.id).with_for_update(of=TargetLink)
        links = db.session.scalars(query).all()
        for link in links:
            if link.target_id in successors:
                siblings = [other for other in links if other.proposal_id == link.proposal_id and other is not link]
                _carry_one(link, successors[link.target_id], siblings, by=by, at=at)


def _carry_one(link: TargetLink, to_id: int, siblings: list[TargetLink], *, by: Actor, at: datetime) -> None:
    """If the later edition already has a link with this effect, that link takes over the decision instead."""
    same = _same_effect(link, to_id, siblings)
    if same is None:
        carry_link(link.proposal, link, to_id, by=by, at=at)
    elif same.state is LinkState.SUGGESTED and same.state is not link.state and same.effect is link.effect:
        same.state = link.state
        record(
            link.proposal, f"link_{link.state}", by=by, at=at, from_state=LinkState.SUGGESTED, to_state=link.state,
            target_id=to_id,
        )  # fmt: skip


def _same_effect(link: TargetLink, target_id: int, siblings: list[TargetLink]) -> TargetLink | None:
    """The sibling that already links the target with this effect; the database allows each effect once."""
    at_target = (other for other in siblings if other.target_id == target_id)
    return next((other for other in at_target if link.effect is None or other.effect is link.effect), None)


def carry_link(proposal: Proposal, link: TargetLink, to_id: int, *, by: Actor, at: datetime) -> None:
    """Point a link at a later edition of its target. Effect and state stay the same."""
    before = link.target_id
    link.made_to_id, link.target_id = link.made_to_id or before, to_id
    record(proposal, "link_carried", by=by, at=at, target_id=to_id, earlier_id=before)


def carry_forward(proposal: Proposal, link: TargetLink, *, by: Actor, at: datetime) -> None:
    in_force = targets.versions_in_force([link.target_id]).get(link.target_id)
    if in_force is None:
        raise NotPossible(_l("No edition in force contains this target."))
    _ensure_not_linked(proposal, link, in_force.id)
    carry_link(proposal, link, in_force.id, by=by, at=at)


def carry_back(proposal: Proposal, link: TargetLink, *, by: Actor, at: datetime) -> None:
    if link.made_to_id is None:
        raise NotPossible(_l("This link already points to its original edition."))
    _ensure_not_linked(proposal, link, link.made_to_id)
    before, link.target_id, link.made_to_id = link.target_id, link.made_to_id, None
    record(proposal, "link_carried_back", by=by, at=at, target_id=link.target_id, later_id=before)


def _ensure_not_linked(proposal: Proposal, link: TargetLink, target_id: int) -> None:
    if _same_effect(link, target_id, [other for other in proposal.target_links if other is not link]):
        raise NotPossible(_l("This proposal is already linked to that edition with the same effect."))
