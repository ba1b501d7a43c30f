"""Drafts that forms pass to commands."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tracker.core.actor import Classification
from tracker.core.db import Model
from tracker.proposals.rules import Attribution, Effect, ProponentRole, Settlement, Step


@dataclass(frozen=True, kw_only=True)
class ProposalDraft:
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
    former_code: str | None = None
    classification: Classification = Classification.ORDINARY


@dataclass(frozen=True, kw_only=True)
class ProponentDraft:
    person_id: int | None = None
    position_id: int | None = None
    post_as_written: str | None = None
    role: ProponentRole = ProponentRole.PROPONENT
    attribution: Attribution = Attribution.UNCONFIRMED


@dataclass(frozen=True, kw_only=True)
class SettlementDraft:
    """Settlement of a disputed attribution. `role` and `attribution` apply if the name is kept."""

    settlement: Settlement
    note: str
    role: ProponentRole = ProponentRole.PROPONENT
    attribution: Attribution = Attribution.QUOTED


@dataclass(frozen=True, kw_only=True)
class LinkDraft:
    target_id: int
    #: None if not stated yet.
    effect: Effect | None
    explanation_id: str | None = None
    explanation_en: str | None = None
    expected_effect: str | None = None
    old_value: str | None = None
    new_value: str | None = None


@dataclass(frozen=True, kw_only=True)
class RealisedEffect:
    on: date
    effect: str | None = None
    value: Decimal | None = None
    period: str | None = None


@dataclass(frozen=True, kw_only=True)
class Move:
    step: Step
    meeting_id: int | None = None
    #: The line of the minutes that records it.
    statement_id: int | None = None
    authority_id: int | None = None
    #: Of history: who confirmed it, as the source says.
    confirmed_by: str | None = None
    #: The row that `reason` quotes; accounts that may not see it do not see the event either.
    quoted: Model | None = None
