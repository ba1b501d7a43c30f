"""Adds notices to the outbox with the event that causes them, and settles them one by one. Callers commit."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import event, insert, select
from sqlalchemy.orm import Session, scoped_session

from tracker.accounts.models import Account
from tracker.actions.changes.models import Escalation
from tracker.audit.commands import record
from tracker.audit.models import Event
from tracker.core import clock
from tracker.core.actor import Actor, current
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.pending import forget_at_rollback, is_ending
from tracker.core.visibility import unrestricted
from tracker.core.wording import lazy_gettext as _l
from tracker.meetings.invitations import queries as invitations
from tracker.notifications import queries, rules
from tracker.notifications.models import Notice
from tracker.notifications.rules import NOTICES, OCCASIONS, NoticeKind, NoticeState
from tracker.webhooks import queries as webhooks

_PENDING = "events_to_echo"
_RECIPIENTS: dict[NoticeKind, Callable[[Sequence[int]], queries.Recipients]] = {
    NoticeKind.ASSIGNED: queries.in_charge_of,
    NoticeKind.TAKEN_BACK: queries.last_assigned,
    NoticeKind.TO_APPROVE: queries.chairs_of,
    NoticeKind.RESET: queries.reachable,
    NoticeKind.INVITATION: queries.reachable,
    NoticeKind.TEST: queries.reachable,
    NoticeKind.DATE_ANSWERED: queries.last_requesters,
    NoticeKind.ACTION_ESCALATED: queries.escalated_to(Escalation.action_id),
    NoticeKind.PROPOSAL_ESCALATED: queries.escalated_to(Escalation.proposal_id),
    **dict.fromkeys(OCCASIONS, queries.invited),
    NoticeKind.WEBHOOK_OFF: webhooks.owners,
    NoticeKind.SENT_BACK: queries.finished_by_link,
}


def fill_outbox(session: scoped_session[Any]) -> None:
    """Add notices for the events that this session stores, in the same transaction. Called once by the factory."""
    if not event.contains(session, "after_flush", _note_events):
        event.listen(session, "after_flush", _note_events)
        event.listen(session, "before_commit", _add_notices)
        forget_at_rollback(session, _PENDING)


def _note_events(session: Session, _: Any) -> None:
    events = [row for row in session.new if isinstance(row, Event)]
    session.info.setdefault(_PENDING, []).extend(
        (NOTICES[event.subject, event.verb], event.subject_id, event.id)
        for event in events
        if not event.is_history and rules.is_news(event.subject, event.verb, event.details)
    )


def _add_notices(session: Session) -> None:
    if not is_ending(session):
        return
    session.flush()  # so that all events are noted
    pending = session.info.pop(_PENDING, [])
    if not pending:
        return
    actor, at = current(), clock.now()
    own = actor.account_id if actor else None
    # Recipients do not depend on what the actor may see; the content of the mail is queried as its reader.
    with unrestricted():
        rows = [
            _notice_row(f"event:{event_id}", kind, account_id, at, about, person_id)
            for kind, subject_id, event_id in pending
            for about, account_id, person_id in session.execute(_RECIPIENTS[kind]([subject_id]))
            if person_id is not None or account_id != own or kind is NoticeKind.TEST
        ]
    if rows:
        session.execute(insert(Notice), rows)


def _notice_row(
    cause: str, kind: NoticeKind, account_id: int | None, at: datetime, subject_id: int | None = None,
    person_id: int | None = None,
) -> dict[str, Any]:  # fmt: skip
    key = f"{cause}:{account_id}" if person_id is None else f"{cause}:person:{person_id}"
    return {
        "key": key, "kind": kind, "account_id": account_id, "person_id": person_id, "subject_id": subject_id,
        "state": NoticeState.WAITING, "made_at": at, "due_at": at, "attempts": 0,
    }  # fmt: skip


def add_digests(week: date, *, at: datetime) -> int:
    """Add this week's missing digests to the outbox. Return their number."""
    wanted = [
        _notice_row(f"digest:{week.isoformat()}", NoticeKind.DIGEST, account_id, at)
        for account_id in queries.digest_subscribers()
    ]
    return _add_missing(wanted)


def _add_missing(wanted: Sequence[dict[str, Any]]) -> int:
    existing = set(db.session.scalars(select(Notice.key).where(Notice.key.in_([row["key"] for row in wanted]))))
    rows = [row for row in wanted if row["key"] not in existing]
    if rows:
        db.session.execute(insert(Notice), rows)
    return len(rows)


def add_reminders(day: date, *, at: datetime) -> int:
    """Add the missing reminders of the meetings of that day to the outbox. Return their number."""
    with unrestricted():
        expected = invitations.to_remind(day)
    return _add_missing(
        [
            _notice_row(
                f"reminder:{day.isoformat()}:{number}", NoticeKind.MEETING_REMINDER, None, at, number, person_id
            )
            for number, person_id in expected
        ]
    )


def ask_for_test_mail(account: Account, *, by: Actor, at: datetime) -> None:
    """To oneself, by the way of every other mail."""
    if not account.email:
        raise NotPossible(_l("Your account has no e-mail address. Enter one under “My account”, E-mails."))
    record(account, "test_mail_asked", by=by, at=at)


def take(at: datetime, lease: timedelta) -> Notice | None:
    """Lease the next due notice. If this worker dies, another may take it after the lease."""
    notice = queries.next_due(at)
    if notice:
        notice.taken_until, notice.attempts = at + lease, notice.attempts + 1
    return notice


def settle(notice: Notice, state: NoticeState, *, at: datetime) -> None:
    notice.state, notice.settled_at, notice.taken_until, notice.fault = state, at, None, None


def postpone(notice: Notice, fault: str, *, is_permanent: bool, at: datetime) -> None:
    """Record a failed attempt: retry later, or give up if the fault is permanent or attempts are used up."""
    next_try = None if is_permanent else rules.after_failure(notice.attempts, at)
    notice.taken_until, notice.fault = None, fault
    if next_try:
        notice.due_at = next_try
    else:
        notice.state, notice.settled_at = NoticeState.DEAD, at


def try_again(notice: Notice, *, by: Actor, at: datetime) -> None:
    notice.state, notice.attempts, notice.due_at, notice.settled_at = NoticeState.WAITING, 0, at, None
    record(notice, "tried_again", by=by, at=at)
