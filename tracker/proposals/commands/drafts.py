"""What people say of proposals, before it is stored."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tracker.core.actor import Classification
from tracker.core.db import Model
from tracker.proposals.rules import Attribution, Effect, ProponentRole, Settlement, Step


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
class SettlementDraft:
    """How a disputed attribution ends: the name comes off, or stays in this role and this sure; and why."""

    settlement: Settlement
    note: str
    role: ProponentRole = ProponentRole.PROPONENT
    attribution: Attribution = Attribution.QUOTED


@dataclass(frozen=True, kw_only=True)
class LinkDraft:
    """What a proposal does to a target."""

    target_id: int
    #: None where nobody has said yet what it does to it.
    effect: Effect | None
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
    #: The line of that meeting's minutes that says so.
    statement_id: int | None = None
    authority_id: int | None = None
    #: The row whose words the reason repeats; whoever may not see it is not told the step.
    quoted: Model | None = None
