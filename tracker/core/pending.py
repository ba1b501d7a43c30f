"""What a session has noted of its changes until they are committed.

A rollback forgets it with them; that of a savepoint forgets only what was noted since. Whoever acts on it when the
transaction ends asks `is_ending`, because a savepoint that is released ends nothing yet.
"""

from copy import copy
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction, scoped_session

#: What was noted when each open savepoint began.
_AT_SAVEPOINTS = "pending_at_savepoints"
_NOTED: set[str] = set()


def forget_at_rollback(session: scoped_session[Any], *names: str) -> None:
    if not event.contains(session, "after_soft_rollback", _forget):
        event.listen(session, "after_transaction_create", _remember)
        event.listen(session, "after_transaction_end", _let_go)
        event.listen(session, "after_soft_rollback", _forget)
    _NOTED.update(names)


def is_ending(session: Session) -> bool:
    """Whether the commit ends the transaction and does not only release a savepoint."""
    return not session.in_nested_transaction()


def _remember(session: Session, transaction: SessionTransaction) -> None:
    if transaction.nested:
        noted = {name: copy(session.info[name]) for name in _NOTED if name in session.info}
        session.info.setdefault(_AT_SAVEPOINTS, {})[transaction] = noted


def _let_go(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(_AT_SAVEPOINTS, None)


def _forget(session: Session, rolled_back: SessionTransaction) -> None:
    savepoint: SessionTransaction | None = rolled_back
    while savepoint is not None and not savepoint.nested:  # a flush that fails ends the savepoint it is in
        savepoint = savepoint.parent
    noted = session.info.get(_AT_SAVEPOINTS, {}).get(savepoint, {})
    for name in _NOTED:
        session.info.pop(name, None)
        if name in noted:
            session.info[name] = copy(noted[name])
