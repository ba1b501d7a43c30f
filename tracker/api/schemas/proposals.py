"""Proposals, their proponents and the targets that they affect."""

import datetime as dt
from decimal import Decimal

from pydantic import Field

from tracker.api.schemas.common import MeetingRef, PersonRef, PostRef, ProposalRef, Shown, TargetRef, UnitRef
from tracker.core.actor import Classification
from tracker.proposals.rules import (
    Attribution,
    Effect,
    LinkState,
    NotActionableReason,
    ProponentRole,
    ProposalStatus,
)


class AffectedTarget(TargetRef):
    effect: Effect | None


class ProposalItem(Shown):
    """A proposal as the list shows it."""

    id: int
    code: str
    raised_on: dt.date
    title_id: str
    title_en: str | None
    status: ProposalStatus
    status_since: dt.date
    classification: Classification
    proponents: list[str | None] = Field(description="Names, or titles of posts if nobody is named.")
    targets: list[AffectedTarget]


class Proponent(Shown):
    id: int
    person: PersonRef | None
    position: PostRef | None
    post_as_written: str | None
    role: ProponentRole
    attribution: Attribution


class TargetLink(Shown):
    id: int
    target: TargetRef
    effect: Effect | None
    state: LinkState
    explanation_id: str | None
    explanation_en: str | None
    expected_effect: str | None
    old_value: str | None
    new_value: str | None
    realised_effect: str | None
    realised_value: Decimal | None
    realised_period: str | None
    realised_by_name: str | None
    realised_on: dt.date | None


class Proposal(Shown):
    id: int
    code: str = Field(examples=["U-2020-001"])
    former_code: str | None
    title_id: str
    title_en: str | None
    gist_id: str
    gist_en: str | None
    status: ProposalStatus
    status_since: dt.date
    classification: Classification
    raised_on: dt.date
    raised_in: MeetingRef | None
    source_note: str | None
    decision_authority: PostRef | None
    responsible_unit: UnitRef | None
    revisit_on: dt.date | None
    not_actionable_reason: NotActionableReason | None
    survivor: ProposalRef | None = Field(description="The proposal it was merged into.")
    outcome_note: str | None
    proponents: list[Proponent]
    targets: list[TargetLink]
