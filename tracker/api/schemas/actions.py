"""Follow-ups, their promises and reports."""

import datetime as dt

from pydantic import Field

from tracker.actions.changes.rules import RequestState
from tracker.actions.rules import ActionStatus, HoldKind, InstructionType
from tracker.api.schemas.common import MeetingRef, PersonRef, PostRef, ProposalRef, Shown, UnitRef
from tracker.core.actor import Classification
from tracker.proposals.rules import NotActionableReason


class ActionItem(Shown):
    """A follow-up as the list shows it."""

    id: int
    code: str
    assigned_on: dt.date
    text_id: str
    text_en: str | None
    status: ActionStatus
    due_on: dt.date | None
    original_due_on: dt.date | None
    classification: Classification
    unit_name_id: str | None
    unit_name_en: str | None
    pic_name: str | None


class Supporter(Shown):
    person: PersonRef | None
    position: PostRef | None
    as_written: str | None


class Promise(Shown):
    """A due date, the one it replaced, and why."""

    from_on: dt.date | None
    to_on: dt.date | None
    reason: str | None
    agreed_by: str | None
    at: dt.datetime
    by_name: str


class Hold(Shown):
    kind: HoldKind
    waiting_for: str
    since: dt.date
    reason: str | None
    ended_on: dt.date | None


class Report(Shown):
    id: int
    on: dt.date
    status: ActionStatus
    progress_note: str | None
    percent: int | None
    obstacle: str | None
    next_step: str | None
    next_due_on: dt.date | None
    evidence: str | None
    at: dt.datetime
    by_name: str


class Action(Shown):
    id: int
    code: str = Field(examples=["TL-2025-002"])
    former_code: str | None
    text_id: str
    text_en: str | None
    instruction_type: InstructionType | None
    status: ActionStatus
    status_since: dt.date
    classification: Classification
    assigned_on: dt.date
    meeting: MeetingRef | None
    proposal: ProposalRef | None
    responsible_position: PostRef | None
    responsible_unit: UnitRef | None
    pic: PersonRef | None
    waiting_for: str | None
    supporting_units: list[UnitRef]
    supporters: list[Supporter]
    due_on: dt.date | None
    original_due_on: dt.date | None
    percent: int | None
    evidence: str | None
    closed_on: dt.date | None
    not_actionable_reason: NotActionableReason | None
    promises: list[Promise]
    holds: list[Hold]
    reports: list[Report]


class DueDateRequest(Shown):
    """What whoever is in charge asked for, and the answer."""

    id: int
    asked_for: dt.date
    reason: str
    state: RequestState
    by_name: str
    at: dt.datetime
    answered_by_name: str | None
    answered_at: dt.datetime | None
    answer_note: str | None
