"""Things people do about secrecy. Nothing here commits."""

from collections.abc import Sequence
from datetime import datetime

from tracker.accounts.models import Account, Grant
from tracker.audit.commands import record
from tracker.classification import policy, queries
from tracker.classification.queries import Thing, Tied
from tracker.core.actor import Actor, Classification
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.visibility import unrestricted
from tracker.core.wording import lazy as _l
from tracker.meetings.models import Meeting


def classify(
    thing: Thing, to: Classification, reason: str, *, left: Sequence[Tied] = (), by: Actor, at: datetime
) -> None:
    """Give a thing another classification; declassifying touches it alone.

    What came of it and what tells the same is raised with it, but for what somebody who sees it chose to leave.
    """
    if thing.classification is to:
        raise NotPossible(_l("It already has this classification."), field="classification")
    if not policy.may_set(by, thing.classification, to):
        raise NotPossible(_l("Only the decision maker can declassify."), field="classification")
    if to.rank > thing.classification.rank:
        with unrestricted():  # it may be hidden from whoever raises the thing
            lower = [one for one in queries.tied_to(thing) if one.classification.rank < to.rank and one not in left]
        for one in lower:
            _set(one, to, reason, by=by, at=at)
    _set(thing, to, reason, by=by, at=at)


def _set(thing: Thing, to: Classification, reason: str, *, by: Actor, at: datetime) -> None:
    verb = "classified" if to.rank > thing.classification.rank else "declassified"
    before, thing.classification = thing.classification, to
    where = queries.told_on(thing)
    # Why a part is secret may be as secret as the part; the audit chain keeps which one it was.
    told = reason if where is thing else None
    record(where, verb, by=by, at=at, from_state=before, to_state=to, reason=told,
           mentions=[thing] if told is None else ())  # fmt: skip


def let_in(meeting: Meeting, account: Account, reason: str, *, by: Actor, at: datetime) -> Grant:
    """Let an account into this meeting by name. Its clearance is still asked for."""
    if any(one.account_id == account.id for one in queries.let_in(meeting.id)):
        raise NotPossible(_l("This account has already been given access."), field="account")
    grant = Grant(meeting_id=meeting.id, account_id=account.id, reason=reason, by_name=by.name, at=at)
    db.session.add(grant)
    record(meeting, "let_in", by=by, at=at, reason=f"{account.display_name}: {reason}")
    return grant


def shut_out(meeting: Meeting, grant: Grant, *, by: Actor, at: datetime) -> None:
    """Take it back; the history keeps that it was."""
    db.session.delete(grant)
    record(meeting, "shut_out", by=by, at=at, reason=grant.account.display_name)
