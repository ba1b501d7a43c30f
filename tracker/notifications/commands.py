"""Putting notices into the outbox with the deed itself, and settling them one by one. Nothing here commits."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, event, insert, select
from sqlalchemy.orm import Session, scoped_session

from tracker.actions.changes.models import Escalation
from tracker.audit.commands import record
from tracker.audit.models import Event
from tracker.core import clock
from tracker.core.actor import Actor, current
from tracker.core.db import db
from tracker.core.pending import forget_at_rollback, is_ending
from tracker.core.visibility import unrestricted
from tracker.notifications import queries, rules
from tracker.notifications.models import Notice
from tracker.notifications.rules import ECHOES, NoticeKind, NoticeState

_HEARD = "events_to_echo"
_READERS: dict[NoticeKind, Callable[[Sequence[int]], Select[Any, int]]] = {
    NoticeKind.ASSIGNED: queries.in_charge_of,
    NoticeKind.TAKEN_BACK: queries.told_last_of,
    NoticeKind.TO_APPROVE: queries.chairing,
    NoticeKind.RESET: queries.reached,
    NoticeKind.DATE_ANSWERED: queries.asking_last,
    NoticeKind.ACTION_ESCALATED: queries.escalated_to(Escalation.action_id),
    NoticeKind.PROPOSAL_ESCALATED: queries.escalated_to(Escalation.proposal_id),
}


def keep_outbox(session: scoped_session[Any]) -> None:
    """Echo the events this session stores into the outbox, in the same transaction. Called once by the factory."""
    if not event.contains(session, "after_flush", _hear):
        event.listen(session, "after_flush", _hear)
        event.listen(session, "before_commit", _echo)
        forget_at_rollback(session, _HEARD)


def _hear(session: Session, _: Any) -> None:
    heard = [row for row in session.new if isinstance(row, Event) and rules.is_news(row.subject, row.verb, row.details)]
    session.info.setdefault(_HEARD, []).extend((ECHOES[row.subject, row.verb], row.subject_id, row.id) for row in heard)


def _echo(session: Session) -> None:
    if not is_ending(session):
        return
    session.flush()  # what is about to be committed must be heard first
    heard = session.info.pop(_HEARD, [])
    if not heard:
        return
    actor, at = current(), clock.now()
    own = actor.account_id if actor else None
    # Who is told is asked without regard to the one who acts; what the mail says is asked as its reader.
    with unrestricted():
        rows = [
            _waiting(f"event:{event_id}:{account_id}", kind, account_id, at, subject_id)
            for kind, subject_id, event_id in heard
            for _, account_id in session.execute(_READERS[kind]([subject_id]))
            if account_id != own
        ]
    if rows:
        session.execute(insert(Notice), rows)


def _waiting(
    key: str, kind: NoticeKind, account_id: int, at: datetime, subject_id: int | None = None
) -> dict[str, Any]:
    return {
        "key": key, "kind": kind, "account_id": account_id, "subject_id": subject_id, "state": NoticeState.WAITING,
        "made_at": at, "due_at": at, "attempts": 0,
    }  # fmt: skip


def add_digests(week: date, *, at: datetime) -> int:
    """Put this week's digests into the outbox, each once; give their number."""
    wanted = {f"digest:{week.isoformat()}:{account_id}": account_id for account_id in queries.wanting_digest()}
    known = set(db.session.scalars(select(Notice.key).where(Notice.key.in_(wanted))))
    rows = [_waiting(key, NoticeKind.DIGEST, account_id, at) for key, account_id in wanted.items() if key not in known]
    if rows:
        db.session.execute(insert(Notice), rows)
    return len(rows)


def take(at: datetime, lease: timedelta) -> Notice | None:
    """Take the next notice that is due; should this worker die, another may take it when the lease has run out."""
    found = queries.next_due(at)
    if found:
        found.taken_until, found.attempts = at + lease, found.attempts + 1
    return found


def settle(notice: Notice, state: NoticeState, *, at: datetime) -> None:
    """It is sent, or moot."""
    notice.state, notice.settled_at, notice.taken_until, notice.fault = state, at, None, None


def put_off(notice: Notice, fault: str, *, is_for_good: bool, at: datetime) -> None:
    """It was not taken: try again later, or give it up."""
    again = None if is_for_good else rules.after_failure(notice.attempts, at)
    notice.taken_until, notice.fault = None, fault
    if again:
        notice.due_at = again
    else:
        notice.state, notice.settled_at = NoticeState.DEAD, at


def try_again(notice: Notice, *, by: Actor, at: datetime) -> None:
    """Bring a notice that was given up back into the outbox."""
    notice.state, notice.attempts, notice.due_at, notice.settled_at = NoticeState.WAITING, 0, at, None
    record(notice, "tried_again", by=by, at=at)
