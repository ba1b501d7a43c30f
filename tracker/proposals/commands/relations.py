"""Relations between proposals, and links to targets. Callers commit."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime

from tracker.audit.commands import note_part, record
from tracker.audit.queries import parts_of
from tracker.audit.rules import Part
from tracker.core.actor import Actor
from tracker.core.constraints import retry_on_violation, taken
from tracker.core.db import Model, db
from tracker.core.errors import NotPossible
from tracker.core.occurrence import ensure_day
from tracker.core.reasons import ensure_reason
from tracker.core.wording import lazy_gettext as _l
from tracker.proposals import queries, rules
from tracker.proposals.commands.decided import EFFECTS, correcting
from tracker.proposals.commands.drafts import LinkDraft, RealisedEffect
from tracker.proposals.models import Proposal, ProposalRelation, TargetLink
from tracker.proposals.rules import Effect, LinkState, RelationKind
from tracker.targets import queries as targets

RELATION_TAKEN = taken(
    "uq_proposal_relation_from_id_to_id_kind", _l("This relation is already recorded."), field="kind"
)
EFFECT_TAKEN = taken(
    "uq_proposal_target_link_proposal_id_target_id_effect", _l("This effect on this target is already recorded."),
    field="effect",
)  # fmt: skip


retry_on_violation("ix_proposal_target_link_effect_not_set")


def relate(
    first: Proposal, second: Proposal, kind: RelationKind, note: str | None, *, by: Actor, at: datetime
) -> ProposalRelation:
    if first.id == second.id:
        raise NotPossible(_l("A proposal cannot relate to itself."), field="other")
    _ensure_new_relation(first.id, second.id, kind)
    relation = ProposalRelation(from_id=first.id, to_id=second.id, kind=kind, note=note)
    db.session.add(relation)
    for proposal, other in ((first, second), (second, first)):
        record(proposal, "related", by=by, at=at, reason=note, mentions=[other], kind=kind.value)
    return relation


def _ensure_new_relation(first_id: int, second_id: int, kind: RelationKind, *, except_id: int | None = None) -> None:
    others = (row for row in queries.relations_of(first_id) if row.id != except_id and row.kind is kind)
    if any({row.from_id, row.to_id} == {first_id, second_id} for row in others):
        raise RELATION_TAKEN.refusal()


def clarify_relation(relation: ProposalRelation, kind: RelationKind, note: str, *, by: Actor, at: datetime) -> None:
    _ensure_new_relation(relation.from_id, relation.to_id, kind, except_id=relation.id)
    before, relation.kind, relation.note = relation.kind, kind, note
    ends = (relation.from_proposal, relation.to_proposal)
    for proposal, other in (ends, ends[::-1]):
        record(
            proposal,
            "relation_clarified",
            by=by,
            at=at,
            from_state=before,
            to_state=kind,
            reason=note,
            mentions=[other],
        )


def link_target(
    proposal: Proposal, draft: LinkDraft, *, reason: str | None = None, mentions: Sequence[Model] = (), by: Actor,
    at: datetime,
) -> TargetLink:  # fmt: skip
    """Suggest a link to the edition in force of a target; fills in the effect if a link without effect exists."""
    with correcting(proposal, EFFECTS, reason=reason, mentions=mentions, by=by, at=at):
        return _link(proposal, draft, by=by, at=at)


def _link(proposal: Proposal, draft: LinkDraft, *, by: Actor, at: datetime) -> TargetLink:
    requested_id, draft = draft.target_id, replace(draft, target_id=_edition_in_force(draft.target_id))
    existing = [link for link in proposal.target_links if link.target_id == draft.target_id]
    if any(link.effect == draft.effect for link in existing) or (draft.effect is None and existing):
        raise EFFECT_TAKEN.refusal()
    without_effect = next((link for link in existing if link.effect is None), None)
    link = without_effect or TargetLink(target_id=draft.target_id, state=LinkState.SUGGESTED)
    for name, value in asdict(draft).items():
        setattr(link, name, value)
    if without_effect is not None:
        _note_effect(proposal, without_effect, by=by, at=at)
        return without_effect
    if draft.target_id != requested_id:
        link.made_to_id = requested_id
    proposal.target_links.append(link)
    record(proposal, "target_linked", by=by, at=at, to_state=LinkState.SUGGESTED)
    db.session.flush()  # the part needs the id of the link
    note_part(link, Part.SUGGESTED, by=by)
    return link


def _note_effect(proposal: Proposal, link: TargetLink, *, by: Actor, at: datetime) -> None:
    record(proposal, "effect_set", by=by, at=at, to_state=link.effect)
    note_part(link, Part.SUGGESTED, by=by)


def _edition_in_force(target_id: int) -> int:
    """The same target in the edition in force: a form may still offer a superseded edition."""
    in_force = targets.versions_in_force([target_id]).get(target_id)
    return in_force.id if in_force else target_id


def suggest_target(
    proposal: Proposal, target_id: int, effect: Effect | None, *, reason: str | None = None,
    mentions: Sequence[Model] = (), by: Actor, at: datetime,
) -> TargetLink | None:  # fmt: skip
    """Return the new or completed link, or None if the proposal is already linked with this effect.

    `mentions` are the rows whose text the reason repeats.
    """
    existing = [link for link in proposal.target_links if link.target_id == _edition_in_force(target_id)]
    if any(effect is None or link.effect is effect for link in existing):
        return None
    without_effect = next((link for link in existing if link.effect is None), None)
    if without_effect is not None and effect is not None:
        set_effect(proposal, without_effect, effect, reason=reason, mentions=mentions, by=by, at=at)
        return without_effect
    draft = LinkDraft(target_id=target_id, effect=effect)
    return link_target(proposal, draft, reason=reason, mentions=mentions, by=by, at=at)


def set_effect(
    proposal: Proposal, link: TargetLink, effect: Effect, *, reason: str | None = None, mentions: Sequence[Model] = (),
    by: Actor, at: datetime,
) -> None:  # fmt: skip
    if link.effect is not None:
        raise NotPossible(_l("The effect is already set."))
    if any(other.target_id == link.target_id and other.effect is effect for other in proposal.target_links):
        raise EFFECT_TAKEN.refusal()
    with correcting(proposal, EFFECTS, reason=reason, mentions=mentions, by=by, at=at):
        link.effect = effect
        _note_effect(proposal, link, by=by, at=at)


def settle_link(
    proposal: Proposal, link: TargetLink, state: LinkState, note: str | None, *, by: Actor, at: datetime
) -> None:
    if state not in rules.LINK_STEPS[link.state]:
        raise NotPossible(_l("This link has been decided already. Withdraw that decision first."))
    if state is LinkState.REJECTED or proposal.is_decided:
        ensure_reason(note, field="note")
    if Part.SUGGESTED in parts_of(by, link):
        raise NotPossible(_l("You suggested this link, so somebody else has to decide about it."))
    before, link.state = link.state, state
    record(
        proposal, f"link_{state}", by=by, at=at, from_state=before, to_state=state, reason=note,
        target_id=link.target_id,
    )  # fmt: skip


def record_effect(proposal: Proposal, link: TargetLink, realised: RealisedEffect, *, by: Actor, at: datetime) -> None:
    if link.state is LinkState.REJECTED:
        raise NotPossible(_l("A rejected link cannot have an effect."))
    ensure_day(realised.on, since=proposal.raised_on, at=at)
    link.realised_effect, link.realised_value = realised.effect, realised.value
    link.realised_period = realised.period
    link.realised_by_name, link.realised_on = by.name, realised.on
    record(
        proposal, "effect_told", by=by, at=at, on=realised.on, reason=realised.effect,
        target_id=link.target_id, value=format(realised.value, "f") if realised.value is not None else None,
        period=realised.period,
    )  # fmt: skip
