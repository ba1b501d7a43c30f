"""The steps of an action's life."""

from datetime import date, datetime

from sqlalchemy import select

from tracker.actions import policy, queries, rules
from tracker.actions.models import ActionHold, ActionItem
from tracker.actions.rules import ActionStatus
from tracker.audit.commands import note_part, record
from tracker.audit.queries import parts_of
from tracker.audit.rules import Part
from tracker.core.actor import Actor
from tracker.core.clock import day_at
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.occurrence import ensure_day
from tracker.core.wording import lazy as _l
from tracker.proposals.rules import NotActionableReason


def move_action(
    action: ActionItem, to: ActionStatus, *, reason: str | None, evidence: str | None,
    reason_code: NotActionableReason | None = None, on: date | None = None, by: Actor, at: datetime,
) -> None:  # fmt: skip
    """Take a step of the life cycle, today or `on` an earlier day, not before the step that it follows.

    Completion needs evidence, named or attached, and somebody who was never in charge. Whoever calls it finished here
    has reported it.
    """
    _take(action, to, reason=reason, evidence=evidence, reason_code=reason_code, on=on, by=by, at=at)
    if to is ActionStatus.AWAITING_VERIFICATION:
        note_part(action, Part.REPORTED, by=by)


def _take(
    action: ActionItem, to: ActionStatus, *, reason: str | None = None, evidence: str | None = None,
    reason_code: NotActionableReason | None = None, on: date | None, by: Actor, at: datetime,
) -> None:  # fmt: skip
    on = on or day_at(at)
    ensure_day(on, since=action.status_since, at=at)
    if not rules.can_move(action.status, to):
        raise NotPossible(_l("The action cannot change from its current status to that one."))
    if to is ActionStatus.NOT_ACTIONABLE and reason_code is None:
        raise NotPossible(_l("Choose one of the valid reasons."), field="reason_code")
    if rules.needs_reason(action.status, to, reason_code) and not reason:
        raise NotPossible(_l("Give a reason."), field="reason")
    if to in rules.GIVEN_UP and parts_of(by, action) & policy.NOT_GIVEN_UP_BY:
        raise NotPossible(_l("You are or were in charge of it, so somebody else has to end it."))
    action.not_actionable_reason = reason_code if to is ActionStatus.NOT_ACTIONABLE else None
    if to is ActionStatus.COMPLETED:
        _verify(action, evidence, by=by, at=at)
    else:
        action.verified_at = action.verified_by_id = None
    go(action, to, reason=reason, on=on, by=by, at=at)


def finish(action: ActionItem, *, evidence: str | None, on: date | None = None, by: Actor, at: datetime) -> None:
    """Note that it is done. With evidence, and by somebody who may verify, it is completed at once; else it waits."""
    action.evidence = evidence or action.evidence
    if action.status is not ActionStatus.AWAITING_VERIFICATION:
        _take(action, ActionStatus.AWAITING_VERIFICATION, on=on, by=by, at=at)
    if policy.is_own(by, action):
        note_part(action, Part.REPORTED, by=by)
    if queries.has_evidence(action) and policy.may_verify(by, parts_of(by, action)):
        _take(action, ActionStatus.COMPLETED, on=on, by=by, at=at)


def end_hold(action: ActionItem, on: date) -> bool:
    """Let what holds the action up end on this day; whether anything did."""
    question = select(ActionHold).where(ActionHold.action_id == action.id, ActionHold.ended_on.is_(None))
    held = db.session.scalar(question)
    if held is not None:
        held.ended_on = max(on, held.since)
    return held is not None


def _verify(action: ActionItem, evidence: str | None, *, by: Actor, at: datetime) -> None:
    if not policy.may_verify(by, parts_of(by, action)):
        raise NotPossible(
            _l("It has to be verified by somebody who was never in charge of it and did not report on it.")
        )
    action.evidence = evidence or action.evidence
    if not queries.has_evidence(action):
        raise NotPossible(_l("Name the evidence, or attach it as a file of the kind «Evidence»."), field="evidence")
    action.verified_at, action.verified_by_id = at, by.account_id


def go(action: ActionItem, to: ActionStatus, *, reason: str | None, on: date, by: Actor, at: datetime) -> None:
    """Put the action into its next status, with all that hangs on it, and record the step."""
    before, action.status, action.status_since = action.status, to, on
    action.closed_on = on if to in rules.CLOSED else None
    if to in rules.CLOSED:
        end_hold(action, on)
    record(
        action, f"moved_{to}", by=by, at=at, on=on, from_state=before, to_state=to, reason=reason,
        evidence=action.evidence if to is ActionStatus.COMPLETED else None,
    )  # fmt: skip
