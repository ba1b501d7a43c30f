"""Report progress."""

from dataclasses import dataclass
from datetime import date, datetime

from tracker.actions.commands.steps import change_status, ensure_open
from tracker.actions.models import ActionItem, ActionUpdate
from tracker.actions.rules import ActionStatus
from tracker.audit.commands import note_part, record
from tracker.audit.rules import Part
from tracker.core.actor import Actor
from tracker.core.occurrence import ensure_day


@dataclass(frozen=True, kw_only=True)
class Report:
    on: date
    progress_note: str | None = None
    percent: int | None = None
    obstacle: str | None = None
    next_step: str | None = None
    next_due_on: date | None = None
    evidence: str | None = None
    is_finished: bool = False


def report_progress(action: ActionItem, report: Report, *, by: Actor, at: datetime) -> ActionUpdate:
    """The first report starts the action; a report that it is finished requests verification.

    A report for a day before the latest report changes neither percentage nor evidence.
    """
    ensure_open(action)
    ensure_day(report.on, since=action.assigned_on, at=at)
    to = ActionStatus.AWAITING_VERIFICATION if report.is_finished else ActionStatus.IN_PROGRESS
    is_step = action.status is ActionStatus.NOT_STARTED or (report.is_finished and to is not action.status)
    if is_step:
        ensure_day(report.on, since=action.status_since, at=at)
    if all(update.on <= report.on for update in action.updates):
        action.percent = report.percent if report.percent is not None else action.percent
        action.evidence = report.evidence or action.evidence
    if is_step:
        change_status(action, to, reason=None, on=report.on, by=by, at=at)
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
    event = record(action, "progress_reported", by=by, at=at, on=report.on, reason=report.progress_note)
    if not event.is_history:  # who recorded it later did not report it
        note_part(action, Part.REPORTED, by=by)
    return update
