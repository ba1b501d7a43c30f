"""Things people do with follow-up actions. Nothing here commits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from tracker.actions import policy, rules
from tracker.actions.models import ActionHold, ActionItem, ActionSetting, ActionUpdate, DueDateChange
from tracker.actions.rules import ActionStatus, InstructionType
from tracker.core.actor import Actor, Classification
from tracker.core.clock import JAKARTA
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.numbering import next_code
from tracker.core.wording import lazy as _l
from tracker.history.commands import record
from tracker.people.models import OrgUnit
from tracker.proposals.rules import NotActionableReason


@dataclass(frozen=True, kw_only=True)
class ActionDraft:
    """What is promised."""

    text_id: str
    text_en: str | None = None
    instruction_type: InstructionType | None = None
    responsible_unit_id: int | None = None
    supporting_unit_ids: Sequence[int] = ()
    pic_id: int | None = None
    waiting_for: str | None = None
    classification: Classification = Classification.ORDINARY


@dataclass(frozen=True, kw_only=True)
class Origin:
    """What an action follows from: a proposal, or a decision or directive in the minutes."""

    proposal_id: int | None = None
    statement_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Report:
    """Progress as somebody reports it."""

    on: date
    progress_note: str
    percent: int | None = None
    obstacle: str | None = None
    next_step: str | None = None
    next_due_on: date | None = None
    evidence: str | None = None
    is_finished: bool = False


@dataclass(frozen=True, kw_only=True)
class Promise:
    """Another due date, why, and who agreed."""

    due_on: date
    reason: str | None = None
    agreed_by: str | None = None


def assign_action(
    draft: ActionDraft, origin: Origin, due_on: date | None, *, on: date, by: Actor, at: datetime
) -> ActionItem:
    """Write down who promised what by when; the first due date is kept for good."""
    action = ActionItem(
        code=next_code("TL", on.year),
        classification=draft.classification,
        proposal_id=origin.proposal_id,
        statement_id=origin.statement_id,
        status=ActionStatus.NOT_STARTED,
        status_since=on,
        assigned_on=on,
        due_on=due_on,
        original_due_on=due_on,
        recorded_by_id=by.account_id,
        promises=[DueDateChange(to_on=due_on, at=at, by_name=by.name)] if due_on else [],
        updates=[],
        supporting_units=[],
        holds=[],
    )
    _take(action, draft)
    db.session.add(action)
    db.session.flush()  # the event needs the action's number
    record(action, "assigned", by=by, at=at, on=on, to_state=ActionStatus.NOT_STARTED)
    return action


def edit_action(action: ActionItem, draft: ActionDraft, *, by: Actor, at: datetime) -> None:
    """Change what is promised, and by whom; the due date moves only with a reason."""
    before = _in_charge(action)
    _take(action, draft)
    record(action, "edited", by=by, at=at)
    if before != (after := _in_charge(action)):
        record(action, "reassigned", by=by, at=at, before=before, after=after)


def _in_charge(action: ActionItem) -> dict[str, int | None]:
    return {"pic_id": action.pic_id, "responsible_unit_id": action.responsible_unit_id}


def _take(action: ActionItem, draft: ActionDraft) -> None:
    for name in (
        "text_id",
        "text_en",
        "instruction_type",
        "responsible_unit_id",
        "pic_id",
        "waiting_for",
    ):
        setattr(action, name, getattr(draft, name))
    wanted = list(draft.supporting_unit_ids)
    action.supporting_units = list(db.session.scalars(select(OrgUnit).where(OrgUnit.id.in_(wanted)))) if wanted else []


def move_due_date(action: ActionItem, promise: Promise, *, by: Actor, at: datetime) -> None:
    """Promise another day. The first promise stays in `original_due_on`."""
    if action.status not in rules.OPEN:
        raise NotPossible(_l("The action is closed; its due date no longer moves."))
    if action.due_on is not None and not promise.reason:
        raise NotPossible(_l("Say why the due date moves."))
    change = DueDateChange(
        from_on=action.due_on,
        to_on=promise.due_on,
        reason=promise.reason,
        agreed_by=promise.agreed_by,
        at=at,
        by_name=by.name,
    )
    action.promises.append(change)
    before, action.due_on = action.due_on, promise.due_on
    action.original_due_on = action.original_due_on or promise.due_on
    record(
        action, "due_date_moved", by=by, at=at, reason=promise.reason,
        before=before.isoformat() if before else None, after=promise.due_on.isoformat(), agreed_by=promise.agreed_by,
    )  # fmt: skip


def report_progress(action: ActionItem, report: Report, *, by: Actor, at: datetime) -> ActionUpdate:
    """Report progress; the first report starts the work, a finished one waits for somebody else to verify it."""
    if action.status not in rules.OPEN:
        raise NotPossible(_l("The action is closed."))
    action.percent = report.percent if report.percent is not None else action.percent
    action.evidence = report.evidence or action.evidence
    to = ActionStatus.AWAITING_VERIFICATION if report.is_finished else ActionStatus.IN_PROGRESS
    if action.status is ActionStatus.NOT_STARTED or (report.is_finished and to is not action.status):
        _go(action, to, reason=None, on=report.on, by=by, at=at)
    update = ActionUpdate(
        on=report.on,
        status=action.status,
        progress_note=report.progress_note,
        percent=report.percent,
        obstacle=report.obstacle,
        next_step=report.next_step,
        next_due_on=report.next_due_on,
        evidence=report.evidence,
        at=at,
        by_account_id=by.account_id,
        by_name=by.name,
    )
    action.updates.append(update)
    record(action, "progress_reported", by=by, at=at, on=report.on, reason=report.progress_note)
    return update


def move_action(
    action: ActionItem, to: ActionStatus, *, reason: str | None, evidence: str | None,
    reason_code: NotActionableReason | None = None, by: Actor, at: datetime,
) -> None:  # fmt: skip
    """Take a step of the life cycle. Completion needs evidence and somebody other than the person in charge."""
    if not rules.can_move(action.status, to):
        raise NotPossible(_l("From its present status the action cannot go there."))
    if to is ActionStatus.NOT_ACTIONABLE and reason_code is None:
        raise NotPossible(_l("Choose one of the valid reasons."))
    if rules.needs_reason(action.status, to, reason_code) and not reason:
        raise NotPossible(_l("Say why."))
    action.not_actionable_reason = reason_code if to is ActionStatus.NOT_ACTIONABLE else None
    if to is ActionStatus.COMPLETED:
        _verify(action, evidence, by=by, at=at)
    else:
        action.verified_at = action.verified_by_id = None
    on = at.astimezone(JAKARTA).date()
    _go(action, to, reason=reason, on=on, by=by, at=at)


def finish(action: ActionItem, *, evidence: str | None, by: Actor, at: datetime) -> None:
    """Call it done. It is completed at once where the evidence is named by somebody who may verify; else it waits."""
    action.evidence = evidence or action.evidence
    if action.status is not ActionStatus.AWAITING_VERIFICATION:
        move_action(action, ActionStatus.AWAITING_VERIFICATION, reason=None, evidence=None, by=by, at=at)
    if action.evidence and policy.may_verify(by, action):
        move_action(action, ActionStatus.COMPLETED, reason=None, evidence=None, by=by, at=at)


def end_hold(action: ActionItem, on: date) -> bool:
    """Let what holds the action up end on this day; whether anything did."""
    question = select(ActionHold).where(ActionHold.action_id == action.id, ActionHold.ended_on.is_(None))
    held = db.session.scalar(question)
    if held is not None:
        held.ended_on = max(on, held.since)
    return held is not None


def _verify(action: ActionItem, evidence: str | None, *, by: Actor, at: datetime) -> None:
    if not policy.may_verify(by, action):
        raise NotPossible(_l("Somebody other than the person in charge has to verify it."))
    action.evidence = evidence or action.evidence
    if not action.evidence:
        raise NotPossible(_l("Name the evidence."))
    action.verified_at, action.verified_by_id = at, by.account_id


def _go(action: ActionItem, to: ActionStatus, *, reason: str | None, on: date, by: Actor, at: datetime) -> None:
    before, action.status, action.status_since = action.status, to, on
    action.closed_on = on if to in rules.CLOSED else None
    if to is ActionStatus.AWAITING_VERIFICATION:
        action.finished_by_id = by.account_id if policy.is_own(by, action) else None
    if to in rules.CLOSED:
        end_hold(action, on)
    record(
        action, f"moved_{to}", by=by, at=at, on=on, from_state=before, to_state=to, reason=reason,
        evidence=action.evidence if to is ActionStatus.COMPLETED else None,
    )  # fmt: skip


def set_due_soon(setting: ActionSetting, working_days: int, *, by: Actor, at: datetime) -> None:
    """Say how many working days ahead are soon."""
    before, setting.due_soon_working_days = setting.due_soon_working_days, working_days
    db.session.add(setting)
    db.session.flush()
    record(setting, "due_soon_changed", by=by, at=at, before=before, after=working_days)
