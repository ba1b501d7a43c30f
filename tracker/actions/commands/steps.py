"""Change the status of actions."""

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
from tracker.core.occurrence import ensure_day, is_recording_history
from tracker.core.reasons import ensure_reason
from tracker.core.wording import lazy_gettext as _l
from tracker.core.wording import long_day
from tracker.proposals.rules import NotActionableReason

NO_EVIDENCE = _l("Name the evidence, or attach it as a file of the kind «Evidence».")


def ensure_open(action: ActionItem) -> None:
    if action.status not in rules.OPEN:
        raise NotPossible(_l("The action is closed."))


def move_action(
    action: ActionItem, to: ActionStatus, *, reason: str | None, evidence: str | None,
    reason_code: NotActionableReason | None = None, verified_by: str | None = None, on: date | None = None, by: Actor,
    at: datetime,
) -> None:  # fmt: skip
    """Change the status as of today, or as of `on`, which must not be before the previous change.

    Completion needs evidence (text or file) and an actor who was never in charge. Requesting verification counts as
    a report by the actor. Of history, the actor neither reported nor verified anything: `verified_by` names who did.
    """
    _move(
        action, to, reason=reason, evidence=evidence, reason_code=reason_code, verified_by=verified_by, on=on, by=by,
        at=at,
    )  # fmt: skip
    if to is ActionStatus.AWAITING_VERIFICATION and not _is_history(action, action.status_since):
        note_part(action, Part.REPORTED, by=by)


def _is_history(action: ActionItem, on: date) -> bool:
    return is_recording_history() or action.is_history_on(on)


def _move(
    action: ActionItem, to: ActionStatus, *, reason: str | None = None, evidence: str | None = None,
    reason_code: NotActionableReason | None = None, verified_by: str | None = None, on: date | None, by: Actor,
    at: datetime,
) -> None:  # fmt: skip
    on = on or day_at(at)
    ensure_day(on, since=action.status_since, at=at)
    if not rules.can_move(action.status, to):
        raise NotPossible(_l("The action cannot change from its current status to that one."))
    if to is ActionStatus.NOT_ACTIONABLE and reason_code is None:
        raise NotPossible(_l("Choose one of the valid reasons."), field="reason_code")
    if rules.needs_reason(action.status, to, reason_code):
        ensure_reason(reason)
    if to in rules.GIVEN_UP and parts_of(by, action) & policy.NOT_GIVEN_UP_BY:
        raise NotPossible(_l("You are or were in charge of it, so somebody else has to end it."))
    evidence = evidence or action.evidence
    if to is ActionStatus.COMPLETED:
        _ensure_verifiable(action, evidence, on=on, by=by)
    action.not_actionable_reason = reason_code if to is ActionStatus.NOT_ACTIONABLE else None
    if to is ActionStatus.COMPLETED:
        is_history = _is_history(action, on)
        action.evidence, action.verified_at = evidence, at
        action.verified_by_id = None if is_history else by.account_id
        action.verified_by_as_written = verified_by if is_history else None
    else:
        action.verified_at = action.verified_by_id = action.verified_by_as_written = None
    change_status(action, to, reason=reason, on=on, by=by, at=at)


def finish(action: ActionItem, *, evidence: str | None, on: date | None = None, by: Actor, at: datetime) -> None:
    """Complete the action if it has evidence and the actor may verify it; otherwise request verification."""
    if action.status is not ActionStatus.AWAITING_VERIFICATION:
        _move(action, ActionStatus.AWAITING_VERIFICATION, on=on, by=by, at=at)
    action.evidence = evidence or action.evidence
    if policy.is_own(by, action):
        note_part(action, Part.REPORTED, by=by)
    if queries.has_evidence(action) and policy.may_verify(by, parts_of(by, action)):
        _move(action, ActionStatus.COMPLETED, on=on, by=by, at=at)


def end_hold(action: ActionItem, on: date) -> bool:
    """End the hold in force, if any, and return whether there was one. It ends no earlier than it began."""
    query = select(ActionHold).where(ActionHold.action_id == action.id, ActionHold.ended_on.is_(None))
    hold = db.session.scalar(query)
    if hold is not None:
        hold.ended_on = max(on, hold.since)
    return hold is not None


def _ensure_verifiable(action: ActionItem, evidence: str | None, *, on: date, by: Actor) -> None:
    parts = parts_of(by, action)
    may = not parts & policy.NOT_VERIFIED_BY if action.is_history_on(on) else policy.may_verify(by, parts)
    if not may and action.history_until and not parts & policy.NOT_VERIFIED_BY:
        sentence = _l("From %(day)s on it is verified here, by a reviewer.", day=long_day(action.history_until))
        raise NotPossible(sentence, field="on")
    if not may:
        raise NotPossible(
            _l("It has to be verified by somebody who was never in charge of it and did not report on it.")
        )
    if not evidence and not queries.has_evidence(action):
        raise NotPossible(NO_EVIDENCE, field="evidence")


def change_status(
    action: ActionItem, to: ActionStatus, *, reason: str | None, on: date, by: Actor, at: datetime
) -> None:
    """Set the status and what depends on it, without any checks, and record the event."""
    before, action.status, action.status_since = action.status, to, on
    action.closed_on = on if to in rules.CLOSED else None
    if to in rules.CLOSED:
        end_hold(action, on)
    record(
        action, f"moved_{to}", by=by, at=at, on=on, from_state=before, to_state=to, reason=reason,
        evidence=action.evidence if to is ActionStatus.COMPLETED else None,
    )  # fmt: skip
