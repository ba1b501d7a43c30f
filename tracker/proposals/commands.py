"""Things people do with proposals. Nothing here commits."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal

from tracker.core.actor import Actor, Classification
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.numbering import next_code
from tracker.core.wording import lazy as _l
from tracker.history.commands import record
from tracker.proposals import queries, rules
from tracker.proposals.models import Proponent, Proposal, ProposalRelation, TargetLink
from tracker.proposals.rules import (
    Attribution,
    Effect,
    LinkState,
    ProponentRole,
    ProposalStatus,
    RelationKind,
    Step,
)


@dataclass(frozen=True, kw_only=True)
class ProposalDraft:
    """What is said of a proposal."""

    title_id: str
    gist_id: str
    raised_on: date
    title_en: str | None = None
    gist_en: str | None = None
    raised_in_id: int | None = None
    source_note: str | None = None
    decision_authority_id: int | None = None
    responsible_unit_id: int | None = None
    outcome_note: str | None = None
    classification: Classification = Classification.ORDINARY


@dataclass(frozen=True, kw_only=True)
class ProponentDraft:
    """Who stands behind a proposal, and how sure that is."""

    person_id: int | None = None
    position_id: int | None = None
    post_as_written: str | None = None
    role: ProponentRole = ProponentRole.PROPONENT
    attribution: Attribution = Attribution.UNCONFIRMED


@dataclass(frozen=True, kw_only=True)
class LinkDraft:
    """What a proposal does to a target."""

    target_id: int
    effect: Effect
    explanation_id: str | None = None
    explanation_en: str | None = None
    expected_effect: str | None = None
    old_value: str | None = None
    new_value: str | None = None


@dataclass(frozen=True, kw_only=True)
class RealisedEffect:
    """What came of a proposal on a target: in words, as a number of a period, or both."""

    on: date
    effect: str | None = None
    value: Decimal | None = None
    period: str | None = None


@dataclass(frozen=True, kw_only=True)
class Move:
    """One step of the life cycle as somebody records it."""

    step: Step
    meeting_id: int | None = None
    authority_id: int | None = None


def propose(draft: ProposalDraft, *, by: Actor, at: datetime) -> Proposal:
    """Put a proposal into the register."""
    proposal = Proposal(
        **asdict(draft),
        code=next_code("U", draft.raised_on.year),
        status=ProposalStatus.SUBMITTED,
        status_since=draft.raised_on,
        recorded_by_id=by.account_id,
        proponents=[],
        target_links=[],
    )
    db.session.add(proposal)
    db.session.flush()  # the event needs the proposal's number
    record(
        proposal, "proposed", by=by, at=at, on=draft.raised_on, meeting_id=draft.raised_in_id,
        to_state=ProposalStatus.SUBMITTED,
    )  # fmt: skip
    return proposal


def edit_proposal(proposal: Proposal, draft: ProposalDraft, *, by: Actor, at: datetime) -> None:
    """Change what is said of a proposal; its status changes only by a step."""
    for name, value in asdict(draft).items():
        if name != "classification":  # that changes by a step of its own
            setattr(proposal, name, value)
    record(proposal, "edited", by=by, at=at)


def add_proponent(proposal: Proposal, draft: ProponentDraft, *, by: Actor, at: datetime) -> Proponent:
    """Name somebody who stands behind the proposal."""
    proponent = Proponent(**asdict(draft))
    proposal.proponents.append(proponent)
    record(proposal, "proponent_added", by=by, at=at)
    return proponent


def remove_proponent(proposal: Proposal, proponent: Proponent, *, by: Actor, at: datetime) -> None:
    """Take a proponent off; the audit keeps who it was."""
    db.session.delete(proponent)
    record(proposal, "proponent_removed", by=by, at=at)


def answer_attribution(
    proposal: Proposal, proponent: Proponent, answer: Attribution, *, by: Actor, at: datetime
) -> None:
    """The person named confirms or disputes, for that person alone; the quote stays as it is."""
    if answer not in {Attribution.CONFIRMED, Attribution.DISPUTED}:
        raise NotPossible(_l("Attribution is either confirmed or disputed."))
    before = proponent.attribution
    proponent.attribution = answer
    record(proposal, f"attribution_{answer}", by=by, at=at, from_state=before, to_state=answer)


def relate(
    first: Proposal, second: Proposal, kind: RelationKind, note: str | None, *, by: Actor, at: datetime
) -> ProposalRelation:
    """Say how two proposals relate; both remember it."""
    if first.id == second.id:
        raise NotPossible(_l("A proposal cannot relate to itself."))
    if any(
        known.kind is kind and {known.from_id, known.to_id} == {first.id, second.id}
        for known in queries.relations_of(first.id)
    ):
        raise NotPossible(_l("This relation is already recorded."))
    relation = ProposalRelation(from_id=first.id, to_id=second.id, kind=kind, note=note)
    db.session.add(relation)
    for one, other in ((first, second), (second, first)):
        record(one, "related", by=by, at=at, reason=note, to=other.code, kind=kind.value)
    return relation


def clarify_relation(relation: ProposalRelation, kind: RelationKind, note: str, *, by: Actor, at: datetime) -> None:
    """Change what a relation is; both ends remember the clarification."""
    before, relation.kind, relation.note = relation.kind, kind, note
    for one in (relation.from_proposal, relation.to_proposal):
        record(one, "relation_clarified", by=by, at=at, from_state=before, to_state=kind, reason=note)


def link_target(proposal: Proposal, draft: LinkDraft, *, by: Actor, at: datetime) -> TargetLink:
    """Say what the proposal does to a target; a suggestion until somebody entitled confirms it."""
    if any(known.target_id == draft.target_id and known.effect == draft.effect for known in proposal.target_links):
        raise NotPossible(_l("This effect on this target is already recorded."))
    link = TargetLink(**asdict(draft), state=LinkState.SUGGESTED)
    proposal.target_links.append(link)
    record(proposal, "target_linked", by=by, at=at, to_state=LinkState.SUGGESTED)
    return link


def settle_link(proposal: Proposal, link: TargetLink, state: LinkState, *, by: Actor, at: datetime) -> None:
    """Confirm or reject a link."""
    before, link.state = link.state, state
    record(proposal, f"link_{state}", by=by, at=at, from_state=before, to_state=state)


def tell_effect(proposal: Proposal, link: TargetLink, told: RealisedEffect, *, by: Actor, at: datetime) -> None:
    """Record what a proposal did to a target, beside what was expected of it; the last telling stands."""
    if link.state is LinkState.REJECTED:
        raise NotPossible(_l("A link that was rejected has no effect."))
    link.realised_effect, link.realised_value = told.effect, told.value
    link.realised_period = told.period
    link.realised_by_name, link.realised_on = by.name, told.on
    record(
        proposal, "effect_told", by=by, at=at, on=told.on, reason=told.effect,
        target_id=link.target_id, value=format(told.value, "f") if told.value is not None else None, period=told.period,
    )  # fmt: skip


def move_proposal(proposal: Proposal, move: Move, *, actions: int, open_actions: int, by: Actor, at: datetime) -> None:
    """Take one step of the life cycle; the guards of the rules hold, and the event remembers everything given."""
    step, before = move.step, proposal.status
    if not rules.can_move(before, step.to):
        raise NotPossible(_l("From its present status the proposal cannot go there."))
    if rules.lacking(step, before=before, actions=actions, open_actions=open_actions):
        raise NotPossible(_l("Something this step needs is missing."))
    if step.to is ProposalStatus.MERGED:
        _merge(proposal, step, by=by, at=at)
    proposal.status, proposal.status_since = step.to, step.on
    proposal.revisit_on = step.revisit_on if step.to is ProposalStatus.DEFERRED else None
    proposal.not_actionable_reason = step.reason_code if step.to is ProposalStatus.NOT_ACTIONABLE else None
    if move.authority_id:
        proposal.decision_authority_id = move.authority_id
    record(
        proposal, f"moved_{step.to}", by=by, at=at, on=step.on, meeting_id=move.meeting_id, from_state=before,
        to_state=step.to, reason=step.reason, evidence=step.evidence,
        reason_code=step.reason_code, authority_id=move.authority_id,
        revisit_on=step.revisit_on.isoformat() if step.revisit_on else None,
    )  # fmt: skip


def _merge(proposal: Proposal, step: Step, *, by: Actor, at: datetime) -> None:
    survivor = queries.in_full(step.survivor_id or 0)
    if survivor.status not in rules.OPEN:
        raise NotPossible(_l("A proposal can only be merged into one that is open."))
    if rules.would_close_circle(proposal.id, survivor.id, queries.mergers()):
        raise NotPossible(_l("A proposal cannot be merged into itself."))
    proposal.survivor_id = survivor.id
    db.session.add(ProposalRelation(from_id=proposal.id, to_id=survivor.id, kind=RelationKind.MERGED_INTO))
    record(survivor, "took_in", by=by, at=at, on=step.on, reason=step.reason, merged=proposal.code)
