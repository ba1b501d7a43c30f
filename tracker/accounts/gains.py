"""Nobody gives rights to themselves, by whatever door: asked before anything is stored (ADR 60)."""

from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session, UOWTransaction, scoped_session

from tracker.accounts import policy, queries
from tracker.accounts.models import Account, AccountRole, Grant
from tracker.core import actor
from tracker.core.errors import NotPossible
from tracker.core.pending import forget_at_rollback, is_ending
from tracker.core.wording import lazy as _l
from tracker.people.models import Position, PositionHolding

ANOTHER_ADMINISTRATOR = _l("This would give rights to yourself. Another administrator changes this.")
#: What a right hangs on: the columns of each table, or every row of it.
_GIVING: dict[type[Any], tuple[str, ...]] = {
    Account: ("person_id", "clearance", "is_active", "roles"), AccountRole: (), Grant: (), PositionHolding: (),
    Position: ("unit_id",),
}  # fmt: skip
_BEFORE = "own_standing_before"


def guard(session: scoped_session[Any]) -> None:
    """Watch what this session stores. Called once by the factory."""
    if not event.contains(session, "before_flush", _note_standing):
        event.listen(session, "before_flush", _note_standing)
        event.listen(session, "before_commit", _refuse_gains)
        forget_at_rollback(session, _BEFORE)


def _note_standing(session: Session, _: UOWTransaction, __: Any) -> None:
    by = actor.current()
    if by is None or by.real.account_id is None or _BEFORE in session.info:
        return
    if any(_gives_rights(row) for row in (*session.new, *session.dirty, *session.deleted)):
        with session.no_autoflush:
            session.info[_BEFORE] = queries.standing(by.real)


def _gives_rights(row: Any) -> bool:
    columns = _GIVING.get(type(row))
    if columns is None:
        return False
    state = inspect(row)
    return not columns or not state.persistent or any(state.attrs[name].history.has_changes() for name in columns)


def _refuse_gains(session: Session) -> None:
    if not is_ending(session):
        return
    session.flush()
    before, by = session.info.pop(_BEFORE, None), actor.current()
    if before is not None and by is not None and not policy.may_store(before, queries.standing(by.real)):
        raise NotPossible(ANOTHER_ADMINISTRATOR)
