"""Before each commit, refuse changes by which somebody gives rights to themselves (ADR 60)."""

from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session, UOWTransaction, scoped_session

from tracker.accounts import policy, queries
from tracker.accounts.models import Account, AccountRole, Grant
from tracker.core import actor, transactions
from tracker.core.errors import NotPossible
from tracker.core.pending import forget_at_rollback, is_ending
from tracker.core.wording import lazy_gettext as _l
from tracker.people.models import Position, PositionHolding

ANOTHER_ADMINISTRATOR = _l("You cannot give rights to yourself. Another administrator has to make this change.")
#: The columns of each table that give rights; () means every change to a row does.
_RIGHT_COLUMNS: dict[type[Any], tuple[str, ...]] = {
    Account: ("person_id", "clearance", "is_active", "roles"), AccountRole: (), Grant: (), PositionHolding: (),
    Position: ("unit_id",),
}  # fmt: skip
_KEY = "own_entitlements_before"


def guard(session: scoped_session[Any]) -> None:
    if not event.contains(session, "before_flush", _remember_entitlements):
        event.listen(session, "before_flush", _remember_entitlements)
        event.listen(session, "before_commit", _refuse_at_the_end)
        transactions.guard(_refuse_gains)
        forget_at_rollback(session, _KEY)


def _remember_entitlements(session: Session, _: UOWTransaction, __: Any) -> None:
    by = actor.current()
    if by is None or by.real.account_id is None or _KEY in session.info:
        return
    if any(_gives_rights(row) for row in (*session.new, *session.dirty, *session.deleted)):
        with session.no_autoflush:
            session.info[_KEY] = queries.entitlements(by.real)


def _gives_rights(row: Any) -> bool:
    columns = _RIGHT_COLUMNS.get(type(row))
    if columns is None:
        return False
    state = inspect(row)
    return not columns or not state.persistent or any(state.attrs[name].history.has_changes() for name in columns)


def _refuse_at_the_end(session: Session) -> None:
    if is_ending(session):
        _refuse_gains(session)


def _refuse_gains(session: Session) -> None:
    session.flush()
    before, by = session.info.pop(_KEY, None), actor.current()
    if before is not None and by is not None and not policy.may_store(before, queries.entitlements(by.real)):
        raise NotPossible(ANOTHER_ADMINISTRATOR)
